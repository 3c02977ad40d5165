"""The shop's own mail templates: kept by version, used at once, put back to ours, and never in the way of a mail."""

from __future__ import annotations

from datetime import timedelta

import pytest

from data import preferences, templates
from services import clock, profile
from services.errors import Invalid, NotFound
from services.messages import editing, outbox, owned
from services.messages.kinds import Template
from services.messages.parts import Source
from services.messages.states import MessageState
from services.messages.worker import turn
from services.orders.statuses import ActionName as A
from services.people import MERCHANT
from services.shop import Shop
from tests.orders.moving import do
from tests.orders.sample import NOW, draft, keep

OWN = Source("{{ shop }} : {{ number }} part", "", "<p>Bonjour {{ name }}, c’est parti.</p>{{ goods(parcel.lines) }}")
SHIPPED = Template.ORDER_SHIPPED


def shipped(shop: Shop):
    """The mail of a parcel that leaves now."""
    [order] = keep(shop, draft(language="fr"))
    [letter] = do(shop, order, A.MARK_SHIPPED).messages
    return letter


def test_a_template_that_was_kept_is_used_for_the_next_mail_in_its_language_only(any_shop: Shop):
    editing.save(any_shop, SHIPPED, "fr", OWN, MERCHANT, NOW)
    letter = shipped(any_shop)
    assert letter.message.subject.endswith("part")
    assert "c’est parti" in letter.html and "c’est parti" in letter.text
    assert editing.changed(any_shop) == {(SHIPPED, "fr")}
    assert not editing.standing(any_shop, SHIPPED, "en").is_own


def test_back_to_ours_and_every_version_is_kept(shop: Shop):
    editing.save(shop, SHIPPED, "fr", OWN, MERCHANT, NOW)
    editing.save(shop, SHIPPED, "fr", Source("2", "2", "2"), MERCHANT, NOW)
    editing.reset(shop, SHIPPED, "fr", MERCHANT, NOW)
    assert "c’est parti" not in shipped(shop).html
    assert [(row["subject"], row["is_ours"]) for row in editing.history(shop, SHIPPED, "fr")] == [
        ("", True),
        ("2", False),
        (OWN.subject, False),
    ]


def test_a_broken_template_is_not_kept(shop: Shop):
    with pytest.raises(Invalid) as refused:
        editing.save(shop, SHIPPED, "fr", Source("{{ numbr }}", "", "<p>\n{% if x"), MERCHANT, NOW)
    assert set(refused.value.fields) == {"subject", "html"}
    assert "number" in refused.value.fields["subject"]
    assert editing.changed(shop) == set()


def test_a_kept_template_that_broke_since_gives_way_to_ours_and_is_told(shop: Shop):
    with shop.store.write() as write:
        row = {"id": "018f0000-0000-7000-8000-000000000001", "template": SHIPPED.value, "language": "fr"}
        row |= {"subject": "{{ gone }}", "body_text": "", "body_html": "{{ gone }}", "is_ours": False}
        templates.add(write, row | {"happened_at": NOW, "actor": "owner"})
        used = {owned.key(SHIPPED, "fr"): row["id"]}
        preferences.put(write, {owned.SETTING: used}, "owner", NOW)
    assert "est en route" in shipped(shop).html
    [(template, speak, fault)] = editing.broken(shop)
    assert (template, speak) == (SHIPPED, "fr")
    assert "gone" in fault.sentence


def test_a_template_is_seen_on_a_real_order_by_its_number(shop: Shop):
    with pytest.raises(NotFound):
        editing.preview(shop, SHIPPED, "fr", OWN)
    keep(shop, draft("77", name="Zoé Blin"))
    keep(shop, draft("78", name="Ida Roy", placed_at=NOW + timedelta(minutes=1)))
    assert "Zoé Blin" in editing.preview(shop, SHIPPED, "fr", OWN, "#77").html
    assert "Ida Roy" in editing.preview(shop, SHIPPED, "fr", OWN).html
    with pytest.raises(NotFound):
        editing.preview(shop, SHIPPED, "fr", OWN, "no such number")


@pytest.mark.parametrize("template", editing.EDITABLE)
def test_each_of_ours_is_seen_on_any_order(shop: Shop, template: Template):
    keep(shop, draft())
    for speak in ("fr", "en"):
        words = editing.preview(shop, template, speak, editing.ours(template, speak))
        assert words.subject and words.text and "</html>" in words.html


def test_a_test_send_goes_the_way_of_every_mail(mailing: Shop, sendgrid):
    keep(mailing, draft())
    sent = editing.send_trial(mailing, SHIPPED, "fr", OWN, "", "owner@example.com", MERCHANT)
    assert outbox.message(mailing, sent)["recipient"] == "owner@example.com"
    assert turn(mailing, clock.now()) == 1
    assert outbox.message(mailing, sent)["state"] == MessageState.ACCEPTED
    assert "c’est parti" in sendgrid.taken[0].body["content"][1]["value"]


def test_answers_go_to_the_address_for_questions(mailing: Shop, sendgrid):
    with mailing.store.write() as write:
        profile.change(write, mailing.settings, {"contact_email": "bonjour@example.com"}, "owner", NOW)
    letter = shipped(mailing)
    assert "bonjour@example.com" in letter.text and "bonjour@example.com" in letter.html
    assert turn(mailing, NOW + timedelta(minutes=10)) == 1
    assert sendgrid.taken[0].body["reply_to"] == {"email": "bonjour@example.com"}
