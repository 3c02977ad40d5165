"""Reports of the provider as rows: each noted once, and every message where its reports put it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from data import fates as rows_of
from data.ids import Ids
from data.store import Row, Writer
from services.errors import store_errors
from services.messages.fates import REPORTED, Noted, Report, judged
from services.messages.states import MessageEventKind, MessageState
from services.shop import Shop

# of these only the first is kept: that somebody reads a mail again and again is nobody's business
_FIRST_ONLY = (MessageEventKind.OPENED, MessageEventKind.CLICKED)


def of_order(shop: Shop, order_id: str) -> dict[str, list[Noted]]:
    """What the provider told of each message of an order, oldest first, by the message's id."""
    kinds = [kind.value for kind in REPORTED]
    told: dict[str, list[Noted]] = defaultdict(list)
    with store_errors(), shop.store.read() as read:
        for row in rows_of.of_order(read, order_id, kinds):
            told[row["message_id"]].append(Noted(row["kind"], row["happened_at"], row["detail"]))
    return told


def take(write: Writer, reports: Sequence[Report], now: datetime) -> set[Report]:
    """Note what is new among `reports` and move the messages they speak of, in the caller's transaction. Those that
    speak of messages that are not ours, which change nothing."""
    known = _known(write, reports)
    by_message: dict[str, list[Report]] = defaultdict(list)
    strangers = set()
    for report in reports:
        row = known.get(report.message_id) or known.get(report.provider_id)
        if row:
            by_message[row["id"]].append(report)
        else:
            strangers.add(report)
    messages = {row["id"]: row for row in known.values()}
    noted: dict[str, list[Row]] = defaultdict(list)
    for row in rows_of.noted(write, list(by_message)):
        noted[row["message_id"]].append(row)
    fresh, replaced, changed = [], [], []
    ids = Ids()
    for message_id, told in by_message.items():
        added, gone = _news(message_id, told, noted[message_id], ids)
        fresh += added
        replaced += gone
        change = _change(messages[message_id], [*noted[message_id], *added], told, now)
        changed += [change] if change else []
    rows_of.take_out(write, replaced)
    if fresh:
        rows_of.add(write, fresh)
    if changed:
        rows_of.change(write, changed)
    return strangers


def _known(write: Writer, reports: Sequence[Report]) -> dict[str, Row]:
    """The messages that reports speak of, by our id, else by the provider's."""
    found = {row["id"]: row for row in rows_of.by_ids(write, list({r.message_id for r in reports if r.message_id}))}
    others = {r.provider_id for r in reports if r.provider_id and not r.message_id}
    return found | {row["provider_id"]: row for row in rows_of.by_provider_ids(write, list(others))}


def _news(message_id: str, told: Sequence[Report], noted: Sequence[Row], ids: Ids) -> tuple[list[Row], list[str]]:
    """Rows to note about a message, and the ids of notes that they take the place of."""
    seen = {row["provider_event_id"] for row in noted}
    first = {row["kind"]: row for row in noted if row["kind"] in _FIRST_ONLY}
    fresh: dict[str, Row] = {}
    replaced = []
    for report in sorted(told, key=lambda one: (one.at, one.event_id)):
        if report.event_id in seen:
            continue
        seen.add(report.event_id)
        earlier = first.get(report.kind)
        if earlier:
            if (earlier["happened_at"], earlier["provider_event_id"]) <= (report.at, report.event_id):
                continue
            replaced.append(earlier["id"])
        row: Row = {
            "id": ids.fresh(),
            "message_id": message_id,
            "happened_at": report.at,
            "kind": report.kind.value,
            "detail": report.detail,
            "provider_event_id": report.event_id,
        }
        if report.kind in _FIRST_ONLY:
            first[report.kind] = row
        fresh[row["id"]] = row
    return list(fresh.values()), replaced


def _change(message: Row, noted: Sequence[Row], told: Sequence[Report], now: datetime) -> dict[str, Any] | None:
    """The columns to set for a message, None when it stays as it is."""
    state = MessageState(message["state"])
    after, reason = judged(state, [Noted(row["kind"], row["happened_at"], row["detail"]) for row in noted])
    error = message["error"] if after is state and not reason else reason
    # a mail whose answer got lost learns here under which number the provider knows it
    provider_id = message["provider_id"] or next((one.provider_id for one in told if one.provider_id), "")
    if (after, error, provider_id) == (state, message["error"], message["provider_id"]):
        return None
    return {"id": message["id"], "state": after.value, "error": error, "provider_id": provider_id, "updated_at": now}
