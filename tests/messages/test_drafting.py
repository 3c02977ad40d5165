"""Drafting: whom a mail goes to, in which language, when, what its subject says, and its dedupe key."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from data.ids import new_id
from services.messages.drafting import draft
from services.messages.kinds import OF_ORDERS, Template
from services.settings import Settings
from tests.conftest import NOW
from tests.messages.invented import PROFILE, line, order, parcel

ENGLISH = replace(PROFILE, language="en")


def drafted(template, of, profile, settings, **more):
    row = draft(template, of, profile, settings, NOW, **more)
    assert row is not None
    return row


@pytest.mark.parametrize(
    ("profile", "number", "subject"),
    [
        (ENGLISH, "1001", "Chez Élise, new order #1001"),
        (ENGLISH, "#1001", "Chez Élise, new order #1001"),
        (PROFILE, "1001", "Chez Élise, nouvelle commande #1001"),
        (PROFILE, "#1001", "Chez Élise, nouvelle commande #1001"),
        (ENGLISH, "EU-7-A", "Chez Élise, new order #EU-7-A"),
    ],
)
def test_the_merchants_subject_names_the_shop_and_the_order_once(settings: Settings, profile, number, subject):
    row = drafted(Template.NEW_ORDER, order(number=number), profile, settings)
    assert row["subject"] == subject
    assert (row["recipient"], row["sender"]) == ("elise@example.com", "no-reply@example.com")


def test_the_customer_reads_their_own_language_and_the_merchant_the_shops(settings: Settings):
    of = order(language="en-GB")
    assert drafted(Template.ORDER_CONFIRMATION, of, PROFILE, settings)["language"] == "en"
    assert drafted(Template.NEW_ORDER, of, PROFILE, settings)["language"] == "fr"


@pytest.mark.parametrize("language", ["de", "", "English", "x-klingon"])
def test_a_customer_whose_language_we_do_not_speak_reads_the_shops(settings: Settings, language):
    assert drafted(Template.ORDER_CONFIRMATION, order(language=language), PROFILE, settings)["language"] == "fr"


def test_a_confirmation_leaves_at_once_and_a_shipping_mail_after_the_cooling_off(settings: Settings):
    of = order()
    assert drafted(Template.ORDER_CONFIRMATION, of, PROFILE, settings)["send_after"] == NOW
    shipped = drafted(Template.ORDER_SHIPPED, of, PROFILE, settings, parcel=parcel(of))
    assert shipped["send_after"] == NOW + timedelta(seconds=300)


def test_nobody_is_told_when_there_is_nobody_to_tell(settings: Settings):
    nobody = replace(PROFILE, merchant_email="")
    assert draft(Template.ORDER_CONFIRMATION, order(email=""), PROFILE, settings, NOW) is None
    assert draft(Template.ORDER_CONFIRMATION, order(is_muted=True), PROFILE, settings, NOW) is None
    assert draft(Template.NEW_ORDER, order(), nobody, settings, NOW) is None
    assert draft(Template.NEW_ORDER, order(is_muted=True), PROFILE, settings, NOW) is not None


def test_the_same_parcel_has_the_same_key_and_another_parcel_another(settings: Settings):
    of = order()
    first, second = parcel(of), parcel(of)

    def key(sent, **more):
        return drafted(Template.ORDER_SHIPPED, of, PROFILE, settings, parcel=sent, **more)["dedupe_key"]

    assert key(first) == key(first, event_id=new_id())
    assert key(first) != key(second)
    assert key(first) != key(first, key_parts=[new_id()])


def test_a_confirmation_has_one_key_for_its_order_whatever_the_event(settings: Settings):
    of = order()
    keys = {
        drafted(Template.ORDER_CONFIRMATION, of, PROFILE, settings, event_id=event)["dedupe_key"]
        for event in (None, new_id(), new_id())
    }
    assert len(keys) == 1


def test_a_subject_is_one_line_of_bounded_length(settings: Settings):
    of = order(number="1001\r\nBcc: eve@example.com\x00")
    row = drafted(Template.ORDER_CONFIRMATION, of, replace(PROFILE, shop_name="Chez\nÉlise " * 99), settings)
    assert not any(character < " " for character in row["subject"])
    assert len(row["subject"]) <= 200
    assert "#1001 Bcc: eve@example.com" in row["subject"]


@pytest.mark.parametrize("template", OF_ORDERS)
def test_no_mail_is_so_long_that_a_program_cuts_it(settings: Settings, template: Template):
    name = "田" * 300
    goods = tuple(line(name, "2", "15", options=((name, name),), sku=name) for _place in range(250))
    of = order(lines=goods, customer_comment=name * 20, name=name)
    row = drafted(template, of, PROFILE, settings, parcel=parcel(of))
    assert len(row["body_html"].encode()) <= 102 * 1024


def test_a_mail_lists_as_many_lines_as_it_can(settings: Settings):
    of = order(lines=tuple(line(f"Tasse {place}", "2", "15") for place in range(90)))
    assert "Tasse 89" in drafted(Template.ORDER_CONFIRMATION, of, PROFILE, settings)["body_html"]
