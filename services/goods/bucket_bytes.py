"""Bytes that come out of a bucket and go into it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, Protocol

from services.goods.lying import Away

PART = 8 * 1024 * 1024  # bytes of an upload that are sent at once; the service takes 10,000 parts of 5 MB and more
MOST_RESUMED = 3  # times that one answer goes on after the service has hung up


class Asked(Protocol):
    """The bucket, as far as it is needed here."""

    def asking(self) -> AbstractContextManager[Any]:
        """The client, whose faults become `Away`."""

    def body(self, place: str, first: int, last: int, mark: str) -> Any:
        """Bytes of one version of a file, as they come."""

    def key(self, place: str) -> dict[str, str]:
        """What the service calls a place."""

    def note(self, place: str, size: int) -> None:
        """A file was put there by ourselves."""


class Coming:
    """Bytes as the service sends them. A service that hangs up, as it does when a customer is slow, is asked for the
    rest."""

    def __init__(self, bucket: Asked, place: str, first: int, last: int, mark: str) -> None:
        self._bucket, self._place, self._mark = bucket, place, mark
        self._next, self._last = first, last
        self._left = MOST_RESUMED
        self._body: Any = bucket.body(place, first, last, mark) if last >= first else None

    def read(self, size: int, /) -> bytes:
        """The next bytes; fewer than all when the service does not go on. Raises `Away`, and `FileNotFoundError` when
        the file is another by now."""
        from botocore.exceptions import BotoCoreError
        from urllib3.exceptions import HTTPError

        while self._next <= self._last:
            try:
                piece: bytes = self._body.read(size)
            except (BotoCoreError, HTTPError, OSError):
                piece = b""
            if piece:
                self._next += len(piece)
                return piece
            if not self._left:
                break
            self._left -= 1
            self._body.close()
            self._body = self._bucket.body(self._place, self._next, self._last, self._mark)
        return b""

    def close(self) -> None:
        """Hang up."""
        if self._body is not None:
            self._body.close()


class Sending:
    """A file on its way into a bucket, part after part; it is there once it is kept."""

    def __init__(self, bucket: Asked, place: str) -> None:
        self.place = place
        self._bucket = bucket
        self._held = bytearray()
        self._size = 0
        self._upload = ""
        self._parts: list[dict[str, Any]] = []
        self._is_over = False

    def write(self, piece: bytes) -> None:
        """The next bytes. Raises `Away`."""
        self._held += piece
        self._size += len(piece)
        if len(self._held) >= PART:
            self._send()

    def keep(self) -> None:
        """It is whole. Raises `Away`."""
        with self._bucket.asking() as client:
            if not self._upload:
                client.put_object(**self._bucket.key(self.place), Body=bytes(self._held))
            else:
                self._send()
                client.complete_multipart_upload(
                    **self._bucket.key(self.place), UploadId=self._upload, MultipartUpload={"Parts": self._parts}
                )
        self._is_over = True
        self._bucket.note(self.place, self._size)

    def leave(self) -> None:
        """Forget what came so far; nothing to do for one that was kept."""
        if self._is_over or not self._upload:
            return
        try:
            with self._bucket.asking() as client:
                client.abort_multipart_upload(**self._bucket.key(self.place), UploadId=self._upload)
        except Away:
            return  # parts that nobody kept: the bucket's own rule of broken uploads takes them away

    def _send(self) -> None:
        if not self._held:
            return
        with self._bucket.asking() as client:
            named = self._bucket.key(self.place)
            if not self._upload:
                self._upload = client.create_multipart_upload(**named)["UploadId"]
            number = len(self._parts) + 1
            told = client.upload_part(**named, UploadId=self._upload, PartNumber=number, Body=bytes(self._held))
        self._parts.append({"ETag": told["ETag"], "PartNumber": number})
        self._held.clear()
