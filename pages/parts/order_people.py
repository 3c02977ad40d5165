"""Who bought and where it goes: contact and addresses, as HTML."""

from __future__ import annotations

from html import escape
from urllib.parse import quote, urlencode

from pages.parts.places import CUSTOMER
from services.customer_record import mark
from services.language import _, conventions, current
from services.orders.draft import Address
from services.orders.order import Order


def contact(order: Order, *, with_link: bool = True) -> str:
    """Name, e-mail, phone and language; the name as a link to the customer's screen, e-mail and phone as links that
    open the mail or phone program."""
    name = escape(order.customer) or "—"
    if with_link and order.customer_key:
        name = f"<a href='{escape(customer_link(order.customer_key))}' target='_self'>{name}</a>"
    rows = [f"<div class='ct-strong'>{name}</div>"]
    rows += [f"<div>{link}</div>" for link in (mail_link(order), phone_link(order)) if link]
    if order.language:
        words = _("Speaks {language}", language=language_name(order.language))
        rows.append(f"<div class='ct-quiet'>{escape(words)}</div>")
    return "".join(rows)


def customer_link(customer_key: str) -> str:
    """The address of a customer's screen. It shows nobody's e-mail address."""
    return f"{CUSTOMER.address}?{urlencode({'key': mark(customer_key)})}"


def mail_link(order: Order, subject: str = "") -> str:
    """A link that opens the mail program, empty without an address."""
    about = f"?subject={quote(subject)}" if subject else ""
    return (
        f"<a href='mailto:{quote(order.email, safe='@.+-_')}{about}'>{escape(order.email)}</a>" if order.email else ""
    )


def phone_link(order: Order) -> str:
    """A link that opens the phone program, empty without a number."""
    phone = order.phone or order.shipping_address.phone or order.billing_address.phone
    digits = "".join(sign for sign in phone if sign.isdigit() or sign == "+")
    return f"<a href='tel:{escape(digits)}'>{escape(phone)}</a>" if phone else ""


def address(of: Address, nothing: str) -> str:
    """An address as HTML, or a sentence when there is none."""
    lines = lines_of(of)
    if not lines:
        return f"<div class='ct-quiet'>{escape(nothing)}</div>"
    phone = f"<div class='ct-quiet'>{escape(of.phone)}</div>" if of.phone else ""
    return "<address>" + "".join(f"<div>{escape(line)}</div>" for line in lines) + phone + "</address>"


def lines_of(of: Address) -> list[str]:
    """An address as lines to read or copy, nothing empty among them."""
    town = " ".join(part for part in (of.postal_code, of.city) if part)
    lines = (
        of.name,
        of.company,
        of.line1,
        of.line2,
        ", ".join(part for part in (town, of.region) if part),
        country_name(of.country),
    )
    return [line for line in lines if line]


def language_name(code: str) -> str:
    """A language code as a word in the language in use; the code itself when nobody knows it."""
    name: str = conventions(current()).languages.get(code.lower().replace("_", "-").split("-")[0], code)
    return name


def country_name(code: str) -> str:
    """A country code as a word in the language in use; what stands there when it is no code."""
    name: str = conventions(current()).territories.get(code, code) if code else ""
    return name
