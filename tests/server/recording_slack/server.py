"""RecordingSlack: the server, on a thread of its own, with everything it was told and everything it shows."""

import asyncio
import itertools
import json
import threading
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any

from aiohttp import WSMsgType, web

from tests.server.recording_slack.faults import Fault, Faults
from tests.server.recording_slack.methods import METHODS, call_method, check_message
from tests.server.recording_slack.refusing import Json, Refused
from tests.server.recording_slack.workspace import Workspace

APP_TOKEN = "xapp-1-A111-test"
CLIENT_ID, CLIENT_SECRET = "111.222", "oauth-secret"


@dataclass(frozen=True)
class Call:
    """One Web API call as it arrived, and how it was answered."""

    method: str
    arguments: Json
    team_id: str
    at: float
    error: str = ""


@dataclass
class _Socket:
    socket: web.WebSocketResponse
    acks: dict[str, "asyncio.Future[Json]"] = field(default_factory=dict)


class RecordingSlack:
    """Slack as far as the application can see it; use as a context manager."""

    def __init__(self) -> None:
        self.workspaces: dict[str, Workspace] = {}
        self.calls: list[Call] = []
        self.refusals: list[str] = []
        self.faults = Faults()
        self.responses: dict[str, list[Json]] = defaultdict(list)
        self.codes: dict[str, Workspace] = {}
        self.enforce_tiers = True
        self.clock_is_ahead = 0.0
        self.port = 0
        self.connects = 0
        self._sockets: list[_Socket] = []
        self._turns = itertools.count()
        self._recent: dict[tuple[str, str], deque[float]] = defaultdict(deque)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self.add_workspace(Workspace("T111", "xoxb-T111"))

    @property
    def url(self) -> str:
        """Base address, as KAIKAKU_SLACK_API_URL takes it."""
        return f"http://127.0.0.1:{self.port}/api/"

    @property
    def team(self) -> Workspace:
        """The first workspace."""
        return next(iter(self.workspaces.values()))

    def add_workspace(self, workspace: Workspace) -> Workspace:
        """Add a workspace, known by its token."""
        self.workspaces[workspace.token] = workspace
        return workspace

    def __enter__(self) -> "RecordingSlack":
        self._thread.start()
        self.run(self._start())
        return self

    def __exit__(self, *_: object) -> None:
        self.faults.clear()
        self.run(self._runner.cleanup())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def run(self, work: Any, seconds: float = 30) -> Any:
        """Run a coroutine on the server's own thread."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(seconds)

    def called(self, method: str, channel: str | None = None) -> list[Call]:
        """Return the calls of a method that were carried out, in order."""
        found = [call for call in list(self.calls) if call.method == method and not call.error]
        return [call for call in found if channel is None or call.arguments.get("channel") == channel]

    # Socket Mode

    @property
    def connections(self) -> int:
        """How many Socket Mode connections are open."""
        return len(self._sockets)

    async def send_envelope(self, kind: str, payload: Json, retry: int = 0) -> Json | None:
        """Send one envelope to a connected application; return what the acknowledgement carries, None without one."""
        if not self._sockets:
            return None
        # As Slack does: any of the connected processes may get it.
        connection = self._sockets[next(self._turns) % len(self._sockets)]
        envelope_id = f"envelope-{time.monotonic_ns()}"
        connection.acks[envelope_id] = self._loop.create_future()
        envelope = {
            "type": kind, "envelope_id": envelope_id, "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }  # fmt: skip
        if kind == "events_api":
            envelope |= {"retry_attempt": retry, "retry_reason": "timeout" if retry else ""}
        try:
            await connection.socket.send_str(json.dumps(envelope))
            return await asyncio.wait_for(connection.acks[envelope_id], 3)
        except (TimeoutError, ConnectionError):
            return None
        finally:
            connection.acks.pop(envelope_id, None)

    def disconnect(self, *, politely: bool = True) -> None:
        """Ask the connected applications to reconnect, or cut them off."""
        self.run(self._disconnect(politely))

    async def _disconnect(self, politely: bool) -> None:
        for connection in list(self._sockets):
            if politely:
                await connection.socket.send_json({"type": "disconnect", "reason": "refresh_requested"})
            else:
                await connection.socket.close()

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        connection = _Socket(web.WebSocketResponse())
        await connection.socket.prepare(request)
        await connection.socket.send_json(
            {"type": "hello", "num_connections": len(self._sockets) + 1, "connection_info": {"app_id": "A111"}}
        )
        self._sockets.append(connection)
        self.connects += 1
        try:
            async for message in connection.socket:
                if message.type == WSMsgType.TEXT and message.data.startswith("{"):
                    told = json.loads(message.data)
                    waiting = connection.acks.get(told.get("envelope_id"))
                    if waiting is not None and not waiting.done():
                        waiting.set_result(told.get("payload") or {})
        finally:
            self._sockets.remove(connection)
        return connection.socket

    # Web API

    async def _start(self) -> None:
        app = web.Application(client_max_size=50_000_000)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/upload/{file_id}", self._upload)
        app.router.add_post("/response/{token}", self._response)
        app.router.add_get("/link", self._link)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        arguments = await _arguments(request)
        if delay := self.faults.delays.get(method):
            await asyncio.sleep(delay)
        workspace = self.workspaces.get(request.headers.get("Authorization", "").removeprefix("Bearer "))
        hold = self.faults.next_hold(method)
        if hold and not hold.after:
            await hold.pass_through()
            if hold.dropped:
                return web.Response(status=500)
        fault = self.faults.next_fault(method, arguments.get("channel"))
        reply = self._reply(method, arguments, workspace, request) if not fault or fault.after_all else {}
        if hold and hold.after:
            await hold.pass_through()
        if fault:
            self.calls.append(Call(method, arguments, "", time.monotonic(), fault.error or str(fault.status)))
            return _faulty(fault)
        headers = {"Date": formatdate(time.time() + self.clock_is_ahead, usegmt=True)}
        if workspace:
            headers["x-oauth-scopes"] = ",".join(sorted(workspace.scopes))
        if reply.get("error") == "ratelimited":
            return web.json_response(reply, status=429, headers={"Retry-After": str(reply.pop("retry_after"))})
        return web.json_response(reply, headers=headers)

    def _reply(self, method: str, arguments: Json, workspace: Workspace | None, request: web.Request) -> Json:
        reply = self._answer(method, arguments, workspace, request)
        team_id = workspace.team_id if workspace else ""
        self.calls.append(Call(method, arguments, team_id, time.monotonic(), reply.get("error", "")))
        return reply

    def _answer(self, method: str, arguments: Json, workspace: Workspace | None, request: web.Request) -> Json:
        if method == "apps.connections.open":
            known = APP_TOKEN in (request.headers.get("Authorization", "")[7:], arguments.get("app_token"))
            return {"ok": True, "url": f"ws://127.0.0.1:{self.port}/link"} if known else _no("invalid_auth")
        if method == "api.test":
            return {"ok": True}
        if method == "oauth.v2.access":
            return self._exchange(arguments, request)
        if workspace is None:
            return _no("invalid_auth")
        if workspace.revoked:
            return _no("token_revoked")
        if limited := self._limited(method, workspace):
            return limited
        try:
            reply = call_method(workspace, method, arguments)
        except Refused as refused:
            if refused.code == "missing_scope":
                return _no("missing_scope", needed=refused.detail, provided=",".join(sorted(workspace.scopes)))
            self.refusals.append(f"{method}: {refused}")
            return _no(refused.code, response_metadata={"messages": [refused.detail]})
        if "upload_url" in reply:
            reply["upload_url"] = f"http://127.0.0.1:{self.port}{reply['upload_url']}?team={workspace.team_id}"
        return reply

    def _limited(self, method: str, workspace: Workspace) -> Json | None:
        allowed = METHODS[method].per_minute if method in METHODS and self.enforce_tiers else None
        if allowed is None:
            return None
        recent, now = self._recent[workspace.team_id, method], time.monotonic()
        while recent and recent[0] < now - 60:
            recent.popleft()
        if len(recent) >= allowed:
            return {"ok": False, "error": "ratelimited", "retry_after": max(1, round(60 - (now - recent[0])))}
        recent.append(now)
        return None

    def _exchange(self, arguments: Json, request: web.Request) -> Json:
        if (
            not request.headers.get("Authorization", "").startswith("Basic ")
            and arguments.get("client_id") != CLIENT_ID
        ):
            return _no("invalid_client_id")
        workspace = self.codes.pop(arguments.get("code", ""), None)
        if workspace is None:
            return _no("invalid_code")
        self.add_workspace(workspace)
        return {
            "ok": True, "app_id": "A111", "authed_user": {"id": "UADMIN"}, "scope": ",".join(sorted(workspace.scopes)),
            "token_type": "bot", "access_token": workspace.token, "bot_user_id": workspace.bot_user,
            "team": {"id": workspace.team_id, "name": workspace.team_id}, "enterprise": None,
            "is_enterprise_install": False,
        }  # fmt: skip

    async def _upload(self, request: web.Request) -> web.Response:
        team = next(one for one in self.workspaces.values() if one.team_id == request.query["team"])
        if request.content_type.startswith("multipart/"):
            form = await request.post()
            part = next(iter(form.values()))
            data = part.encode() if isinstance(part, str) else part.file.read()  # type: ignore[union-attr]
        else:
            data = await request.read()
        team.files[request.match_info["file_id"]]["data"] = data
        return web.Response(text=f"OK - {len(data)}")

    async def _response(self, request: web.Request) -> web.Response:
        """Take what is sent to a response_url: five times at most, as documented."""
        token = request.match_info["token"]
        call = await request.json()
        if hold := self.faults.next_hold("response_url"):
            await hold.pass_through()
            if hold.dropped:
                return web.Response(status=500)
        fault = self.faults.next_fault("response_url", token)
        if fault:
            return _faulty(fault)
        extra = {"response_type", "replace_original", "delete_original"}
        try:
            if not call.get("delete_original"):
                check_message({name: value for name, value in call.items() if name not in extra})
            if len(self.responses[token]) >= 5:
                raise Refused("used_url")
        except Refused as refused:
            self.refusals.append(f"response_url: {refused}")
            return web.json_response(_no(refused.code), status=400)
        self.responses[token].append(call)
        return web.Response(text="ok")


async def _arguments(request: web.Request) -> Json:
    if request.content_type == "application/json":
        given: Json = await request.json()
        return given
    return {**request.query, **{name: str(value) for name, value in (await request.post()).items()}}


def _faulty(fault: Fault) -> web.Response:
    headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    body = _no(fault.error or ("ratelimited" if fault.status == 429 else "internal_error"))
    return web.json_response(body, status=fault.status, headers=headers)


def _no(error: str, **more: Any) -> Json:
    return {"ok": False, "error": error, **more}
