"""`GET /api/v1/orders` and one order."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from services import shop as shops
from services.orders import reading
from services.orders.finding import View, find
from services.orders.order import as_json, summary_json
from services.web.json_answer import JsonAnswer
from services.web.keyed import KeyedRoute
from services.web.order_numbers import ASKED
from services.web.parameters import ListParameters
from services.web.shapes import OrderList, WholeOrder

router = APIRouter(prefix="/v1/orders", tags=["Orders"], route_class=KeyedRoute)

IdOrNumber = Annotated[str, Path(max_length=200, description="An order's id, or its number with or without `#`.")]


@router.get("", response_model=OrderList, summary="List orders", operation_id="list_orders")
def list_orders(asked: Annotated[ListParameters, Query()]) -> Response:
    """The orders that match, a page at a time. `total` counts all of them; `next` goes on after this page."""
    view = View(asked.filter(), asked.sort, asked.limit, asked.cursor)
    found = find(shops.current(), view, with_sums=False)
    orders = [summary_json(row) for row in found.rows]
    return JsonAnswer({"orders": orders, "total": found.total, "next": found.next})


@router.get(
    f"/{ASKED}",
    response_model=WholeOrder,
    responses={409: {}},
    summary="One order, whole",
    operation_id="get_order",
)
def get_order(id_or_number: IdOrNumber) -> Response:
    """One order with all that it holds. A number that several orders bear is a 409 that lists them."""
    return JsonAnswer(as_json(reading.order(shops.current(), id_or_number)))
