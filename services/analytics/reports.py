"""The answers that have a name: each a choice of figures and of what they are told apart by."""

from __future__ import annotations

from dataclasses import dataclass

from data.dimensions import Dimension
from data.measures import Measure
from services.analytics.measures import Figure, Ratio

_D, _M, _R = Dimension, Measure, Ratio
MONEY: tuple[Figure, ...] = (_M.ORDERS, _M.PLACED, _M.PAID, _M.REFUNDED, _M.NET)


@dataclass(frozen=True, slots=True)
class Report:
    """An answer by name: `figures` by `by`."""

    name: str
    figures: tuple[Figure, ...]
    by: tuple[Dimension, ...] = ()


REPORTS = {
    report.name: report
    for report in (
        Report(
            "overview",
            (
                *MONEY,
                _R.AVERAGE_ORDER,
                _M.CANCELLED_ORDERS,
                _M.CUSTOMERS,
                _M.NEW_CUSTOMERS,
                _M.ITEMS,
                _M.DISCOUNT,
                _M.SHIPPING,
                _M.TAX,
                _M.DUE,
                _M.FIRST_ON,
                _M.LAST_ON,
            ),
        ),
        Report("revenue_by_month", MONEY, (_D.MONTH,)),
        Report("revenue_by_day", MONEY, (_D.DAY,)),
        Report("revenue_by_week", MONEY, (_D.WEEK,)),
        Report("revenue_by_payment_method", MONEY, (_D.PAYMENT_METHOD,)),
        Report("revenue_by_country", MONEY, (_D.COUNTRY,)),
        Report("revenue_by_source", MONEY, (_D.SOURCE,)),
        Report("revenue_by_hour", MONEY, (_D.WEEKDAY, _D.HOUR)),
        Report("revenue_by_product", (*MONEY, _M.ITEMS, _M.RETURNED_ITEMS), (_D.PRODUCT,)),
        Report(
            "margins",
            (
                *(_M.ORDERS, _M.PLACED, _M.TAX, _M.ITEMS, _M.COSTED, _M.COST),
                *(_M.MARGIN, _R.MARGIN_RATE, _M.UNCOSTED),
            ),
            (_D.PRODUCT,),
        ),
        Report("revenue_by_customer", MONEY, (_D.EMAIL,)),
        Report("new_and_returning", (*MONEY, _M.CUSTOMERS), (_D.MONTH, _D.CUSTOMER)),
        Report("discounts", (*MONEY, _M.DISCOUNTED_ORDERS, _M.SUBTOTAL, _M.DISCOUNT, _R.DISCOUNT_RATE), (_D.COUPON,)),
        Report("taxes", (*MONEY, _M.TAXABLE, _M.TAX), (_D.COUNTRY, _D.TAX_RATE)),
        Report("refunds", (*MONEY, _M.REFUNDS, _M.REFUND_AMOUNT, _R.REFUND_RATE), (_D.MONTH,)),
        Report("refund_reasons", (_M.REFUNDS, _M.REFUND_AMOUNT), (_D.REFUND_REASON,)),
        Report(
            "movements",
            (_M.MOVEMENTS, _M.PAID, _M.REFUNDED, _M.NET),
            (_D.DAY, _D.PAYMENT_METHOD, _D.PROVIDER),
        ),
        Report(
            "payment_failures",
            (_M.ATTEMPTS, _M.FAILURES, _M.FAILED_AMOUNT, _R.FAILURE_RATE),
            (_D.PAYMENT_METHOD,),
        ),
        Report("failure_reasons", (_M.FAILURES, _M.FAILED_AMOUNT), (_D.PAYMENT_METHOD, _D.FAILURE_REASON)),
        Report(
            "lead_times",
            (
                *MONEY,
                _M.SHIPPED_ORDERS,
                _M.DELIVERED_ORDERS,
                *(one for one in Measure if "_hours" in one),
            ),
            (_D.MONTH,),
        ),
        Report("cohorts", (*MONEY, _M.CUSTOMERS), (_D.COHORT, _D.MONTHS_LATER)),
        Report("rfm", (*MONEY, _M.CUSTOMERS, _R.AVERAGE_ORDER, _M.LAST_ON), (_D.SEGMENT,)),
        Report(
            "ageing",
            (_M.WAITING_ORDERS, _M.WAITING_TOTAL, _M.WAITING_DAYS, _M.WAITING_DAYS_MAX),
            (_D.PAYMENT, _D.FULFILMENT),
        ),
        Report("mails", (_M.MAILS, _M.MAILS_DELIVERED, _M.MAILS_FAILED), (_D.MAIL,)),
    )
}
