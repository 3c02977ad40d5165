"""From a bar or a cell to its orders: where they are listed whole, the list says what of them the bar stood for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest

from data.dimensions import Dimension
from data.measures import Measure
from services import product_costs, query
from services.analytics import Answer, Asked, Clock, ask
from services.analytics.of_which import Which, of_which
from services.orders.draft import DraftLine, DraftPayment
from services.orders.finding import View, find
from services.orders.statuses import Kind, PaymentKind, PaymentStatus
from services.people import MERCHANT
from services.product_costs import Cost
from services.shop import Shop
from tests.orders.sample import draft, keep

D = Decimal
MARCH = (date(2026, 3, 1), date(2026, 3, 31))


def charge(
    amount: str, day: int, method: str = "", provider: str = "", month: int = 3, reference: str = ""
) -> DraftPayment:
    at = datetime(2026, month, day, 12)
    return DraftPayment(PaymentKind.CHARGE, D(amount), at, method, provider, reference)


def filled(shop: Shop) -> None:
    """Mugs and books, two rates, a fee, an order without lines, money by two methods, over two months, given back."""
    mugs = DraftLine("Mug", D(3), D("10"), sku="MUG", tax=D("5"), total=D("30"))
    plain = DraftLine("Plain mug", D(1), D("7"), sku="PLAIN", tax=D("0"), total=D("7"))
    book = DraftLine("Book", D(1), D("10.55"), sku="BOOK", kind=Kind.DIGITAL, tax=D("0.55"), total=D("10.55"))
    both = {"lines": (mugs, book), "subtotal": D("40.55"), "tax": D("5.55"), "shipping_fee": D("4.90")}
    back = DraftPayment(PaymentKind.REFUND, D("10.55"), datetime(2026, 4, 2, 12), method="card", provider="stripe")
    keep(
        shop,
        draft("1", **both, total=D("45.45"), payments=(charge("40", 2), charge("5.45", 3, "gift_card"), back)),
        draft("2", lines=(book,), subtotal=D("10.55"), tax=D("0.55"), shipping_fee=D(0), total=D("10.55"),
              payments=(charge("10.55", 3, "card", "stripe", reference="ch_2"),)),
        draft("3", lines=(), subtotal=D(5), tax=D(0), shipping_fee=D(0), total=D(5),
              payments=(charge("5", 1, month=4),)),
        draft("4", lines=(plain,), subtotal=D(7), tax=D(0), shipping_fee=D(0), total=D(7), payments=()),
        draft("5", **both, total=D("45.45"), payments=(), payment_status=PaymentStatus.CANCELLED),
    )  # fmt: skip
    costs = [Cost("MUG", "EUR", D(3), None, "Mugs"), Cost("PLAIN", "EUR", None, None, "Mugs")]
    product_costs.keep(shop, costs, MERCHANT)


def ordered(which: Which) -> Decimal | None:
    return which.ordered


def net(which: Which) -> Decimal | None:
    return None if which.received is None or which.given_back is None else which.received - which.given_back


def agreed(shop: Shop, found: Answer, figure: Measure, told: Callable[[Which], Decimal | None]) -> list[str]:
    """What leads to orders, once the list behind each row says the row's figure."""
    made = []
    for row in found.rows:
        behind = found.behind(row, figure)
        if behind is not None:
            filter = query.parse(behind)
            assert find(shop, View(filter)).total, behind
            assert [told(one) for one in of_which(shop, filter)] == [row[figure.value]], behind
            made.append(behind)
    return made


@pytest.fixture
def sold(any_shop: Shop) -> Shop:
    filled(any_shop)
    return any_shop


def test_each_bar_of_lines_leads_to_orders_of_which_the_lines_make_its_figure(sold: Shop) -> None:
    def placed(*by: Dimension) -> list[str]:
        return agreed(sold, ask(sold, Asked((Measure.PLACED,), by)), Measure.PLACED, ordered)

    assert placed(Dimension.CATEGORY) == [
        "category:Mugs currency:EUR -payment:cancelled",
        "category:none currency:EUR -payment:cancelled",
    ]
    assert placed(Dimension.TAX_RATE) == [
        "tax_rate:20 currency:EUR -payment:cancelled",
        "tax_rate:5.5 currency:EUR -payment:cancelled",
        "tax_rate:0 currency:EUR -payment:cancelled",
    ]
    fees = "kind:fees currency:EUR -payment:cancelled"
    assert len(placed(Dimension.PRODUCT)) == 4 and fees in placed(Dimension.PRODUCT)
    assert len(placed(Dimension.COUNTRY, Dimension.TAX_RATE)) == 3
    assert len(placed(Dimension.KIND)) == 3 and fees in placed(Dimension.KIND)
    assert len(placed(Dimension.CATEGORY, Dimension.PAYMENT_METHOD)) == 2


def test_each_cell_of_the_days_money_leads_to_orders_of_which_that_money_moved(sold: Shop) -> None:
    by = (Dimension.DAY, Dimension.PAYMENT_METHOD, Dimension.PROVIDER)
    of_days = Asked((Measure.NET, Measure.PAID), by, clock=Clock.EVENT)
    assert agreed(sold, ask(sold, of_days), Measure.NET, net) == [
        "moved:2026-03-02 moved_by:paypal provider:none currency:EUR",
        "moved:2026-03-03 moved_by:card provider:stripe currency:EUR",
        "moved:2026-03-03 moved_by:gift_card provider:none currency:EUR",
        "moved:2026-04-01 moved_by:paypal provider:none currency:EUR",
        "moved:2026-04-02 moved_by:card provider:stripe currency:EUR",
    ]
    whole = Asked((Measure.NET,), by[1:], clock=Clock.EVENT, days=MARCH)
    assert len(agreed(sold, ask(sold, whole), Measure.NET, net)) == 3
    each = Asked((Measure.NET,), (*by, Dimension.REFERENCE, Dimension.ORDER), clock=Clock.EVENT, days=MARCH)
    assert len(agreed(sold, ask(sold, each), Measure.NET, net)) == 3
    months = ask(sold, Asked((Measure.NET,), (Dimension.MONTH,), clock=Clock.EVENT))
    assert len(agreed(sold, months, Measure.NET, net)) == 2


def test_one_movement_must_meet_all_that_is_asked_of_it(sold: Shop) -> None:
    def numbers(text: str) -> list[str]:
        return sorted(row["number"] for row in find(sold, View(query.parse(text))).rows)

    assert numbers("moved:2026-03-02 moved_by:gift_card") == []
    assert numbers("moved:2026-03-03 moved_by:gift_card") == ["1"]
    assert numbers("-moved_by:paypal") == ["2", "4", "5"]
    assert numbers("provider:stripe") == ["1", "2"]
    assert numbers("reference:ch_2 moved_by:card") == ["2"]
    assert numbers("reference:ch_2 moved_by:paypal") == []
    assert numbers("kind:fees") == ["1", "3", "5"]
    assert numbers("category:mugs,none -tax_rate:>=20") == ["2", "3", "4"]
    assert numbers("tax_rate:5..10 payment:paid") == ["1", "2"]
    assert numbers("customer_total:68") == ["1", "2", "3", "4", "5"]
    assert numbers("customer_total:>68") == []


def test_where_whole_orders_are_asked_for_nothing_of_them_is_told(sold: Shop) -> None:
    assert of_which(sold, query.parse("country:FR -category:Mugs moved:>2026-03-01")) == ()
