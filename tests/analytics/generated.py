"""Generated orders: several currencies, late refunds, the nights on which clocks change, the turn of the year."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from hypothesis import strategies as st

from services.orders.draft import Draft, DraftPayment
from services.orders.statuses import PaymentKind, PaymentStatus
from tests.orders.sample import LYON, draft

ZONE = "Europe/Paris"
# UTC moments around midnights of Paris: turn of the year and month, both changes of the clock, a leap day.
EDGES = [
    datetime.fromisoformat(text)
    for text in (
        "2025-12-31T22:59:59",
        "2025-12-31T23:00:00",
        "2026-03-28T22:59:59",
        "2026-03-28T23:00:00",
        "2026-03-29T00:59:59",
        "2026-03-29T01:00:00",
        "2026-03-29T21:59:59",
        "2026-03-29T22:00:00",
        "2025-10-26T00:30:00",
        "2025-10-26T01:30:00",
        "2025-10-26T22:59:59",
        "2025-10-26T23:00:00",
        "2024-02-28T23:00:00",
        "2026-04-30T22:00:00",
    )
]
moments = st.sampled_from(EDGES) | st.datetimes(datetime(2025, 6, 1), datetime(2026, 6, 1))
amounts = st.integers(0, 5_000_000).map(lambda cents: Decimal(cents).scaleb(-2))
methods = st.sampled_from(
    [("paypal", "PayPal"), ("card", "Carte"), ("card", "Stripe"), ("cheque", "Chèque"), ("free", "")]
)


@st.composite
def movements(draw: st.DrawFn) -> DraftPayment:
    kind = draw(st.sampled_from(list(PaymentKind)))
    return DraftPayment(kind, draw(amounts), draw(st.none() | moments))


@st.composite
def drafts(draw: st.DrawFn) -> tuple[Draft, ...]:
    """A shop's orders, each with a number of its own."""
    made = []
    for number in range(draw(st.integers(1, 8))):
        method, label = draw(methods)
        where = draw(st.sampled_from(["FR", "BE", "JP", ""]))
        address = type(LYON)(**{name: getattr(LYON, name) for name in LYON.__slots__} | {"country": where})
        made.append(
            draft(
                str(number),
                placed_at=draw(moments),
                currency=draw(st.sampled_from(["EUR", "USD", "JPY"])),
                total=draw(amounts),
                payment_status=draw(st.sampled_from(list(PaymentStatus))),
                payment_method=method,
                payment_method_label=label,
                shipping_address=address,
                billing_address=address,
                payments=tuple(draw(st.lists(movements(), max_size=3))),
            )
        )
    return tuple(made)
