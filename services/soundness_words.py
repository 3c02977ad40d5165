"""What each check says when it is broken, and how that is mended, in words."""

from __future__ import annotations

from data.checks import history, kept, keys, log, messages, statuses
from data.repairing import MENDABLE
from services.language import _
from services.soundness import NOTED


def wrong(name: str) -> str:
    """What is wrong where a check is broken."""
    return _said().get(name) or name.replace("_", " ")


def mending(name: str) -> str:
    """What to do about it."""
    if name in MENDABLE:
        return _("`python -m services check --repair` works it out anew.")
    if name in log.NAMES or name == NOTED:
        return _("The past was changed from outside. Compare with an older backup: its log shows what stood there.")
    if name in messages.CHECKS:
        return _("Look at the message on Messages before anything is sent again.")
    if name in _OF_ROWS or name in history.NAMES:
        return _("Compare with a backup of before, restored beside this store, and have the rows put right by hand.")
    return _("Look at these orders, and put them right by an action, with its reason.")


_OF_ROWS = frozenset(keys.CHECKS) | frozenset(
    f"{table}_have_a_{column}_that_we_know" for table, column in statuses.WORDS
)


def _said() -> dict[str, str]:
    return _of_every_table() | _of_money() | _of_goods() | _of_keys() | _of_life() | _of_work() | _of_what_is_kept()


def _of_every_table() -> dict[str, str]:
    orphan = _("Rows of “{table}” belong to an order that is not there")
    doubled = _("Rows of “{table}” bear the same id")
    unmade = _("Rows of “{table}” name an event that is not there, or that is another order's")
    unknown = _("Rows of “{table}” have a {column} that Comptoir does not know")
    return {
        **{f"{table}_belong_to_an_order": orphan.format(table=table) for table in keys.OF_ORDERS},
        **{f"{table}_have_an_id_of_their_own": doubled.format(table=table) for table in keys.WITH_IDS},
        **{f"{table}_were_made_by_an_event": unmade.format(table=table) for table in keys.OF_EVENTS},
        **{
            f"{table}_have_a_{column}_that_we_know": unknown.format(table=table, column=column)
            for table, column in statuses.WORDS
        },
    }


def _of_money() -> dict[str, str]:
    return {
        "paid_is_the_sum_of_payments": _("What was paid is not the sum of the payments"),
        "refunded_is_the_sum_of_refunds": _("What was refunded is not the sum of the refunds"),
        "due_is_what_is_left_to_pay": _("What is due is not what is left to pay"),
        "total_is_the_sum_of_its_parts": _("The total is not the sum of its parts"),
        "payments_are_in_the_currency_of_the_order": _("A payment is in another currency than its order"),
        "lines_are_counted": _("The number of lines is not what the order says"),
        "items_are_counted": _("The number of items is not what the order says"),
        "orders_are_on_the_day_of_the_shop": _("The day or month of the order is not that of the shop's time zone"),
        "payments_are_on_the_day_of_the_shop": _("The day of a payment is not that of the shop's time zone"),
        "amounts_of_payments_are_not_below_nothing": _("A payment has an amount below zero"),
        "products_of_an_order_are_those_of_its_lines": _("The order names other products than its lines"),
        "lines_come_to_their_total": _("A line's total is not its quantity times its price, less its discount"),
        "orders_are_sorted_by_their_number": _("The order is sorted by another number than its own"),
        "orders_go_to_the_country_of_their_address": _("The order's country is not that of its address"),
        "customers_are_known_by_their_address": _("The order counts for another customer than its e-mail says"),
        "payment_status_follows_from_the_money": _("The payment status is not what the payments say"),
        "money_that_was_given_back_came_in": _("More was given back than came in"),
    }


def _of_goods() -> dict[str, str]:
    return {
        "no_more_shipped_than_ordered": _("More was shipped of a line than was ordered"),
        "no_more_in_parcels_than_ordered": _("The parcels hold more of a line than was ordered"),
        "no_more_returned_than_ordered": _("More came back of a line than was ordered"),
        "no_more_back_from_a_parcel_than_in_it": _("More came back from a parcel than was in it"),
        "quantities_are_not_below_nothing": _("A line has a quantity below zero"),
        "parcels_hold_lines_of_their_order": _("A parcel holds a line of another order, or of none"),
        "fulfilment_status_follows_from_the_goods": _("The fulfilment status is not what was shipped and came back"),
        "gift_cards_hold_no_less_than_nothing": _("A gift card's balance is below zero"),
        "withdrawn_gift_cards_hold_nothing": _("A gift card that was withdrawn still holds money"),
        "gift_cards_are_issued_once": _("A gift card was issued twice, or never"),
        "gift_cards_are_told_apart_by_their_code": _("Two gift cards have the same code"),
        "gift_cards_belong_to_the_order_that_bought_them": _("A gift card was bought by a line that is not there"),
        "entries_belong_to_a_gift_card": _("A movement belongs to a gift card that is not there"),
        "payments_by_gift_card_left_the_card": _("What left a gift card is not what its order was paid with"),
        "links_open_files_for_lines_of_their_order": _("A download link opens a file that is not its order's"),
        "no_more_downloads_than_allowed": _("A file was downloaded more often than allowed"),
        "quantities_are_what_events_moved": _("The quantities of a line are not what the order's events moved"),
    }


def _of_keys() -> dict[str, str]:
    return {
        "orders_have_one_id": _("Two orders have the same id"),
        "orders_come_from_a_source_once": _("The same order of a source is there twice"),
        "kept_content_belongs_to_an_import": _("What an import kept belongs to an import that is not there"),
        "boards_hold_charts_that_are_kept": _("A board shows a chart that is not there"),
        "alerts_stand_one_way": _("An alert stands in two ways at once"),
        "a_product_has_one_cost_from_a_day_on": _("A product has two costs from the same day on, or one below zero"),
        "undos_undo_an_event_of_their_order": _("An undo names an event that is not there, or another order's"),
        "imported_orders_belong_to_an_import": _("The order came by an import that is not there"),
        "findings_belong_to_an_import": _("Something was said about an import that is not there"),
        "picks_belong_to_an_order_of_a_round": _("Something was picked for an order outside of its round"),
        "orders_of_a_round_belong_to_a_round": _("The order stands in a round that is not there"),
        "reports_show_what_is_kept": _("A report shows a chart or a board that is not there"),
        "states_belong_to_an_alert": _("A state belongs to an alert that is not there"),
        "documents_are_numbered_without_gaps": _("The numbers of documents have a gap"),
        "documents_are_numbered_once": _("Two documents have the same number"),
        "documents_name_a_logo_that_is_kept": _("A document has a logo that is not there"),
        "closings_come_to_what_their_orders_brought": _("A closing comes to something else than its orders brought"),
        "closings_are_as_they_were_sealed": _("A closing is not as it was sealed"),
        "orders_of_a_closing_belong_to_a_closing": _("The order was frozen in a closing that is not there"),
    }


def _of_life() -> dict[str, str]:
    return {
        "orders_say_what_their_events_told_last": _("The order says something else than its events told last"),
        "events_go_on_where_the_one_before_ended": _("An event begins with another status than the one before left"),
        "events_made_what_is_there": _("An event tells of a payment, parcel, note or message that is not there"),
        "what_was_undone_is_void": _("A payment, parcel or note stands though its event was undone, or the reverse"),
        log.LINKS: _("A link of the log is missing, was changed, or stands elsewhere"),
        log.ALTERED: _("An event was changed after it was written"),
        log.TAKEN_OUT: _("An event was taken out of the log"),
        log.SLIPPED_IN: _("An event was put into the log from outside"),
        NOTED: _("The log no longer holds the end that was noted"),
    }


def _of_work() -> dict[str, str]:
    return {
        "messages_are_made_once": _("The same message is there twice"),
        "reports_are_noted_once": _("The same report on a message is there twice"),
        "notes_belong_to_a_message": _("A note belongs to a message that is not there"),
        "pushes_belong_to_a_message": _("A push belongs to a message that is not there"),
        "files_belong_to_a_message": _("A file belongs to a message that is not there"),
        "what_was_undone_does_not_wait_to_be_sent": _("A message waits to be sent though its step was undone"),
        "messages_were_taken_once": _("A message was accepted twice, and nobody asked for it"),
        "messages_that_left_were_tried": _("A message counts as sent, but was never tried"),
        "messages_that_wait_are_in_nobodys_hands": _("A message was handed over, but was never tried"),
        "reports_go_out_once_a_day": _("A report went out twice on a day"),
        "requests_are_done_once": _("The same request was done twice"),
        "jobs_settle_an_order_once": _("A job settled an order twice"),
        "jobs_hold_the_orders_they_were_asked_for": _("A job does not hold the orders it was asked for"),
        "results_belong_to_an_order_of_a_job": _("A job settled an order that it was not asked for"),
        "finished_jobs_have_settled_every_order": _("A job is done, but has not settled every order"),
        "results_name_an_event_of_their_order": _("A job names an event that is not there"),
        "no_more_orders_than_an_import_brought": _("There are more orders of an import than it brought"),
        "imports_that_ended_say_when": _("An import ended and does not say when, or runs and says so"),
    }


def _of_what_is_kept() -> dict[str, str]:
    return {
        "orders_have_their_card": _("The card of an order, from which it is shown, is not what its row says"),
        "orders_are_found_by_their_number": _("An order is not found by its number"),
        "orders_are_found_by_their_words": _("An order is not found by its words, or by words that are not its own"),
        kept.KEPT: _("An order has no kept figures, or has them twice"),
        kept.ORDERS: _("Kept figures of orders are not what the orders say"),
        kept.LINES: _("Kept figures of lines are not what the lines say"),
        kept.DAYS: _("Kept figures of days are not the sums of the lines"),
        kept.PAYMENTS: _("Kept figures of payments are not what the payments say"),
    }
