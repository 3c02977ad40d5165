"""What each column of the views means, in words, with its unit."""

from __future__ import annotations

from services.language import _


def described(view: str, column: str) -> tuple[str, str]:
    """Sentence and unit of a column; the unit is empty where there is none."""
    special = _special(view)
    if column in special:
        return special[column]
    side, _dash, part = column.partition("_")
    if side in ("shipping", "billing") and part in (address := _address()):
        where = _("Shipping address") if side == "shipping" else _("Billing address")
        return _("{where}: {part}", where=where, part=address[part]), ""
    return _common()[column]


def _common() -> dict[str, tuple[str, str]]:
    """Columns that mean the same wherever they stand."""
    moment, day, money = _("UTC"), _("day of the shop"), _("money")
    return {
        "id": (_("Id of the row"), ""),
        "order_id": (_("The order: joins orders.id"), ""),
        "line_id": (_("The line: joins order_lines.id"), ""),
        "shipment_id": (_("The parcel: joins shipments.id"), ""),
        "event_id": (_("The event that made it: joins events.id"), ""),
        "currency": (_("ISO 4217 code; never add up different ones"), ""),
        "happened_at": (_("When it happened; empty where the source does not tell"), moment),
        "happened_local": (_("When it happened, on the shop's clock"), _("shop's time zone")),
        "updated_at": (_("When it last changed"), moment),
        "voided_at": (_("Empty: what was undone is left out"), moment),
        "language": (_("Language that it is written in or read in"), ""),
        "name": (_("Name"), ""),
        "email": (_("E-mail address"), ""),
        "country": (_("Country of the shipping address, else of the billing address: ISO 3166"), ""),
        "customer_key": (_("Who bought: e-mail address, else name, in lower case"), ""),
        "kind": (_("physical, digital or gift_card"), ""),
        "sku": (_("SKU"), ""),
        "position": (_("Place among its like, from 1"), ""),
        "quantity": (_("How many were ordered"), _("pieces")),
        "returned": (_("How many came back"), _("pieces")),
        "discount": (_("Taken off the price"), money),
        "total": (_("What it comes to, all in all"), money),
        "paid": (_("Money received"), money),
        "refunded": (_("Money given back"), money),
        "net": (_("paid − refunded"), money),
        "first_on": (_("Day of the first order"), day),
        "last_on": (_("Day of the latest order"), day),
        "number": (_("Number that people say"), ""),
        "tracking_number": (_("Tracking number"), ""),
    }


def _address() -> dict[str, str]:
    return {
        "name": _("name"),
        "company": _("company"),
        "line1": _("first line"),
        "line2": _("second line"),
        "city": _("city"),
        "region": _("region or state"),
        "postal_code": _("postal code"),
        "country": _("country (ISO 3166)"),
        "phone": _("phone"),
    }


def _special(view: str) -> dict[str, tuple[str, str]]:
    """Columns of a view that mean something of its own."""
    moment, day, money, pieces = _("UTC"), _("day of the shop"), _("money"), _("pieces")
    return {
        "orders": {
            "placed_at": (_("When it was placed"), moment),
            "placed_on": (_("Day on which it was placed: the figures count by it"), day),
            "placed_month": (_("Month in which it was placed, such as 2026-03"), _("month of the shop")),
            "placed_local": (_("When it was placed, on the shop's clock"), _("shop's time zone")),
            "is_counted": (_("Not cancelled: what “placed” in the figures counts"), ""),
            "payment_status": (_("Where the money is: awaiting_payment, paid, refunded, cancelled …"), ""),
            "fulfilment_status": (_("Where the goods are: awaiting_processing, shipped, delivered …"), ""),
            "payment_method": (_("How it is paid, one word per method"), ""),
            "payment_method_label": (_("How it is paid, as the source says it"), ""),
            "payment_message": (_("Why a payment failed, in the provider's words"), ""),
            "transaction_id": (_("The provider's reference"), ""),
            "subtotal": (_("Goods before discount"), money),
            "discount": (_("Taken off"), money),
            "shipping_fee": (_("Charged for shipping"), money),
            "handling_fee": (_("Charged for handling"), money),
            "tax": (_("Tax; part of the total, on top only when not included"), money),
            "tax_included": (_("Whether prices include tax"), ""),
            "total": (_("What the customer owes: “placed” is the sum of it where is_counted"), money),
            "due": (_("Still to be paid"), money),
            "line_count": (_("How many lines it has"), _("lines")),
            "item_count": (_("How many pieces it has"), pieces),
            "items_summary": (_("The goods in one line"), ""),
            "kinds": (_("What is in it: a list of physical, digital, gift_card"), ""),
            "phone": (_("Phone"), ""),
            "language": (_("The customer's language"), ""),
            "customer_comment": (_("What the customer wrote"), ""),
            "tags": (_("Tags, as a list"), ""),
            "coupons": (_("Coupons, as a list"), ""),
            "source": (_("Where it came from"), ""),
            "source_id": (_("Its id there"), ""),
            "shipping_method": (_("How it is shipped"), ""),
            "is_pickup": (_("The customer collects it"), ""),
            "number_sort": (_("Its number, as a number"), ""),
            "version": (_("Grows with every change"), ""),
        },
        "order_lines": {
            "name": (_("Product, as it was sold"), ""),
            "unit_price": (_("Price of one"), money),
            "tax": (_("Tax of the line"), money),
            "total": (_("What the line comes to, after its discount"), money),
            "shipped": (_("How many have left"), pieces),
            "refunded": (_("How many were paid back"), pieces),
            "options_json": (_("Size, colour and the like, as JSON"), ""),
        },
        "payments": {
            "on_date": (_("Day on which the money moved"), day),
            "kind": (_("charge, gift_card, refund, authorisation, capture, void or failure"), ""),
            "is_received": (_("It brought money: “paid” counts it"), ""),
            "is_given_back": (_("It gave money back: “refunded” counts it"), ""),
            "is_failure": (_("It was tried and failed"), ""),
            "amount": (_("How much; always above zero, the kind says which way"), money),
            "method": (_("How it was paid"), ""),
            "provider": (_("Who handled it"), ""),
            "reference": (_("The provider's reference"), ""),
            "failure_reason": (_("Why it failed, in the provider's words"), ""),
        },
        "shipments": {
            "happened_at": (_("When it left; empty where the source does not tell"), moment),
            "carrier": (_("Who carries it"), ""),
            "tracking_url": (_("Where the customer can follow it"), ""),
            "delivered_at": (_("When it arrived; empty while it is under way"), moment),
        },
        "shipment_lines": {"quantity": (_("How many are in the parcel"), pieces)},
        "events": {
            "kind": (_("What happened: placed, marked_shipped, refunded …"), ""),
            "actor": (_("Who did it"), ""),
            "reason": (_("Why, where somebody said so"), ""),
            "cause": (_("What brought it about, such as an import"), ""),
            "after_json": (_("The statuses that it gave the order, as JSON; nothing else of it"), ""),
            "undoes": (_("The event that it undid: joins events.id"), ""),
        },
        "notes": {"author": (_("Who wrote it"), ""), "text": (_("What was written"), "")},
        "messages": {
            "channel": (_("mail or push"), ""),
            "template": (_("What it is about, such as order_shipped"), ""),
            "recipient": (_("To whom"), ""),
            "sender": (_("From whom"), ""),
            "state": (_("What became of it: waiting, delivered, bounced …"), ""),
            "send_after": (_("Not sent before"), moment),
            "attempts": (_("How often it was tried"), _("times")),
            "error": (_("Why it failed, in the provider's words"), ""),
            "handed_at": (_("When it was given to the provider"), moment),
        },
        "customers": {
            "name": (_("Name on the latest order"), ""),
            "email": (_("E-mail address on the latest order"), ""),
            "country": (_("Country of the latest order: ISO 3166"), ""),
            "language": (_("Language of the latest order"), ""),
            "orders": (_("How many orders"), _("orders")),
            "items": (_("How many pieces"), pieces),
            "placed": (_("Totals of the orders"), money),
        },
        "products": {
            "product": (_("Who it is: SKU, else name, in lower case"), ""),
            "name": (_("Name on the latest order"), ""),
            "orders": (_("How many orders have it"), _("orders")),
            "total": (_("What its lines come to, after their discounts"), money),
        },
        "days": {
            "day": (_("The day"), day),
            "month": (_("Its month, such as 2026-03"), ""),
            "week": (_("Its ISO week, such as 2026-W11"), ""),
            "quarter": (_("Its quarter, such as 2026-Q1"), ""),
            "year": (_("Its year"), ""),
            "weekday": (_("Monday is 1, Sunday is 7"), ""),
        },
        "gift_cards": {
            "made_at": (_("When it was made"), moment),
            "loaded": (_("What it was worth when new, and what was added"), money),
            "balance": (_("What is left on it"), money),
            "expires_on": (_("Last day on which it can be used"), day),
            "send_on": (_("Day on which it is sent; empty for at once"), day),
            "voided_at": (_("When it was taken out of use; empty for a card in use"), moment),
        },
        "documents": {
            "kind": (_("invoice or credit_note"), ""),
            "series": (_("What its number begins with"), ""),
            "position": (_("Its place in the series, without a gap"), ""),
            "issued_at": (_("When it was issued"), moment),
            "issued_on": (_("Day on which it was issued"), day),
            "refund_id": (_("The refund that a credit note is for: joins payments.id"), ""),
        },
        "search_terms": {
            "field": (_("Where the word stands"), ""),
            "term": (_("The word"), ""),
        },
    }.get(view, {})
