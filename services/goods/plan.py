"""What an action or the order's own turn does to links and gift cards: plain rows, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from data.store import Row


class GoodsState(StrEnum):
    """What became of an order's goods without parcels."""

    WAITING = "waiting"
    SENT = "sent"
    WITHDRAWN = "withdrawn"


class Waits(StrEnum):
    """Why goods wait that are due."""

    HELD = "held"
    NO_FILE = "no_file"
    MISSING_FILE = "missing_file"


class Why(StrEnum):
    """Why a link or a card was withdrawn: the order is no longer paid, a person did it, or a newer one took its
    place."""

    ORDER = "order"
    STAFF = "staff"
    REISSUED = "reissued"


class EntryKind(StrEnum):
    """What moved a gift card's money."""

    ISSUE = "issue"
    REDEEM = "redeem"
    REFUND = "refund"
    RESTORE = "restore"
    EXPIRE = "expire"
    VOID = "void"
    ADJUST = "adjust"


class WishKind(StrEnum):
    """What an action wants of the goods, to be worked out with the store at hand."""

    REISSUE = "reissue"
    WITHDRAW = "withdraw"
    REDEEM = "redeem"


@dataclass(frozen=True, slots=True)
class Wish:
    """A planner's wish. `code` and `amount` are a gift card's: None for as much as there is to pay."""

    kind: WishKind
    code: str = ""
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class GoodsPlan:
    """Rows to write. `withdrawn` and `reopened` are (link id, line id), `voided` and `unvoided` ids of cards; `stops`
    are links and cards of which no mail may leave any more. `state` is what the order's goods are in then."""

    links: tuple[Row, ...] = ()
    link_files: tuple[Row, ...] = ()
    withdrawn: tuple[tuple[str, str], ...] = ()
    reopened: tuple[tuple[str, str], ...] = ()
    cards: tuple[Row, ...] = ()
    entries: tuple[Row, ...] = ()
    voided: tuple[str, ...] = ()
    unvoided: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    why: Why = Why.ORDER
    state: GoodsState | None = None

    @property
    def made(self) -> dict[str, list[str]]:
        """Ids of what it makes, by table, for the event."""
        return {
            "download_links": [row["id"] for row in self.links],
            "gift_cards": [row["id"] for row in self.cards],
            "gift_card_entries": [row["id"] for row in self.entries],
        }
