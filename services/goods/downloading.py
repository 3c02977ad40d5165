"""Downloading: what a link opens, and how downloads are counted.

A download is all bytes of a file delivered through a link, in however many requests: see
`docs/decisions/downloads-are-counted-by-bytes.md`.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from data import downloads
from data import orders as order_rows
from data.ids import new_id
from data.store import Reader, Row
from services.errors import store_errors
from services.goods import files, sealing
from services.goods.lying import Away, Lying, Stream, Told
from services.goods.ranges import Runs, Wanted, is_whole, lead, merged, overlap
from services.goods.standing import LinkFile, link_file
from services.profile import profile
from services.shop import Shop

log = logging.getLogger("comptoir")

BUSY = timedelta(minutes=2)
"""How long a download that is not heard of keeps its place; one under way says every half minute that it is."""
TAIL = timedelta(hours=1)
"""How long after its end a download may be resumed without counting anew: the last bytes may have been lost on the
way, and only the customer knows."""
MOST_TIMES = 10
"""How often a file's bytes leave for each download that is allowed, broken ones included: then the link is over."""


class Over(StrEnum):
    """Why a file cannot be fetched."""

    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    USED_UP = "used_up"
    BUSY = "busy"
    MISSING = "missing"
    AWAY = "away"


class Refused(Exception):
    """A file is not handed out."""

    def __init__(self, why: Over) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class Offer:
    """A file as the page offers it: `over` is None while it can be fetched, `left` the downloads that remain."""

    id: str
    name: str
    size: int
    left: int
    until: datetime
    over: Over | None
    lying: Lying | None


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link opens. `language` is its order's, `number` its order's number."""

    link_id: str
    order_id: str
    number: str
    language: str
    shop_name: str
    contact: str
    zone: str
    offers: tuple[Offer, ...]

    @property
    def is_over(self) -> bool:
        """Nothing can be fetched any more."""
        return all(offer.over not in (None, Over.MISSING, Over.BUSY) for offer in self.offers)

    def offer(self, file_id: str) -> Offer:
        """One of its files. Raises `Refused`."""
        found = next((offer for offer in self.offers if offer.id == file_id), None)
        if found is None:
            raise Refused(Over.UNKNOWN)
        return found


@dataclass(frozen=True, slots=True)
class Source:
    """The file itself, as it lies there now. `etag` is another one when its bytes are."""

    lying: Lying
    told: Told
    name: str
    size: int
    etag: str

    def opened(self, want: Wanted) -> Stream:
        """Its bytes that are wanted. Raises `Refused` when it cannot be read."""
        try:
            return self.lying.opened(want.first, want.last, self.told)
        except Away as error:
            raise Refused(Over.AWAY) from error
        except OSError as error:
            raise Refused(Over.MISSING) from error


# What is under way in this process, by download: bytes of answers that are not over. Changed inside write transactions.
_under_way: dict[str, list[tuple[int, int]]] = {}


def opened(shop: Shop, token: str, now: datetime) -> Opened:
    """What is behind a token. Raises `Refused` when the shop knows no such link."""
    with store_errors(), shop.store.read() as read:
        return _opened(read, shop, token, now)


def source(offer: Offer) -> Source:
    """The file of an offer. Raises `Refused` when it is over, not there, or out of reach."""
    if offer.over:
        raise Refused(offer.over)
    try:
        told = offer.lying.told() if offer.lying else None
    except Away as error:
        log.warning("%s", error.sentence)
        raise Refused(Over.AWAY) from error
    if offer.lying is None or told is None:
        raise Refused(Over.MISSING)
    mark = f"{offer.id[-12:]}-{told.size:x}-{told.mark}"
    return Source(offer.lying, told, offer.name, told.size, f'"{mark}"')


def begin(shop: Shop, token: str, file_id: str, of: Source, want: Wanted, now: datetime) -> str:
    """Let an answer begin: the id of the download that it belongs to. Raises `Refused` when the link is over by now,
    or as many downloads are under way as are left."""
    with store_errors(), shop.store.write() as write:
        link = _opened(write, shop, token, now)
        offer = link.offer(file_id)
        rows = downloads.sessions(write, link.link_id, file_id)
        resumed = _resumed(rows, of, want, now)
        if offer.over and not (resumed and resumed["completed_at"] and offer.over is Over.USED_UP):
            raise Refused(offer.over)
        allowed = offer.left + sum(1 for row in rows if row["completed_at"])
        if sum(row["sent"] for row in rows) > MOST_TIMES * allowed * max(of.size, 1):
            raise Refused(Over.USED_UP)
        is_free = bool(resumed and resumed["completed_at"])
        mine = resumed["id"] if resumed else ""
        busy = sum(1 for row in rows if row["id"] != mine and not row["completed_at"] and row["busy_until"] > now)
        if not is_free and offer.left - busy <= 0:
            raise Refused(Over.BUSY if busy else Over.USED_UP)
        if resumed:
            downloads.go_on(write, mine, {"busy_until": now + BUSY, "updated_at": now})
        else:
            mine = new_id()
            downloads.begin(write, _session(mine, link, file_id, of, now))
        _under_way.setdefault(mine, []).append((want.first, want.last))
        return mine


def delivered(shop: Shop, download_id: str, want: Wanted, count: int, now: datetime, *, is_over: bool) -> bool:
    """Note that the first `count` bytes of an answer were delivered; `is_over` ends the answer. Whether the download
    is complete with them."""
    try:
        with store_errors(), shop.store.write() as write:
            row = downloads.session(write, download_id)
            if row is None:
                return False
            covered = merged((*_runs(row), (want.first, want.first + count - 1)))
            is_done = row["completed_at"] is not None or is_whole(covered, row["size"])
            busy_until = now if is_over and len(_under_way.get(download_id, ())) <= 1 else now + BUSY
            values = {
                "covered_json": json.dumps(covered),
                "sent": row["sent"] + (count if is_over else 0),
                "updated_at": now,
                "busy_until": busy_until,
                "completed_at": row["completed_at"] or (now if is_done else None),
            }
            downloads.go_on(write, download_id, values)
            return is_done
    finally:
        if is_over:
            _let_go(download_id, want)


def _let_go(download_id: str, want: Wanted) -> None:
    runs = _under_way.get(download_id, [])
    if (want.first, want.last) in runs:
        runs.remove((want.first, want.last))
    if not runs:
        _under_way.pop(download_id, None)


def _opened(read: Reader, shop: Shop, token: str, now: datetime) -> Opened:
    row = downloads.by_token(read, sealing.token_hash(token))
    order = order_rows.one(read, row["order_id"]) if row else None
    if row is None or order is None:
        raise Refused(Over.UNKNOWN)
    rules = profile(read, shop.settings)
    found: dict[str, list[LinkFile]] = {}
    for one in downloads.files_of_link(read, row["id"], row["order_id"]):
        found.setdefault(one["file_id"], []).append(link_file(one))
    return Opened(
        row["id"],
        row["order_id"],
        order["number"],
        row["language"] or rules.language,
        rules.shop_name,
        rules.rule("contact_email") or rules.merchant_email,
        rules.time_zone,
        tuple(_offer(shop, parts, now) for parts in found.values()),
    )


def _offer(shop: Shop, parts: list[LinkFile], now: datetime) -> Offer:
    """A file that one link opens, for one line of the order or for several."""
    standing = [part for part in parts if part.withdrawn_at is None]
    first = parts[0]
    until = max(part.expires_at for part in standing or parts)
    left = max(0, sum(part.allowed for part in standing) - first.used)
    lying = files.lying(shop.settings, first.place)
    over: Over | None = None
    if not standing:
        over = Over.WITHDRAWN
    elif until <= now:
        over = Over.EXPIRED
    elif left <= 0:
        over = Over.USED_UP
    elif lying is None:
        over = Over.MISSING
    return Offer(first.file_id, first.name, first.size, left, until, over, lying)


def _resumed(rows: list[Row], of: Source, want: Wanted, now: datetime) -> Row | None:
    """The download that an answer goes on with; None when it begins a new one. The whole file always does."""
    if not want.is_part:
        return None
    alike = [row for row in rows if row["etag"] == of.etag]
    best: tuple[int, int, Row] | None = None
    for place, row in enumerate(row for row in alike if row["completed_at"] is None):
        under_way = _under_way.get(row["id"], [])
        covered = _runs(row)
        if overlap(under_way, want.first, want.last):
            continue  # somebody else fetches these bytes just now
        if want.first == 0 and overlap(covered, 0, 0):
            continue  # it begins from the start: a new one
        gap = lead((*covered, *under_way), want.first)
        rank = (of.size if gap is None else gap, place)
        if best is None or rank < best[:2]:
            best = (*rank, row)
    if best:
        return best[2]
    if want.first == 0:
        return None
    done = (row for row in alike if row["completed_at"] is not None and row["completed_at"] > now - TAIL)
    return next((row for row in done if row["sent"] <= 3 * of.size), None)


def _runs(row: Row) -> Runs:
    return tuple((first, last) for first, last in json.loads(row["covered_json"]))


def _session(download_id: str, link: Opened, file_id: str, of: Source, now: datetime) -> Row:
    return {
        "id": download_id,
        "link_id": link.link_id,
        "order_id": link.order_id,
        "file_id": file_id,
        "etag": of.etag,
        "size": of.size,
        "covered_json": "[]",
        "sent": 0,
        "started_at": now,
        "updated_at": now,
        "busy_until": now + BUSY,
        "completed_at": None,
    }
