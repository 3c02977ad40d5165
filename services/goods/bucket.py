"""A bucket (`COMPTOIR_FILES=s3://bucket/path`) as the place of digital goods, laid out like the folder.

The one file that imports boto3, and only where files stand on a bucket. Nothing here is asked while a transaction is
open: what lies in the bucket is listed now and then, and `known` tells what was listed the last time.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from services.goods.bucket_bytes import Coming, Sending
from services.goods.lying import Away, Stream, Told
from services.language import _
from services.settings import Settings

MOST_FILES = 5000  # that one look at the bucket takes in
CONNECT, READ = 3, 20  # seconds
AT_ONCE = 64  # downloads that have a connection each
FAILED_FOR = 20.0  # seconds after no answer before a look at all of the bucket is tried again

_NOT_THERE = ("404", "NoSuchKey", "NotFound")
_CHANGED = ("412", "PreconditionFailed")


@lru_cache(maxsize=4)
def bucket_of(settings: Settings) -> Bucket | None:
    """The bucket of these settings; None where files lie in a folder of this machine."""
    parts = urlsplit(settings.files)
    if parts.scheme != "s3":
        return None
    return Bucket(settings, parts.netloc, "/".join(p for p in (parts.path.strip("/"), "digital") if p))


class Bucket:
    """Files of digital goods under a path of a bucket; `place` is the rest of a key, as it is a path in the folder."""

    def __init__(self, settings: Settings, name: str, path: str) -> None:
        self.name, self._path = name, f"{path}/"
        self._settings = settings
        self._alone = threading.Lock()
        self._client: Any = None
        self._listed: dict[str, int] | None = None
        self._failed: tuple[float, str] | None = None

    @property
    def address(self) -> str:
        """Where a merchant puts files, s3://…"""
        return f"s3://{self.name}/{self._path.rstrip('/')}"

    @property
    def known(self) -> Mapping[str, int] | None:
        """Place and size of every file that lay there when it was listed; None when it never could be."""
        return self._listed

    def listed(self) -> Mapping[str, int]:
        """Place and size of every file that lies there now. Raises `Away`, at once where it just has."""
        if self._failed and time.monotonic() - self._failed[0] < FAILED_FOR:
            raise Away(self._failed[1])
        found: dict[str, int] = {}
        try:
            with self.asking() as client:
                pages = client.get_paginator("list_objects_v2").paginate(
                    Bucket=self.name, Prefix=self._path, PaginationConfig={"MaxItems": MOST_FILES}
                )
                for page in pages:
                    found |= {one["Key"].removeprefix(self._path): one["Size"] for one in page.get("Contents", ())}
        except Away as error:
            self._failed = (time.monotonic(), error.sentence)
            raise
        self._failed, self._listed = None, found
        return found

    def told(self, place: str) -> Told | None:
        """What is known of a file now; None when it is not there. Raises `Away`."""
        from botocore.exceptions import ClientError

        with self.asking() as client:
            try:
                found = client.head_object(Bucket=self.name, Key=self._path + place)
            except ClientError as error:
                if _code(error) in _NOT_THERE:
                    return None
                raise
        return Told(found["ContentLength"], found["ETag"].strip('"'))

    def body(self, place: str, first: int, last: int, mark: str) -> Any:
        """Bytes of one version of a file, as they come. Raises `FileNotFoundError` for another one, `Away`."""
        from botocore.exceptions import ClientError

        with self.asking() as client:
            try:
                found = client.get_object(
                    Bucket=self.name, Key=self._path + place, Range=f"bytes={first}-{last}", IfMatch=f'"{mark}"'
                )
            except ClientError as error:
                if _code(error) in (*_NOT_THERE, *_CHANGED):
                    raise FileNotFoundError(place) from error
                raise
        return found["Body"]

    def upload(self, place: str) -> Sending:
        """A file on its way into the bucket."""
        return Sending(self, place)

    def remove(self, place: str) -> None:
        """Take a file away. Raises `Away`."""
        with self.asking() as client:
            client.delete_object(Bucket=self.name, Key=self._path + place)
        if self._listed is not None:
            self._listed.pop(place, None)

    def key(self, place: str) -> dict[str, str]:
        """What the service calls a place."""
        return {"Bucket": self.name, "Key": self._path + place}

    def note(self, place: str, size: int) -> None:
        """A file was put there by ourselves."""
        if self._listed is not None:
            self._listed[place] = size

    @contextmanager
    def asking(self) -> Iterator[Any]:
        """The client, whose faults become `Away`."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            yield self._connected()
        except ClientError as error:
            raise Away(
                self._sentence(str(error.response.get("Error", {}).get("Message", "")) or _code(error))
            ) from error
        except BotoCoreError as error:
            raise Away(self._sentence(_plain(str(error)))) from error

    def _connected(self) -> Any:
        with self._alone:
            if self._client is None:
                self._client = _client(self._settings)
            return self._client

    def _sentence(self, reason: str) -> str:
        return _("The bucket {name} does not answer: {reason}.", name=f"s3://{self.name}", reason=reason.rstrip(". "))


@dataclass(frozen=True, slots=True)
class InBucket:
    """A file that lies in a bucket."""

    bucket: Bucket
    place: str

    def told(self) -> Told | None:
        """Its size and the service's mark of its bytes."""
        return self.bucket.told(self.place)

    def opened(self, first: int, last: int, told: Told) -> Stream:
        """Its bytes as they come, of this version only."""
        return Coming(self.bucket, self.place, first, last, told.mark)


def _client(settings: Settings) -> Any:
    import boto3
    from botocore.config import Config

    own = bool(settings.s3_endpoint)  # a service that is not Amazon's seldom has a name for each bucket
    config = Config(
        connect_timeout=CONNECT,
        read_timeout=READ,
        retries={"mode": "standard", "total_max_attempts": 2},
        max_pool_connections=AT_ONCE,
        s3={"addressing_style": "path" if own else "auto"},
        # not every service knows the newer sums
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    return boto3.session.Session().client(
        "s3",
        config=config,
        endpoint_url=settings.s3_endpoint or None,
        region_name=settings.s3_region or None,
        aws_access_key_id=settings.s3_key_id or None,
        aws_secret_access_key=settings.s3_secret_key or None,
        aws_session_token=settings.s3_session_token or None,
    )


def _code(error: Any) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def _plain(words: str) -> str:
    """What went wrong, without the address of one file."""
    return re.sub(r'(https?://[^/"\s]+)/[^"\s]*', r"\1", words)
