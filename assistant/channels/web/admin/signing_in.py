"""The staff's token in a form in, a session out; and the end of a session."""

import logging
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from assistant.channels.web.admin.access import COOKIE, SESSION_SECONDS, Access
from assistant.channels.web.admin.guarding import SIGN_IN, OpenRoute, StaffRoute
from assistant.channels.web.admin.page import staff_page

logger = logging.getLogger(__name__)

router = APIRouter(route_class=OpenRoute, include_in_schema=False)
leaving = APIRouter(route_class=StaffRoute, include_in_schema=False)


@router.get(SIGN_IN)
def show_sign_in(request: Request) -> Response:
    """Return the form for the token."""
    return staff_page(request, "admin_sign_in.html", problem="")


@router.post(SIGN_IN)
def sign_in(request: Request, token: Annotated[str, Form()] = "") -> Response:
    """Begin a session if the token is right."""
    access: Access = request.app.state.access
    address = request.client.host if request.client else ""
    # The right token is never braked: wrong ones sent through the same proxy would lock staff out.
    if access.is_token(token.strip()):
        return _signed_in(request, access)
    if pause := access.attempts.pause(address):
        logger.warning("signing in to /admin: too many failed attempts from one address")
        told = {"Retry-After": str(pause)}
        return staff_page(request, "admin_sign_in.html", HTTPStatus.TOO_MANY_REQUESTS, problem="wait", headers=told)
    access.attempts.note_failure(address)
    return staff_page(request, "admin_sign_in.html", HTTPStatus.FORBIDDEN, problem="wrong")


def _signed_in(request: Request, access: Access) -> Response:
    reply = RedirectResponse("/admin", HTTPStatus.SEE_OTHER)
    reply.set_cookie(
        COOKIE, access.new_cookie(), max_age=SESSION_SECONDS, path="/admin", secure=_is_secure(request), httponly=True,
        samesite="strict",
    )  # fmt: skip
    return reply


@leaving.post("/admin/sign-out")
def sign_out(request: Request) -> Response:
    """End the session."""
    request.app.state.access.end(request.state.session)
    reply = RedirectResponse(SIGN_IN, HTTPStatus.SEE_OTHER)
    reply.delete_cookie(COOKIE, path="/admin", httponly=True, samesite="strict")
    return reply


def _is_secure(request: Request) -> bool:
    """Tell whether people reach this service by https, be it through a proxy."""
    return request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
