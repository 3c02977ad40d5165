"""`GET /api/v1/gift-cards/{code}` and what is taken off a card for an order."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from services import clock, people
from services import shop as shops
from services.goods import cards, codes
from services.money import plain
from services.orders import acting
from services.orders.body import LINE, Body
from services.orders.statuses import ActionName
from services.web.bodies import GivenRedemption, described
from services.web.given import JsonBody, Key
from services.web.json_answer import JsonAnswer
from services.web.keyed import KeyedRoute
from services.web.shapes import ActionAnswer

router = APIRouter(prefix="/v1/gift-cards", tags=["Gift cards"], route_class=KeyedRoute)

Code = Annotated[str, Path(max_length=60, description="The code as it is printed; blanks and dashes do not matter.")]


class GiftCard(BaseModel):
    """What a card is worth now."""

    model_config = ConfigDict(title="A gift card")

    id: str
    code: str = Field(description="Its last four signs, the others hidden.")
    state: Literal["open", "partly_spent", "spent", "expired", "voided"]
    currency: str
    value: str
    balance: str
    expires_on: date | None


@router.get("/{code}", response_model=GiftCard, summary="A gift card's balance", operation_id="get_gift_card")
def get_gift_card(code: Code) -> Response:
    """What is left on a card, and whether it can pay."""
    shop = shops.current()
    today = clock.day(clock.now(), shop.profile().time_zone)
    row = cards.by_code(shop, code, today)
    return JsonAnswer(
        {
            "id": row["id"],
            "code": codes.masked(row["last4"]),
            "state": row["state"],
            "currency": row["currency"],
            "value": plain(row["value"], row["currency"]),
            "balance": plain(row["balance"], row["currency"]),
            "expires_on": row["expires_on"].isoformat() if row["expires_on"] else None,
        }
    )


@router.post(
    "/{code}/redeem",
    response_model=ActionAnswer,
    responses={409: {}},
    openapi_extra=described(GivenRedemption, required=True),
    summary="Pay for an order with a gift card",
    operation_id="redeem_gift_card",
)
def redeem(code: Code, body: JsonBody, idempotency_key: Key = None) -> Response:
    """Take money off a card and put it on an order: `amount`, or as much as there is on the one and to pay on the
    other. Never more than the card holds, whoever else pays with it at the same moment."""
    given = Body(body)
    order, version = given.text("order", LINE, required=True), given.whole("version")
    amount, tells = given.value("amount"), given.flag("tell_customer", True)
    given.done()
    params = {"code": code} | ({} if amount is None else {"amount": amount})
    asked = acting.Request(ActionName.REDEEM_GIFT_CARD, order, version, params, tells, key=idempotency_key)
    return JsonAnswer(acting.answer_json(acting.do(shops.current(), asked, people.API)))
