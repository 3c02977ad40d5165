"""Why payments fail, in plain words: what providers say in many ways is one reason."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from data.dimensions import Dimension
from services.analytics.answering import Answer
from services.orders.failures import explained, reason_of


@dataclass(frozen=True, slots=True)
class Refusal:
    """Attempts of a method that failed for one reason. `plain` is what it means, empty when nobody knows; `told` is
    what the provider said, the most frequent first, a failure without a word left out."""

    method: str
    plain: str
    failures: int
    amount: Decimal
    told: tuple[str, ...]


def refusals(found: Answer) -> tuple[Refusal, ...]:
    """The reasons in an answer of failures by method and reason, the most frequent first. What no provider's word
    explains stays a reason of its own."""
    groups: dict[tuple[str, str], list[Refusal]] = {}
    for row in sorted(found.rows, key=lambda row: -row["failures"]):
        if not row["failures"]:
            continue
        method, text = row[Dimension.PAYMENT_METHOD.value], row[Dimension.FAILURE_REASON.value]
        one = Refusal(method, explained(text), row["failures"], row["failed_amount"], (text,) if text else ())
        why = reason_of(text)
        groups.setdefault((method, why.value if why else f"\t{text}"), []).append(one)
    made = [
        Refusal(
            group[0].method,
            group[0].plain,
            sum(one.failures for one in group),
            sum((one.amount for one in group), Decimal(0)),
            tuple(text for one in group for text in one.told),
        )
        for group in groups.values()
    ]
    return tuple(sorted(made, key=lambda one: -one.failures))
