"""The app that runs beside a command: where it serves, so that a command can ask it while it holds the store.

The app leaves a note beside an embedded store, `<store>.running`, with its port. The note alone proves nothing: it
counts when `/healthz` there names the same store.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

from data.errors import StoreBusy
from data.home import Home
from services.errors import Invalid, Unavailable
from services.language import _
from services.settings import Settings

_KNOCK, _READ = 5, 120  # seconds to wait for the app's health, and for each portion of an answer
_PIECE = 1 << 18


@contextmanager
def announced(settings: Settings, port: int) -> Iterator[None]:
    """Leave the note while the block lasts. A store that is shared needs none: commands open it themselves."""
    if not Home(settings.store, settings.files).is_embedded:
        yield
        return
    note = _note(settings)
    with suppress(OSError):
        note.write_text(json.dumps({"port": port, "pid": os.getpid()}), encoding="utf-8")
    try:
        yield
    finally:
        with suppress(OSError):
            note.unlink(missing_ok=True)


@dataclass(frozen=True)
class RunningApp:
    """An app that serves our store. `token` proves to it that we know the shop's secret."""

    address: str
    token: str

    def get(self, path: str, asked: Mapping[str, str], patience: float = _READ) -> Iterator[bytes]:
        """The answer to a GET, in pieces; `patience` is how long one may take, in seconds. Raises `Invalid` with the
        app's sentence when it refuses, `Unavailable` when it does not answer to the end."""
        url = f"{self.address}{quote(path)}?{urlencode(asked)}"
        request = Request(url, headers={"X-Comptoir-Token": self.token})  # noqa: S310 - always http to this machine
        try:
            with urlopen(request, timeout=patience) as answer:  # noqa: S310
                while piece := answer.read(_PIECE):
                    yield piece
        except HTTPError as error:
            raise Invalid(_detail(error)) from error
        except (OSError, HTTPException) as error:
            raise Unavailable(_("The running Comptoir stopped answering. Try again.")) from error


def find(settings: Settings) -> RunningApp | None:
    """The app that holds the embedded store of `settings`, None when none answers."""
    with suppress(OSError, HTTPException, ValueError, KeyError, TypeError):
        note = json.loads(_note(settings).read_text(encoding="utf-8"))
        os.kill(int(note["pid"]), 0)  # a note left by a process that died is none
        address = f"http://127.0.0.1:{int(note['port'])}"
        with urlopen(f"{address}/healthz", timeout=_KNOCK) as answer:  # noqa: S310
            health: dict[str, Any] = json.load(answer)
        if _same(health["store"], settings.store):
            return RunningApp(address, token(settings.secret))
    return None


def holder(settings: Settings, error: Unavailable) -> RunningApp:
    """The app that holds the store which could not be opened. Raises `error` again when it is about something else, or
    no app answers."""
    app = find(settings) if isinstance(error.__cause__, StoreBusy) else None
    if app is None:
        raise error
    return app


def token(secret: str) -> str:
    """What a command of this shop shows to its app: made from the secret, and not the secret."""
    return hmac.new(secret.encode(), b"command line", hashlib.sha256).hexdigest()


def _note(settings: Settings) -> Path:
    return Path(f"{settings.store}.running")


def _same(one: str, other: str) -> bool:
    """Whether two addresses are one file; the app may have been started from another folder."""
    return Path(one).name == Path(other).name


def _detail(error: HTTPError) -> str:
    with suppress(ValueError, KeyError, TypeError, OSError):
        return str(json.load(error)["detail"])
    return _("The running Comptoir refused ({status}).", status=error.code)
