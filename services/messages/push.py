"""Push: which browsers are told of new orders, and what they are told. Its messages go the way of mails."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from data import messages, push
from data.ids import new_id
from data.store import Row, Writer
from services import clock, language
from services.errors import Invalid, NotFound, store_errors
from services.language import _
from services.messages import drafting, letter, outbox, push_address, push_keys
from services.messages.kinds import Channel, Template
from services.messages.parts import Words
from services.messages.states import MessageState
from services.messages.wording import line, shortened
from services.money import shown
from services.orders.order import Order
from services.people import Actor
from services.profile import Profile, profile
from services.shop import Shop

MOST, LONGEST_NAME = 20, 80
LONGEST_TITLE, LONGEST_BODY = 200, 300  # characters


@dataclass(frozen=True, slots=True)
class Browser:
    """An enrolled browser; `error` is why the last push did not reach its service."""

    id: str
    name: str
    added_at: datetime
    last_push_at: datetime | None
    error: str
    endpoint: str


def browsers(shop: Shop) -> list[Browser]:
    """Every enrolled browser, oldest first."""
    with store_errors(), shop.store.read() as read:
        return [_browser(row) for row in push.every(read)]


def enrol(shop: Shop, given: object, name: str, actor: Actor) -> Browser:
    """Tell a browser of new orders from now on; `given` is its push subscription as the browser writes it. One that is
    enrolled already is not enrolled twice. Raises `Invalid`."""
    endpoint, point, secret = _checked(given)
    now = clock.now()
    with store_errors(), shop.store.write() as write:
        known = push.of_endpoint(write, endpoint)
        values = {"p256dh": point, "auth": secret, "name": _named(name), "error": ""}
        if known:
            push.change(write, known["id"], values)
            return _browser(known | values)
        if len(push.every(write)) >= MOST:
            raise Invalid(_("There are {count} browsers already. Remove one first.", count=MOST))
        row = {
            "id": new_id(),
            "endpoint": endpoint,
            "added_at": now,
            "actor": actor.name,
            "last_push_at": None,
        } | values
        push.add(write, row)
        return _browser(row)


def renew(shop: Shop, old_endpoint: str, given: object) -> Browser:
    """Reach an enrolled browser at another address from now on. Raises `NotFound` for an address that is not known,
    `Invalid` for a new one that is none."""
    endpoint, point, secret = _checked(given)
    with store_errors(), shop.store.write() as write:
        row = _known(push.of_endpoint(write, old_endpoint))
        values = {"endpoint": endpoint, "p256dh": point, "auth": secret, "error": ""}
        push.change(write, row["id"], values)
        return _browser(row | values)


def remove(shop: Shop, browser_id: str, actor: Actor) -> None:
    """Tell a browser nothing more; what waits for it is stopped. Raises `NotFound`."""
    with store_errors(), shop.store.write() as write:
        row = _known(push.one(write, browser_id))
        forget(write, row["id"], clock.now(), actor.name)


def forget(write: Writer, browser_id: str, now: datetime, who: str) -> None:
    """Take a browser out, and stop what waits for it, in the caller's transaction."""
    outbox.stop_some(write, push.waiting_for(write, browser_id, MessageState.WAITING), now, who)
    push.remove(write, [browser_id])


def try_out(shop: Shop, browser_id: str, actor: Actor) -> Row:
    """Put a trial in the outbox, for one browser; the message, whose state tells how it goes. Raises `NotFound`."""
    now = clock.now()
    with store_errors(), shop.store.write() as write:
        browser = _known(push.one(write, browser_id))
        the_profile = profile(write, shop.settings)
        with language.use(the_profile.language):
            title = letter.shop_name(the_profile)
            body = _("New orders are told here.")
        row = _row(Template.TEST_MAIL, title, body, browser, the_profile, now, f"push:test:{new_id()}")
        _put(write, [(row, browser["id"])])
        messages.note(write, [(row["id"], "sent_now", actor.name)], now)
    return outbox.message(shop, row["id"])


def tell(write: Writer, order: Order, rules: Profile, now: datetime, event_id: str | None) -> list[dict[str, Any]]:
    """Put word of a new order in the outbox, for every enrolled browser, in the caller's transaction: its number, its
    sum, a link. The rows that were kept."""
    enrolled = push.every(write)
    if not enrolled:
        return []
    with language.use(rules.language):
        title = _("New order {number}", number=f"#{order.number.lstrip('#')}")
        body = f"{shown(order.total, order.currency, rules.language)} · {letter.shop_name(rules)}"
    rows = []
    for browser in enrolled:
        key = f"push:{Template.NEW_ORDER}:{order.id}:{browser['id']}"
        row = _row(Template.NEW_ORDER, title, body, browser, rules, now, key)
        rows.append((row | {"order_id": order.id, "event_id": event_id}, browser["id"]))
    return _put(write, rows)


def tell_alert(
    write: Writer, template: Template, title: str, body: str, rules: Profile, now: datetime, key: str
) -> None:
    """Put word of an alert in the outbox, for every enrolled browser, in the caller's transaction; `key` is the part of
    the dedupe key that says of what."""
    rows = [
        (_row(template, title, body, browser, rules, now, f"push:{key}:{browser['id']}"), browser["id"])
        for browser in push.every(write)
    ]
    if rows:
        _put(write, rows)


def told(row: Row) -> dict[str, str]:
    """What a browser is given of a message: what it shows, and where a click leads."""
    path = f"/order?id={row['order_id']}" if row["order_id"] else "/"
    if row["template"] in (Template.ALERT, Template.ALERT_OVER):
        path = "/boards?show=alerts"
    return {"title": row["subject"], "body": row["body_text"], "path": path, "tag": row["id"]}


def _put(write: Writer, rows: list[tuple[dict[str, Any], str]]) -> list[dict[str, Any]]:
    kept = set(outbox.put(write, [row for row, _browser in rows]))
    push.direct(write, [(row["id"], browser) for row, browser in rows if row["id"] in kept])
    return [row for row, _browser in rows if row["id"] in kept]


def _row(
    template: Template, title: str, body: str, browser: Row, rules: Profile, now: datetime, key: str
) -> dict[str, Any]:
    words = Words(shortened(line(title), LONGEST_TITLE), shortened(line(body), LONGEST_BODY), "")
    made = drafting.row(
        template, words, rules.language, to=browser["name"], sender="", now=now, send_after=now, key=key
    )
    return made | {"channel": Channel.PUSH.value}


def _checked(given: object) -> tuple[str, str, str]:
    """Endpoint, public key and secret of a subscription. Raises `Invalid`."""
    try:
        endpoint, keys = str(given["endpoint"]), given["keys"]  # type: ignore[index]
        point, secret = str(keys["p256dh"]), str(keys["auth"])
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), push_keys.raw(point))
        is_fitting = len(push_keys.raw(secret)) == 16 and push_address.is_fitting(endpoint)
    except (TypeError, LookupError, ValueError):
        is_fitting = False
    if not is_fitting:
        raise Invalid(_("This browser gave no address that push can go to."))
    return endpoint, point, secret


def _named(name: str) -> str:
    return shortened(line(name), LONGEST_NAME) or _("A browser")


def _browser(row: Row) -> Browser:
    return Browser(row["id"], row["name"], row["added_at"], row["last_push_at"], row["error"], row["endpoint"])


def _known(row: Row | None) -> Row:
    if row is None:
        raise NotFound(_("This browser is no longer enrolled."))
    return row
