"""One HTTP request over a kept connection, whose fate is known as far as it can be known.

Before a request's last byte has left, nobody can have taken it; from then on, only an answer tells. So that a broken
or forgotten connection shows while that is still certain, the last byte waits one round trip for the peer to hang up.
"""

from __future__ import annotations

import http.client
import select
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

CONNECT_WITHIN, ANSWER_WITHIN = 5.0, 15.0  # seconds
# seconds that the last byte waits, besides one round trip: over a new connection, where a peer that is not in order
# shows; and over one that has served before
HOLD_BACK_NEW, HOLD_BACK, LONGEST_ROUND_TRIP = 0.05, 0.02, 0.25
LARGEST_ANSWER = 64 * 1024  # bytes that are read; a mail service answers in a few hundred

_HUNG_UP = getattr(select, "POLLRDHUP", 0) | getattr(select, "POLLHUP", 0) | getattr(select, "POLLERR", 0)


class Broken(Exception):
    """The request got no answer. `may_be_taken`: it had left as a whole, so nobody can know."""

    def __init__(self, reason: str, *, may_be_taken: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.may_be_taken = may_be_taken


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer, in the shape that the provider's library reads."""

    status: int
    body: bytes
    headers: Message

    def getcode(self) -> int:
        return self.status

    def read(self) -> bytes:
        return self.body

    def info(self) -> Message:
        return self.headers


class Wire:
    """A connection to one host, opened when needed and kept while both sides like. For one thread at a time; only
    `cut` may be called from another."""

    def __init__(self) -> None:
        self._connection: http.client.HTTPConnection | None = None
        self._host = ""
        self._round_trip = 0.0
        self._has_served = False
        self._is_cut = False

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Post `body` and wait for the answer, whatever its status. Redirects are not followed. Raises `Broken`."""
        parts = urlsplit(url)
        try:
            connection = self._connected(parts.scheme, parts.netloc)
            self._send(connection, parts.path, headers, body[:-1])
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.close()
            raise Broken(_reason(error), may_be_taken=False) from error
        has_hung_up = self._hangs_up(connection)
        try:
            if self._is_cut:
                raise ConnectionAbortedError("broken off")
            if not has_hung_up:
                connection.send(body[-1:])
        except OSError as error:
            self.close()
            raise Broken(_reason(error), may_be_taken=False) from error
        return self._answer(connection, may_be_taken=not has_hung_up)

    def cut(self) -> None:
        """Break off what is under way, from another thread; nothing goes over this wire any more."""
        self._is_cut = True
        connection = self._connection
        sock = connection.sock if connection else None
        if sock:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it was over already

    def close(self) -> None:
        """Hang up."""
        if self._connection:
            self._connection.close()
            self._connection = None

    def _connected(self, scheme: str, host: str) -> http.client.HTTPConnection:
        kept = self._connection
        if kept and kept.sock and self._host == f"{scheme}://{host}" and not _polls(kept.sock, 0):
            return kept
        self.close()
        self._connection, self._host = _connection(scheme, host), f"{scheme}://{host}"
        started = time.monotonic()
        self._connection.connect()
        self._round_trip, self._has_served = time.monotonic() - started, False
        self._connection.sock.settimeout(ANSWER_WITHIN)
        return self._connection

    def _send(self, connection: http.client.HTTPConnection, path: str, headers: Mapping[str, str], body: bytes) -> None:
        connection.putrequest("POST", path or "/", skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.putheader("Content-Length", str(len(body) + 1))
        connection.endheaders()
        connection.send(body)

    def _hangs_up(self, connection: http.client.HTTPConnection) -> bool:
        hold_back = HOLD_BACK if self._has_served else HOLD_BACK_NEW
        wait = hold_back + min(self._round_trip, LONGEST_ROUND_TRIP)
        return connection.sock is not None and _polls(connection.sock, wait)

    def _answer(self, connection: http.client.HTTPConnection, *, may_be_taken: bool) -> Answer:
        try:
            response = connection.getresponse()
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.close()
            raise Broken(_reason(error), may_be_taken=may_be_taken) from error
        self._has_served = True
        try:
            body = response.read(LARGEST_ANSWER)
        except (OSError, http.client.HTTPException, ValueError):
            body = b""  # the status is what counts, and that came
        if not response.isclosed():
            self.close()  # more is to come than anybody reads
        return Answer(response.status, body, response.headers)


def _connection(scheme: str, host: str) -> http.client.HTTPConnection:
    if scheme != "https":
        return http.client.HTTPConnection(host, timeout=CONNECT_WITHIN)
    proxy = getproxies().get("https", "")
    if not proxy or proxy_bypass(host):
        return http.client.HTTPSConnection(host, timeout=CONNECT_WITHIN)
    through = http.client.HTTPSConnection(urlsplit(proxy).netloc or proxy, timeout=CONNECT_WITHIN)
    through.set_tunnel(host)
    return through


def _polls(sock: socket.socket, seconds: float) -> bool:
    """Whether the peer hangs up within `seconds`. Data alone is no sign: TLS sends tickets of its own."""
    if not _HUNG_UP:  # a system without poll()
        return False
    poller = select.poll()
    poller.register(sock, _HUNG_UP)
    return bool(poller.poll(int(seconds * 1000)))


def _reason(error: Exception) -> str:
    text = str(error)
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
