"""A file on the disk as a stream of text: compression, kind and encoding known from its bytes, not its name."""

from __future__ import annotations

import codecs
import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, cast

from services.errors import Invalid
from services.language import _

CHUNK = 1 << 20
LARGEST = 8 << 30  # bytes of a file once unpacked
LOOKED_AT = 1 << 16
_NULS = 0.01  # share of zero bytes beyond which a file is no text


class Packing(StrEnum):
    """How a file is packed."""

    PLAIN = "plain"
    GZIP = "gzip"
    ZIP = "zip"


class Content(StrEnum):
    """What is inside."""

    TEXT = "text"
    XLSX = "xlsx"
    PARQUET = "parquet"


@dataclass(frozen=True)
class Opened:
    """A file whose kind is known. `encoding` is for text; `size` is bytes on the disk."""

    path: Path
    name: str
    packing: Packing
    member: str
    content: Content
    encoding: str
    size: int

    @contextmanager
    def content_bytes(self) -> Iterator[IO[bytes]]:
        """Its content, unpacked while it is read."""
        with self._raw() as raw:
            yield raw

    @contextmanager
    def text(self) -> Iterator[io.TextIOWrapper]:
        """Its content as text, line ends kept as they are."""
        with self._raw() as raw:
            yield io.TextIOWrapper(raw, encoding=self.encoding, errors="replace", newline="")

    @contextmanager
    def _raw(self) -> Iterator[IO[bytes]]:
        try:
            if self.packing is Packing.GZIP:
                with gzip.open(self.path, "rb") as unpacked:
                    yield cast(IO[bytes], unpacked)
            elif self.packing is Packing.ZIP:
                with zipfile.ZipFile(self.path) as archive, archive.open(self.member) as inner:
                    yield inner
            else:
                with self.path.open("rb") as plain:
                    yield plain
        except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile, RuntimeError) as error:
            raise Invalid(_("The packed file “{name}” is damaged or cut off.", name=self.name)) from error


# first bytes of files that people drop by mistake -> what they are
_OTHERS = (
    (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"%PDF", "PDF"), (b"PAR2", "PAR2"),
    (b"\x7fELF", "ELF"), (b"Rar!", "RAR"), (b"7z\xbc\xaf", "7-Zip"), (b"SQLite format 3", "SQLite"),
    (b"BM", "BMP"), (b"MZ", "EXE"), (b"RIFF", "RIFF"), (b"ID3", "MP3"),
)  # fmt: skip


def open_file(path: Path) -> Opened:
    """Look at a file. Raises `Invalid` with one sentence for a file that cannot hold a table of orders."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise Invalid(_("“{name}” is a folder.", name=path.name))
        with path.open("rb") as plain:
            head = plain.read(LOOKED_AT)
    except FileNotFoundError as error:
        raise Invalid(_("There is no file “{name}”.", name=str(path))) from error
    except OSError as error:
        raise Invalid(
            _("The file “{name}” cannot be read: {why}.", name=path.name, why=error.strerror or "")
        ) from error
    if not head:
        raise Invalid(_("The file “{name}” is empty.", name=path.name))
    if size > LARGEST:
        raise Invalid(_("The file “{name}” is larger than 8 GB; split it by date.", name=path.name))
    packing, member = _packing(path, head)
    if member == "xl/workbook.xml":
        return Opened(path, path.name, Packing.PLAIN, "", Content.XLSX, "", size)
    opened = Opened(path, path.name, packing, member, Content.TEXT, "utf-8", size)
    if packing is not Packing.PLAIN:
        with opened.content_bytes() as inner:
            head = inner.read(LOOKED_AT)
    if head[:4] == b"PAR1":
        if packing is not Packing.PLAIN:
            raise Invalid(_("Unpack “{name}” first: a Parquet file is read as it is.", name=path.name))
        return Opened(path, path.name, packing, member, Content.PARQUET, "", size)
    _refuse_others(path.name, head)
    return Opened(path, path.name, packing, member, Content.TEXT, _encoding(opened, head), size)


def _packing(path: Path, head: bytes) -> tuple[Packing, str]:
    if head[:2] == b"\x1f\x8b":
        return Packing.GZIP, ""
    if head[:4] != b"PK\x03\x04":
        return Packing.PLAIN, ""
    try:
        with zipfile.ZipFile(path) as archive:
            files = [one for one in archive.infolist() if not one.is_dir() and not one.filename.startswith("__MACOSX")]
    except zipfile.BadZipFile as error:
        raise Invalid(_("The packed file “{name}” is damaged or cut off.", name=path.name)) from error
    if any(one.filename == "xl/workbook.xml" for one in files):
        return Packing.PLAIN, "xl/workbook.xml"
    if len(files) != 1:
        raise Invalid(_("“{name}” holds {count} files; pack one table per file.", name=path.name, count=len(files)))
    if files[0].flag_bits & 1:
        raise Invalid(_("“{name}” is locked with a password; unpack it first.", name=path.name))
    if files[0].file_size > LARGEST:
        raise Invalid(_("The file “{name}” is larger than 8 GB; split it by date.", name=path.name))
    return Packing.ZIP, files[0].filename


def _refuse_others(name: str, head: bytes) -> None:
    if head[:4] == b"\xd0\xcf\x11\xe0":
        raise Invalid(_("“{name}” is an old Excel file (.xls); save it as .xlsx or CSV.", name=name))
    for sign, kind in _OTHERS:
        if head.startswith(sign) and (b"\0" in head or kind == "PDF"):
            raise Invalid(_("“{name}” is a {kind} file, not a table of orders.", name=name, kind=kind))
    if not head.strip():
        raise Invalid(_("The file “{name}” is empty.", name=name))
    if head.count(b"\0") > len(head) * _NULS and not _utf16(head):
        raise Invalid(_("“{name}” is no text: not a table of orders.", name=name))


def _utf16(head: bytes) -> str:
    """The kind of UTF-16 that the bytes are, empty when they are none."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    even, odd = head[0:2000:2], head[1:2000:2]
    if odd.count(0) > len(odd) * 0.6 and even.count(0) < len(even) * 0.1:
        return "utf-16-le"
    if even.count(0) > len(even) * 0.6 and odd.count(0) < len(odd) * 0.1:
        return "utf-16-be"
    return ""


def _encoding(opened: Opened, head: bytes) -> str:
    """BOM first; then UTF-8 when all bytes are; else Windows-1252. A sequence cut off at the very end is no fault."""
    if head[:3] == codecs.BOM_UTF8:
        return "utf-8-sig"
    if sixteen := _utf16(head):
        return sixteen
    decoder = codecs.getincrementaldecoder("utf-8")()
    seen = 0
    with opened.content_bytes() as inner:
        while chunk := inner.read(CHUNK):
            seen += len(chunk)
            if seen > LARGEST:
                raise Invalid(_("The file “{name}” is larger than 8 GB; split it by date.", name=opened.name))
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                return "cp1252"
    return "utf-8"


def accented_samples(opened: Opened, wanted: int = 3) -> list[str]:
    """A few pieces of text with accents, as they are read now, so that a person can judge the encoding."""
    found: list[str] = []
    with opened.text() as lines:
        for line in lines:
            odd = next((at for at, letter in enumerate(line) if ord(letter) > 127), -1)
            if odd >= 0:
                found.append(line[max(0, odd - 15) : odd + 15].strip())
            if len(found) == wanted:
                break
    return found
