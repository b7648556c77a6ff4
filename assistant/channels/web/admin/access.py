"""The staff's token in, sessions that only this service can have signed out; guessing is slowed down."""

import hmac
import secrets
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

from itsdangerous import BadSignature, URLSafeTimedSerializer

COOKIE = "kaikaku_staff"
SESSION_SECONDS = 8 * 3600
_ATTEMPTS, _WINDOW_SECONDS, _MOST_ADDRESSES = 5, 300.0, 10_000


@dataclass(slots=True)
class Attempts:
    """Failed attempts by address: five in five minutes, then a pause; `clock` gives seconds."""

    clock: Callable[[], float] = time.monotonic
    _failed: OrderedDict[str, deque[float]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def pause(self, address: str) -> int:
        """Return for how many seconds an address must wait, 0 if it need not."""
        with self._lock:
            failed = self._failed.get(address)
            now = self.clock()
            while failed and now - failed[0] >= _WINDOW_SECONDS:
                failed.popleft()
            return max(1, round(_WINDOW_SECONDS - (now - failed[0]))) if failed and len(failed) >= _ATTEMPTS else 0

    def note_failure(self, address: str) -> None:
        """Count a failed attempt."""
        with self._lock:
            self._failed.setdefault(address, deque(maxlen=_ATTEMPTS)).append(self.clock())
            self._failed.move_to_end(address)
            while len(self._failed) > _MOST_ADDRESSES:
                self._failed.popitem(last=False)


class Access:
    """Who may see the dashboard: whoever has shown the token, until the session ends or the token is changed."""

    def __init__(self, token: str, attempts: Attempts | None = None) -> None:
        # Keys are derived from the token: of a changed one no session and no form is good any more.
        key = sha256(b"kaikaku staff dashboard\0" + token.encode()).digest()
        self._token = sha256(token.encode()).digest()
        self._sessions = URLSafeTimedSerializer(key, salt="session")
        self._form_key = sha256(key + b"form").digest()
        self._ended: set[str] = set()
        self.attempts = attempts or Attempts()

    def is_token(self, given: str) -> bool:
        """Compare in a time that tells nothing of where the two differ."""
        return hmac.compare_digest(sha256(given.encode("utf-8", "replace")).digest(), self._token)

    def new_cookie(self) -> str:
        """Return the signed cookie of a new session."""
        return str(self._sessions.dumps(secrets.token_urlsafe(16)))

    def session_of(self, cookie: str | None) -> str | None:
        """Return the session of a cookie; None if it is not ours, too old, or signed out."""
        try:
            session = self._sessions.loads(cookie or "", max_age=SESSION_SECONDS)
        except BadSignature:
            return None
        return session if isinstance(session, str) and session not in self._ended else None

    def end(self, session: str) -> None:
        """Sign a session out, so that a copy of its cookie is worth nothing."""
        self._ended.add(session)

    def form_token(self, session: str) -> str:
        """Return what every form of a session carries."""
        return hmac.new(self._form_key, session.encode(), sha256).hexdigest()

    def is_form_token(self, given: str, session: str) -> bool:
        """Tell whether a form was made for this session."""
        return hmac.compare_digest(given.encode("utf-8", "replace"), self.form_token(session).encode())
