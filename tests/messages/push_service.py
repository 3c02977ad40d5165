"""A stand-in for a browser and its push service on 127.0.0.1: takes what is pushed, and opens it as the browser would
(RFC 8188, 8291), with code of its own."""

from __future__ import annotations

import base64
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw(given: str) -> bytes:
    return base64.urlsafe_b64decode(given + "=" * (-len(given) % 4))


class Browser:
    """One that takes push: its keys, and what it can read with them."""

    def __init__(self, endpoint: str) -> None:
        self._private = ec.generate_private_key(ec.SECP256R1())
        self._point = self._private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self._secret = os.urandom(16)
        self.endpoint = endpoint

    @property
    def subscription(self) -> dict[str, Any]:
        """As the browser's script gives it."""
        return {"endpoint": self.endpoint, "keys": {"p256dh": text(self._point), "auth": text(self._secret)}}

    def opened(self, body: bytes) -> dict[str, str]:
        """What was pushed, in clear."""
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        sender = body[21 : 21 + length]
        sealed = body[21 + length :]
        assert len(sealed) <= size
        shared = self._private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender))
        mixed = _mac(_mac(self._secret, shared), b"WebPush: info\0" + self._point + sender + b"\1")
        root = _mac(salt, mixed)
        key = _mac(root, b"Content-Encoding: aes128gcm\0\1")[:16]
        nonce = _mac(root, b"Content-Encoding: nonce\0\1")[:12]
        clear = AESGCM(key).decrypt(nonce, sealed, None)
        assert clear.rstrip(b"\0").endswith(b"\2")
        told: dict[str, str] = json.loads(clear.rstrip(b"\0")[:-1])
        return told


def proof(header: str) -> tuple[dict[str, Any], str]:
    """What a VAPID header claims, and by whose key: its signature must hold."""
    scheme, _space, rest = header.partition(" ")
    assert scheme == "vapid"
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    signed, _dot, signature = parts["t"].rpartition(".")
    found = raw(signature)
    der = encode_dss_signature(int.from_bytes(found[:32], "big"), int.from_bytes(found[32:], "big"))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw(parts["k"]))
    key.verify(der, signed.encode(), ec.ECDSA(hashes.SHA256()))
    head, claims = (json.loads(raw(part)) for part in signed.split("."))
    assert head == {"typ": "JWT", "alg": "ES256"}
    return claims, parts["k"]


def _mac(key: bytes, of: bytes) -> bytes:
    made = hmac.HMAC(key, hashes.SHA256())
    made.update(of)
    return made.finalize()


@dataclass
class PushService:
    """Answers with the statuses it is given, one per push, then with 201."""

    statuses: list[int] = field(default_factory=list)
    taken: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""

    def browser(self, name: str = "one") -> Browser:
        return Browser(f"{self.url}/{name}")


class _Handler(BaseHTTPRequestHandler):
    service: PushService

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = self.service.statuses.pop(0) if self.service.statuses else 201
        if status == 302:
            self.send_response(302)
            self.send_header("Location", f"{self.service.url}/elsewhere")
            self.end_headers()
            return
        if status == 201:
            self.service.taken.append((self.path, dict(self.headers), body))
        self.send_response(status)
        if status == 429:
            self.send_header("Retry-After", "7")
        if status == 201:
            self.send_header("Location", f"/m/{len(self.service.taken)}")
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Quiet."""


@contextmanager
def serving() -> Iterator[PushService]:
    """A push service that serves while the block lasts."""
    service = PushService()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"service": service}))
    server.daemon_threads = True
    service.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
