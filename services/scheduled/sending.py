"""Sending reports: each goes to the outbox once on each day on which it is due, with its files, in one transaction.

All of it is made before; whoever commits first has sent it, and what is killed before that is made anew by the next
turn. After days without the app only the newest is sent.
"""

from __future__ import annotations

import base64
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from data import attachments, messages, scheduled
from data.ids import new_id
from data.store import Row, Writer
from services import clock, language
from services.errors import Invalid, NotFound, ShopError, Unavailable, store_errors
from services.language import _
from services.messages import drafting, letter, outbox
from services.messages.kinds import Template
from services.messages.parts import Words
from services.messages.states import MessageEventKind
from services.messages.wording import line, render
from services.people import Actor
from services.profile import Profile, profile
from services.scheduled import content as contents
from services.scheduled import picture
from services.scheduled import report as reports
from services.scheduled.report import Kept, Report
from services.scheduled.schedule import last_due
from services.shop import Shop

FIRST, EVERY = 75.0, 60.0  # seconds after the start, and between two looks
MOST_BYTES = 7 * 1024 * 1024  # of all files of a mail in Base64; SendGrid takes 30 MB, mailboxes less

log = logging.getLogger("comptoir")


@dataclass(frozen=True, slots=True)
class Letter:
    """A report as a mail: its words, and the files that go with it (columns of `message_attachments` but the
    message)."""

    words: Words
    files: tuple[Row, ...]


def reports_turn(shop: Shop, now: datetime) -> Sequence[str]:
    """Send what is due."""
    with store_errors(), shop.store.read() as read:
        rules = profile(read, shop.settings)
        due = [(one, day) for one in reports.every(read) if (day := _due(one, now, rules.time_zone))]
        due = [(one, day) for one, day in due if not scheduled.has_run(read, one.report.id, day)]
    done = []
    with language.use(rules.language):
        for one, day in due:
            try:
                done += _sent(shop, one, day, now, rules)
            except ShopError as error:
                log.warning("The report %s is left for later: %s", one.report.id, error)
            except Exception:
                log.exception("The report %s is left for later", one.report.id)
    return done


def send_now(shop: Shop, report_id: str, actor: Actor) -> Row:
    """Send a report to the merchant alone, as a trial; the message. Raises `Invalid` when there is no address, or
    nothing to tell; `NotFound`."""
    now, rules = clock.now(), shop.profile()
    with store_errors(), shop.store.read() as read:
        kept = reports.one(read, report_id)
    if kept is None:
        raise NotFound(_("This report is not there any more."))
    to = line(rules.merchant_email) or next(iter(kept.report.recipients), "")
    if not to:
        raise Invalid(_("There is no address to send it to: give one here, or the merchant’s in Settings."))
    with language.use(rules.language):
        made = write(shop, kept.report, now, rules)
    with store_errors(), shop.store.write() as write_door:
        (message_id,) = _put(write_door, made, [to], f"{Template.REPORT}:test:{new_id()}", now, rules)
        messages.note(write_door, [(message_id, MessageEventKind.SENT_NOW.value, actor.name)], now)
    return outbox.message(shop, message_id)


def write(shop: Shop, report: Report, now: datetime, rules: Profile) -> Letter:
    """A report as it would be sent now, in the language in use. Raises `Invalid` when there is nothing to tell of,
    `Unavailable` when its pictures cannot be drawn."""
    content = contents.content(shop, report, now, rules)
    drawn = picture.pictures([(sheet.answer, sheet.kind) for sheet in content.sheets])
    files, charts = [], []
    room = MOST_BYTES
    for place, (sheet, png) in enumerate(zip(content.sheets, drawn, strict=True), 1):
        name = f"chart{place}" if png else ""
        if png:
            files.append(_file(f"{sheet.file_name[:-4]}.png", "image/png", name, png))
            room -= len(files[-1]["content"])
        charts.append(_shown(sheet, name))
    tables = []
    for sheet in content.sheets:
        file = _file(sheet.file_name, "text/csv", "", sheet.file) if sheet.file else None
        if file and len(file["content"]) <= room:
            room -= len(file["content"])
            tables.append(sheet)
            files.append(file)
    of = f"?board={report.board_id}" if report.board_id else ""
    values = {
        **letter.frame(rules, rules.language),
        "title": line(report.title),
        "period": content.period,
        "url": f"{shop.settings.public_url}/boards{of}",
        "charts": charts,
        "files": contents.counted(tables) if tables else "",
    }
    return Letter(render(Template.REPORT, rules.language, values), tuple(files))


def _shown(sheet: contents.Sheet, name: str) -> dict[str, Any]:
    """What the template places of a chart."""
    return {
        "title": sheet.title,
        "about": sheet.about,
        "picture": name,
        "alt": _("{title}, as a picture. The table below has its figures.", title=sheet.title),
        "heads": sheet.heads if sheet.rows else (),
        "rows": sheet.rows,
        "table": contents.as_text(sheet),
        "more": sheet.more,
    }


def _due(one: Kept, now: datetime, zone: str) -> date | None:
    """The day for which it is due, if any since it was made or changed."""
    if one.report.is_paused:
        return None
    day = last_due(one.report.schedule, now, zone)
    is_new = one.report.schedule.at(day, zone) >= one.since and (one.due_on is None or day > one.due_on)
    return day if is_new else None


def _sent(shop: Shop, one: Kept, day: date, now: datetime, rules: Profile) -> list[str]:
    made: Letter | None = None
    fault = ""
    try:
        made = write(shop, one.report, now, rules)
    except Unavailable:
        raise
    except ShopError as error:
        fault = error.sentence
    to = [line(address) for address in one.report.recipients] or [line(rules.merchant_email)]
    if made and not any(to):
        made, fault = None, _("There is no address to send it to: give one here, or the merchant’s in Settings.")
    with store_errors(), shop.store.write() as write_door:
        kept = reports.one(write_door, one.report.id)
        if kept is None or kept.since != one.since or scheduled.has_run(write_door, one.report.id, day):
            return []  # somebody was faster, or it was changed meanwhile
        key = f"{Template.REPORT}:{one.report.id}:{day.isoformat()}"
        mails = _put(write_door, made, to, key, now, rules) if made else []
        run = {
            "id": new_id(),
            "report_id": one.report.id,
            "due_on": day,
            "made_at": now,
            "count_mails": len(mails),
            "sentence": fault,
        }
        scheduled.note(write_door, run)
    return [f"report {one.report.title} to {len(mails)}"]


def _put(write_door: Writer, made: Letter, to: Sequence[str], key: str, now: datetime, rules: Profile) -> list[str]:
    rows = [
        drafting.row(
            Template.REPORT,
            made.words,
            rules.language,
            to=address,
            sender=rules.sender_email,
            now=now,
            send_after=now,
            key=f"{key}:{address}",
        )
        for address in to
    ]
    kept = outbox.put(write_door, rows)
    attachments.add(
        write_door,
        [
            {"message_id": message_id, "position": place, **file}
            for message_id in kept
            for place, file in enumerate(made.files, 1)
        ],
    )
    return kept


def _file(name: str, kind: str, content_id: str, content: bytes) -> Row:
    return {"name": name, "type": kind, "content_id": content_id, "content": base64.b64encode(content).decode()}
