"""The cards of a customer's screen: orders, products bought, staff notes and mails, as HTML."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from data.store import Row
from pages.parts import badges, moments
from pages.parts.list_table import shown_number
from pages.parts.places import MESSAGES, ORDER, ORDERS
from pages.parts.tables import table
from services import clock, people
from services.customer_record import CustomerRecord
from services.language import _, current, day, moment, n_, number
from services.messages import words as mail_words
from services.money import shown


def orders(record: CustomerRecord, zone: str) -> str:
    """The orders, newest first, each a link; more than are shown are in the order list."""
    heads = (_("Number"), _("Placed"), _("Items"), _("Payment"), _("Fulfilment"), _("Total"))
    body = table(heads, [_order(row, zone) for row in record.orders], numbers=(5,), kind="ct-bought ct-orders")
    known = record.count + record.cancelled_count
    if known <= len(record.orders):
        return body
    rest = n_("{count} further order in the order list", "{count} further orders in the order list",
              known - len(record.orders))  # fmt: skip
    return f"{body}<p class='ct-flat'><a href='{all_orders(record)}' target='_self'>{escape(rest)}</a></p>"


def _order(row: Row, zone: str) -> list[str]:
    count = f"{number(row['item_count'].normalize() + 0)} · " if row["items_summary"] else ""
    placed = moments.short(row["placed_at"], clock.now(), zone)
    return [
        f"{_link(row['id'], row['number'])}<span class='ct-under ct-narrow'>{escape(placed)}</span>",
        f"<span title='{escape(moment(row['placed_at'], zone))}'>{escape(placed)}</span>",
        escape(f"{count}{row['items_summary']}") or "—",
        badges.html(badges.payment_badge(row["payment_status"])),
        badges.html(badges.fulfilment_badge(row["fulfilment_status"])),
        escape(shown(row["total"], row["currency"], current())),
    ]


def products(record: CustomerRecord, zone: str) -> str:
    """What was bought, most often first."""
    if not record.products:
        return f"<p class='ct-quiet ct-flat'>{escape(_('No products are known of these orders.'))}</p>"
    heads = (_("Product"), _("Latest"), _("Orders"), _("Quantity"), _("Amount"))
    rows = [
        [
            f"<span class='ct-thing'>{escape(row['product']) or '—'}</span>"
            f"<span class='ct-under'>{escape(row['sku'])}</span>",
            escape(day(clock.day(row["last_at"], zone))),
            escape(number(row["orders"])),
            escape(number(row["quantity"].normalize() + 0)),
            escape(shown(row["total"], row["currency"], current())),
        ]
        for row in record.products
    ]
    return table(heads, rows, numbers=(2, 3, 4))


def notes(record: CustomerRecord, zone: str) -> str:
    """What staff noted on any of the orders."""
    if not record.notes:
        return f"<p class='ct-quiet ct-flat'>{escape(_('No notes on any order.'))}</p>"
    return "".join(
        f"<div class='ct-note'><p class='ct-comment'>{escape(row['text'])}</p><span class='ct-under'>"
        f"{escape(people.shown(row['author']))}, {escape(moment(row['happened_at'], zone))} · "
        f"{_link(row['order_id'], row['number'])}</span></div>"
        for row in record.notes
    )


def mails(record: CustomerRecord, zone: str) -> str:
    """The mails to the customer, each opened in Messages."""
    if not record.mails:
        return f"<p class='ct-quiet ct-flat'>{escape(_('No mail was written to this customer.'))}</p>"
    return "".join(_mail(row, zone) for row in record.mails)


def _mail(row: Row, zone: str) -> str:
    about = mail_words.template(row["template"])
    href = escape(f"{MESSAGES.address}?{urlencode({'read': row['id']})}")
    return (
        f"<div class='ct-note'><div class='ct-pair'><a href='{href}' target='_self'>{escape(about)}</a>"
        f"{badges.html(badges.message_badge(row['state']))}</div>"
        f"<span class='ct-under'>{escape(moment(row['happened_at'], zone))} · "
        f"{_link(row['order_id'], row['number'])}</span></div>"
    )


def all_orders(record: CustomerRecord) -> str:
    """The address of the order list with these orders, ready for HTML."""
    return escape(f"{ORDERS.address}?{urlencode({'q': record.query})}")


def _link(order_id: str, text: str) -> str:
    href = escape(f"{ORDER.address}?{urlencode({'id': order_id})}")
    return f"<a href='{href}' target='_self'>{escape(shown_number(text))}</a>"
