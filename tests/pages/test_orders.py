"""The Orders screen: what it shows for an address."""

from __future__ import annotations

from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

from services.orders.statuses import FulfilmentStatus
from services.shop import Shop
from tests.orders.sample import draft, keep, unpaid
from tests.pages.drawn import given, screen


def query_of(href: str) -> str:
    return parse_qs(urlsplit(href).query).get("q", [""])[0]


def test_a_new_shop_is_told_the_ways_to_begin(shop: Shop) -> None:
    app = screen()
    table = given(app, "orders")
    assert table["state"]["title"] == "No orders yet"
    assert table["state"]["ways"][0]["title"] == "Fill the demo shop"
    assert table["rows"] == []
    assert given(app, "filters")["bare"] is True


def test_every_order_stands_there_newest_first(shop: Shop) -> None:
    keep(shop, draft("1"), draft("2"))
    table = given(screen(), "orders")
    assert {row["number"] for row in table["rows"]} == {"#1", "#2"}
    row = table["rows"][0]
    assert row["customer"] == "Inès Kaba"
    assert row["items"].startswith("3 · ")
    assert row["country"] == "France"
    assert row["total"] == "€48.90"
    assert row["payment"] == {"sign": "✓", "role": "good", "word": "Paid"}
    assert row["fulfilment"]["word"] == "To prepare"


def test_the_foot_counts_and_adds_up_per_currency_what_matches(shop: Shop) -> None:
    keep(shop, draft("1"), draft("2"), draft("3", currency="USD", total=Decimal("10.00")))
    foot = given(screen(), "orders")["foot"]
    assert foot["found"] == "3 orders"
    assert foot["sums"] == ["€97.80", "$10.00"]


def test_a_filter_in_the_address_is_said_in_words_with_a_cross(shop: Shop) -> None:
    keep(shop, draft("1"), unpaid("2", payment_method="bank_transfer"))
    app = screen(q="payment_method:paypal payment:paid")
    said = given(app, "filters")["said"]
    assert [part["text"] for part in said] == ["paid with PayPal", "paid"]
    assert [query_of(part["href"]) for part in said] == ["payment:paid", "payment_method:paypal"]
    assert [row["number"] for row in given(app, "orders")["rows"]] == ["#1"]


def test_a_choice_is_a_link_to_the_list_with_it_and_shows_its_count(shop: Shop) -> None:
    keep(shop, draft("1"), draft("2"), unpaid("3", payment_method="bank_transfer", payment_method_label=""))
    group = given(screen(q="month:2026-03"), "filters")["groups"][0]
    assert group["title"] == "Payment method"
    choices = {choice["title"]: (choice["count"], query_of(choice["href"])) for choice in group["choices"]}
    assert choices["PayPal"] == ("2", "month:2026-03 payment_method:paypal")
    assert choices["Bank transfer"] == ("1", "month:2026-03 payment_method:bank_transfer")


def test_a_second_choice_of_a_field_widens_and_a_chosen_one_takes_itself_away(shop: Shop) -> None:
    keep(shop, draft("1"), unpaid("3", payment_method="bank_transfer"))
    group = given(screen(q="payment_method:paypal"), "filters")["groups"][0]
    choices = {choice["title"]: choice for choice in group["choices"]}
    assert choices["PayPal"]["on"] is True
    assert query_of(choices["PayPal"]["href"]) == ""
    other = next(choice for choice in group["choices"] if not choice["on"])
    assert query_of(other["href"]) == "payment_method:paypal,bank_transfer"


def test_the_four_filters_of_the_guide_are_in_reach_at_once(shop: Shop) -> None:
    keep(shop, draft("1"))
    fields = [group["field"] for group in given(screen(), "filters")["groups"]]
    assert fields == ["payment_method", "month", "payment", "fulfilment"]


def test_what_has_to_be_done_is_counted_and_a_click_finds_the_same_orders(shop: Shop) -> None:
    keep(
        shop,
        draft("1"),
        unpaid("2"),
        draft("3", fulfilment_status=FulfilmentStatus.ON_HOLD),
        draft("4", fulfilment_status=FulfilmentStatus.DELIVERED),
    )
    heaps = {heap["key"]: heap for heap in given(screen(), "filters")["heaps"]}
    assert {key: heap["count"] for key, heap in heaps.items() if key != "late"} == {
        "to_prepare": "1", "awaiting_payment": "1", "on_hold": "1", "all": "4",
    }  # fmt: skip
    assert heaps["all"]["on"] is True
    for key, number in (("to_prepare", "#1"), ("awaiting_payment", "#2"), ("on_hold", "#3")):
        app = screen(q=query_of(heaps[key]["href"]))
        assert [row["number"] for row in given(app, "orders")["rows"]] == [number]
        assert [heap["key"] for heap in given(app, "filters")["heaps"] if heap["on"]] == [key]


def test_free_words_stand_in_the_box_and_fields_beside_it(shop: Shop) -> None:
    keep(shop, draft("1"))
    assert given(screen(q="mug payment:paid"), "filters")["box"] == {"text": "mug", "rest": "payment:paid"}


def test_a_row_says_why_it_matched(shop: Shop) -> None:
    keep(shop, draft("1"))
    assert given(screen(q="TASSE-1"), "orders")["rows"][0]["why"] == "found in: SKU"
    assert given(screen(q="payment:paid"), "orders")["rows"][0]["why"] == ""


def test_a_mistake_is_answered_under_the_box_with_what_was_probably_meant(shop: Shop) -> None:
    keep(shop, draft("1"))
    app = screen(q="payment:payd")
    filters = given(app, "filters")
    assert "payd" in filters["mistake"]["sentence"]
    assert query_of(filters["mistake"]["href"]) == "payment:paid"
    assert filters["box"]["text"] == "payment:payd"
    assert given(app, "orders")["state"]["title"] == "This search was not understood"
    assert not any(heap["on"] for heap in filters["heaps"])


def test_when_nothing_matches_the_screen_says_what_to_loosen(shop: Shop) -> None:
    keep(shop, draft("1"))
    state = given(screen(q="payment:refunded country:FR"), "orders")["state"]
    assert [way["title"] for way in state["ways"]] == [
        "Without: refunded",
        "Without: Country: France",
        "Show every order",
    ]
    assert query_of(state["ways"][1]["href"]) == "payment:refunded"


def test_a_page_past_the_end_leads_to_the_last(shop: Shop) -> None:
    keep(shop, *[draft(str(n)) for n in range(30)])
    app = screen(size="25", page="77")
    state = given(app, "orders")["state"]
    assert state["title"] == "There is no page 77"
    assert state["ways"][0]["href"] == "/?page=2&size=25"
    assert not app.exception


def test_pages_and_sizes_are_links_that_keep_the_rest_of_the_view(shop: Shop) -> None:
    keep(shop, *[draft(str(n)) for n in range(30)])
    foot = given(screen(size="25", q="payment:paid", sort="total"), "orders")["foot"]
    assert foot["next"] == "/?q=payment%3Apaid&sort=total&page=2&size=25"
    assert [page["title"] for page in foot["pages"]] == ["1", "2"]
    assert [size["title"] for size in foot["sizes"]] == ["25", "50", "100", "200"]


def test_a_header_sorts_the_other_way_when_it_sorts_already(shop: Shop) -> None:
    keep(shop, draft("1"), draft("2", total=Decimal("9.00")))
    app = screen(sort="-total")
    assert [row["number"] for row in given(app, "orders")["rows"]] == ["#1", "#2"]
    total = next(column for column in given(app, "orders")["columns"] if column["key"] == "total")
    assert (total["way"], total["href"]) == ("descending", "/?sort=total")


def test_an_address_that_says_nonsense_shows_the_list(shop: Shop) -> None:
    keep(shop, draft("1"))
    app = screen(sort="; drop table", page="-3", size="abc")
    assert not app.exception
    assert len(given(app, "orders")["rows"]) == 1


def test_an_order_opens_with_the_list_it_was_found_in(shop: Shop) -> None:
    [order_id] = keep(shop, draft("1"))
    row = given(screen(q="payment:paid"), "orders")["rows"][0]
    assert row["href"] == f"/order?id={order_id}&q=payment%3Apaid"


def test_every_file_exports_all_that_matches(shop: Shop) -> None:
    keep(shop, draft("1"))
    files = given(screen(q="payment:paid"), "filters")["exports"]
    assert [file["href"] for file in files] == [
        f"/export/orders.{kind}?q=payment%3Apaid" for kind in ("csv", "xlsx", "json", "parquet")
    ]


def test_the_screen_says_what_it_covers(shop: Shop) -> None:
    keep(shop, draft("1"))
    assert given(screen(), "orders")["covers"] == (
        "Test orders · Mar 14, 2026 to Mar 14, 2026 · last import: never · Europe/Paris"
    )


def test_hostile_text_reaches_the_browser_as_data_only(shop: Shop) -> None:
    name = "<img src=x onerror=alert(1)> ![x](http://evil.example.com/a.png)"
    keep(shop, draft("1", name=name, tags=(name,)))
    row = given(screen(), "orders")["rows"][0]
    assert row["customer"] == name
    assert row["tags"] == [name]


def test_in_french_the_list_speaks_as_a_french_merchant(shop: Shop) -> None:
    keep(shop, draft("1"), unpaid("2"))
    app = screen(language="fr")
    assert given(app, "filters")["words"]["title"] == "Commandes"
    assert [heap["title"] for heap in given(app, "filters")["heaps"]] == [
        "À préparer", "En attente de paiement", "Suspendue", "En retard", "Toutes",
    ]  # fmt: skip
    table = given(app, "orders")
    assert table["foot"]["sums"] == ["97,80\u00a0€"]
    assert {row["payment"]["word"] for row in table["rows"]} == {"Payée", "En attente de paiement"}
