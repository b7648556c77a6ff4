"""Requests to the dashboard in; only those of signed-in staff, sent from our own pages, reach its routes."""

import logging
from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from assistant.channels.web.admin.access import COOKIE, Access
from assistant.channels.web.admin.page import staff_page

logger = logging.getLogger(__name__)

SIGN_IN = "/admin/sign-in"
_OFF = "/admin was asked for and is off: set KAIKAKU_ADMIN_TOKEN to a secret of 20 characters or more to switch it on"

_Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class OpenRoute(APIRoute):
    """A route that is there only while the dashboard is switched on."""

    def get_route_handler(self) -> _Handler:
        """Answer as if there were no such page where it is off."""
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            if request.app.state.access is None:
                logger.warning(_OFF)
                raise HTTPException(HTTPStatus.NOT_FOUND)
            return (
                await handle(request)
                if is_from_our_page(request)
                else staff_page(request, "admin_refused.html", HTTPStatus.FORBIDDEN)
            )

        return guarded


class StaffRoute(OpenRoute):
    """A route for signed-in staff alone; what changes something must come from a form of their session."""

    def get_route_handler(self) -> _Handler:
        """Send others to the page for signing in."""
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            access: Access | None = request.app.state.access
            session = access and access.session_of(request.cookies.get(COOKIE))
            if access is not None and session is None:
                return RedirectResponse(SIGN_IN, HTTPStatus.SEE_OTHER)
            request.state.session = session
            if access is not None and session and request.method == "POST" and not await _is_own_form(request, access):
                return staff_page(request, "admin_refused.html", HTTPStatus.FORBIDDEN)
            return await handle(request)

        return guarded


def is_from_our_page(request: Request) -> bool:
    """Tell whether a form was sent from this service's own page, as far as the browser tells."""
    return request.method != "POST" or request.headers.get("sec-fetch-site", "same-origin") == "same-origin"


async def _is_own_form(request: Request, access: Access) -> bool:
    given = (await request.form()).get("form_token")
    return isinstance(given, str) and access.is_form_token(given, request.state.session)
