"""`POST /api/v1/orders`, and the actions on one: previewed or done."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from services import people
from services import shop as shops
from services.orders import acting, taking
from services.orders.statuses import ActionName
from services.web.bodies import GivenAction, GivenOrder, described
from services.web.given import JsonBody, Key
from services.web.json_answer import JsonAnswer
from services.web.keyed import KeyedRoute
from services.web.order_numbers import ASKED
from services.web.orders import IdOrNumber
from services.web.shapes import ActionAnswer, WholeOrder

Action = Annotated[str, Path(json_schema_extra={"enum": [name.value for name in ActionName]})]

router = APIRouter(prefix="/v1/orders", tags=["Orders"], route_class=KeyedRoute)


@router.post(
    "",
    response_model=WholeOrder,
    status_code=201,
    responses={200: {"model": WholeOrder, "description": "It was there already."}, 409: {}},
    openapi_extra=described(GivenOrder, required=True),
    summary="Take an order",
    operation_id="take_order",
)
def take_order(body: JsonBody, idempotency_key: Key = None) -> Response:
    """Take an order. The customer's confirmation and the merchant's mail follow, unless it is `silent`."""
    taken = taking.take(shops.current(), body, people.API, idempotency_key)
    return JsonAnswer(taking.taken_json(taken), taken.status, {"Location": f"/api/v1/orders/{taken.order.id}"})


@router.post(
    f"/{ASKED}/actions/{{action}}",
    response_model=ActionAnswer,
    responses={409: {}},
    openapi_extra=described(GivenAction, required=False),
    summary="Preview an action, or do it",
    operation_id="act",
)
def act(id_or_number: IdOrNumber, action: Action, body: JsonBody, idempotency_key: Key = None) -> Response:
    """With `preview` it says what would change and who would be told, or in `refused` why it cannot be. Without, it is
    done, or a 409 says why not."""
    asked, is_preview = acting.asked_for(action, id_or_number, body, idempotency_key)
    done = (acting.preview if is_preview else acting.do)(shops.current(), asked, people.API)
    return JsonAnswer(acting.answer_json(done))
