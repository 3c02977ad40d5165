"""Gift cards over the API: what is on one, and paying with it."""

from __future__ import annotations

from decimal import Decimal

from services import people
from services.goods import cards, codes
from services.goods.cards import NewCard
from services.shop import Shop
from tests.goods.selling import MUG, buy
from tests.web.conftest import Web


def issued(shop: Shop) -> str:
    card_id = cards.issue(shop, NewCard(Decimal(50), "EUR"), people.MERCHANT)
    return cards.show(shop, card_id, people.MERCHANT)


def test_a_card_tells_its_balance_and_hides_its_code(web: Web, shop: Shop) -> None:
    code = issued(shop)
    answer = web.get(f"/api/v1/gift-cards/{code.lower()}").json()
    assert (answer["balance"], answer["value"], answer["state"], answer["currency"]) == (
        "50.00",
        "50.00",
        "open",
        "EUR",
    )
    assert answer["code"] == f"•••• {code[-4:]}"
    assert answer["expires_on"] is None


def test_paying_twice_with_one_key_takes_the_money_once(web: Web, shop: Shop) -> None:
    code = issued(shop)
    order = buy(shop, MUG, payment_status="awaiting_payment")
    told = {"order": order.number, "amount": "10.00"}
    path, key = f"/api/v1/gift-cards/{code}/redeem", {"Idempotency-Key": "one"}
    first, again = web.post(path, told, headers=key), web.post(path, told, headers=key)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()
    assert first.json()["order"]["due"] == "5.00"
    assert first.json()["order"]["payments"][0]["kind"] == "gift_card"
    assert code not in first.text
    assert web.get(f"/api/v1/gift-cards/{code}").json()["balance"] == "40.00"


def test_more_than_the_order_needs_is_a_409_that_says_so(web: Web, shop: Shop) -> None:
    code = issued(shop)
    order = buy(shop, MUG, payment_status="awaiting_payment")
    answer = web.post(f"/api/v1/gift-cards/{code}/redeem", {"order": order.id, "amount": "16.00"})
    assert answer.status_code == 409
    assert "15" in answer.json()["detail"]


def test_what_is_no_code_is_a_422_and_an_unknown_one_a_404(web: Web) -> None:
    assert web.get("/api/v1/gift-cards/AAAA-AAAA-AAAA-AAAB").status_code == 422
    assert web.get(f"/api/v1/gift-cards/{codes.new_code()}").status_code == 404


def test_an_order_is_needed_and_nothing_unknown_is_taken(web: Web, shop: Shop) -> None:
    code = issued(shop)
    assert web.post(f"/api/v1/gift-cards/{code}/redeem", {}).status_code == 422
    assert web.post(f"/api/v1/gift-cards/{code}/redeem", {"order": "1", "tip": "5"}).status_code == 422


def test_strangers_learn_nothing(web: Web, shop: Shop) -> None:
    assert web.get(f"/api/v1/gift-cards/{issued(shop)}", headers={"Authorization": ""}).status_code == 401
