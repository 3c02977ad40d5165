"""The kinds of paper."""

from __future__ import annotations

from enum import StrEnum

from services.language import _


class Paper(StrEnum):
    """A kind of paper; the words of routes and file names."""

    LABEL = "label"
    LABELS = "labels"
    PACKING_SLIP = "packing-slip"
    PICK_LIST = "pick-list"
    INVOICE = "invoice"
    CREDIT_NOTE = "credit-note"

    @property
    def is_issued(self) -> bool:
        """It gets a number of its own and stays as it is from then on."""
        return self in (Paper.INVOICE, Paper.CREDIT_NOTE)


def name(paper: Paper) -> str:
    """What a person calls it."""
    return {
        Paper.LABEL: _("Shipping label"),
        Paper.LABELS: _("Sheet of labels"),
        Paper.PACKING_SLIP: _("Packing slip"),
        Paper.PICK_LIST: _("Pick list"),
        Paper.INVOICE: _("Invoice"),
        Paper.CREDIT_NOTE: _("Credit note"),
    }[paper]
