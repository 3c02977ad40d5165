"""Orders of a portion, read with few questions. Their timeline and messages are the most there is to read and hardly
ever asked for: they are read when somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from data import bulk as rows_of_bulk
from data.store import Reader
from services.errors import Conflict
from services.language import _
from services.orders import reading
from services.orders.order import Order
from services.orders.statuses import ActionName

# What looks into the timeline of every order.
_LOOK_BACK = frozenset({ActionName.UNDO, ActionName.RESEND, ActionName.RELEASE})
_HISTORY = ("order_events", "messages")

Told = TypeVar("Told")


class _AskedFor(Exception):
    """Somebody looks at what was not read."""


class _Unread(tuple[Any, ...]):
    """Parts of an order that were not read."""

    def __iter__(self) -> Any:
        raise _AskedFor

    def __getitem__(self, _place: Any) -> Any:
        raise _AskedFor

    def __len__(self) -> int:
        raise _AskedFor

    __reversed__ = __iter__


_UNREAD = _Unread()


class Orders:
    """The orders of a portion through an open door, `read`."""

    def __init__(self, read: Reader, order_ids: Sequence[str], action: ActionName) -> None:
        self.read = read
        is_whole = action in _LOOK_BACK
        rows = rows_of_bulk.whole(read, order_ids, without=() if is_whole else _HISTORY)
        history: dict[str, Any] = {} if is_whole else {"events": _UNREAD, "messages": _UNREAD}
        self._with_goods = rows_of_bulk.with_goods(read, order_ids)
        self._orders = {order_id: reading.made(*found, **history) for order_id, found in rows.items()}

    def asked(self, order_id: str, ask: Callable[[Order], Told]) -> Told:
        """What `ask` says of an order. Raises `Conflict` when it is no longer there."""
        order = self._orders.get(order_id)
        if order is None:
            raise Conflict(_("This order is no longer there."))
        try:
            return ask(order)
        except _AskedFor:
            return ask(reading.load(self.read, order_id))

    def has_goods(self, order_id: str) -> bool:
        """Something of it was handed over without a parcel, or waits to be: it has to follow the order."""
        return order_id in self._with_goods

    def number(self, order_id: str) -> str:
        """The number of an order; empty when it is not there."""
        order = self._orders.get(order_id)
        return order.number if order else ""

    def change(self, after: Order) -> None:
        """Go on with an order as it would be."""
        self._orders[after.id] = after
