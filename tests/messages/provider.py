"""A stand-in for SendGrid on 127.0.0.1: judges each request, answers as it is told, and remembers what it took."""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Taken:
    """A request that was read as a whole."""

    body: dict[str, Any]
    headers: dict[str, str]
    at: float
    path: str = "/v3/mail/send"

    @property
    def message_id(self) -> str:
        return self.body["custom_args"]["message_id"]


@dataclass
class Step:
    """What the provider does with one request."""

    status: int = 202
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    wait: float = 0.0
    breaks: str = ""  # "before": hangs up with the request half read; "after": takes it, then hangs up; "reset" too


def errors(*words: str) -> bytes:
    return json.dumps({"errors": [{"message": word, "field": None} for word in words]}).encode()


@dataclass
class Provider:
    """Answers with the steps it is given, one per request, then with 202."""

    steps: list[Step] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    judges: list[Callable[[str, dict[str, str], dict[str, Any]], list[str]]] = field(default_factory=list)
    connections: int = 0
    url: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def next_step(self) -> Step:
        with self._lock:
            return self.steps.pop(0) if self.steps else Step()

    def took(self, request: Taken) -> None:
        with self._lock:
            self.taken.append(request)
            for judge in self.judges:
                self.faults += judge(request.path, request.headers, request.body)

    @property
    def accepted_ids(self) -> list[str]:
        return [request.message_id for request in self.taken]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    provider: Provider

    def setup(self) -> None:
        super().setup()
        self.provider.connections += 1

    def do_POST(self) -> None:
        step = self.provider.next_step()
        if step.breaks == "before":
            self.rfile.read(10)
            self._reset()
            return
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        request = Taken(json.loads(raw), dict(self.headers), time.monotonic(), self.path)
        if step.breaks or 200 <= step.status < 300:
            self.provider.took(request)
        if step.wait:
            time.sleep(step.wait)
        if step.breaks == "reset":
            self._reset()
            return
        if step.breaks:
            self.close_connection = True
            return
        self._answer(step, request)

    def _answer(self, step: Step, request: Taken) -> None:
        try:
            self.send_response(step.status)
            for name, value in step.headers.items():
                self.send_header(name, value)
            if step.status == 202:
                self.send_header("X-Message-Id", f"sg-{request.message_id}")
            self.send_header("Content-Length", str(len(step.body)))
            self.end_headers()
            self.wfile.write(step.body)
        except OSError:
            self.close_connection = True  # the sender is gone

    def _reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True

    def log_message(self, *_args: object) -> None:
        """Quiet."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_args: object) -> None:
        """Senders that go away are part of the play."""


@contextmanager
def serving(provider: Provider | None = None) -> Iterator[Provider]:
    """A provider that serves while the block lasts."""
    provider = provider or Provider()
    handler = type("Handler", (_Handler,), {"provider": provider})
    server = _Server(("127.0.0.1", 0), handler)
    provider.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
