"""What a mail says: in French and in English, with everything the order holds, and hostile text as text."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import fields, replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from services.messages.drafting import draft
from services.messages.kinds import OF_ORDERS, Template
from services.messages.speaking import FOLDER
from services.messages.wording import line, paragraph, web_link
from services.orders.draft import Address
from services.settings import Settings
from tests.conftest import NOW
from tests.messages.invented import HOME, PROFILE, order, parcel
from tests.messages.invented import line as order_line

MAILS = OF_ORDERS
HOSTILE = [
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% raw %}{shop}%s ${7*7}",
    "]]><!--</td></table></style><style>*{display:none}",
    "javascript:alert(1)",
    "=cmd|' /C calc'!A0",
    "‮ عربي 田中さん 🎉 Ω≈ç√∫",
    "&lt;b&gt; &#60;b&#62; &amp;",
    "\x00\x07\x1b[31m nul and bell \ud800",
    "a\r\nBcc: eve@example.com\r\n\r\n<h1>x</h1>",
]


class Reading(HTMLParser):
    """A mail as a reader meets it: its tags with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[tuple[str, tuple[str, ...]]] = Counter()
        self.links: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags[tag, tuple(sorted(name for name, _ in attrs))] += 1
        self.links += [value for name, value in attrs if name in ("href", "src", "background", "action")]

    def handle_data(self, data):
        self.text += data


def write(template: Template, settings: Settings, of=None, profile=PROFILE, **changes) -> dict:
    of = of or order(**changes)
    sent = parcel(of) if template is Template.ORDER_SHIPPED else None
    row = draft(template, of, profile, settings, NOW, parcel=sent)
    assert row is not None
    return row


def everywhere(text: str):
    """An order that holds `text` in every field that a person outside can fill."""
    address = Address(**{field.name: text for field in fields(Address)})
    return order(
        number=text,
        name=text,
        phone=text,
        customer_comment=text,
        shipping_method=text,
        payment_method_label=text,
        payment_message=text,
        shipping_address=address,
        billing_address=address,
        lines=(order_line(text, "2", "15", options=((text, text),), sku=text), order_line(text)),
    )


def shown(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("template", MAILS)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_every_field(settings: Settings, template: Template, text: str):
    plain = Reading(write(template, settings, everywhere("word"), replace(PROFILE, shop_name="word"))["body_html"])
    row = write(template, settings, everywhere(text), replace(PROFILE, shop_name=text))
    read = Reading(row["body_html"])
    # a comment of several lines has more line breaks, nothing else differs
    assert {**read.tags, ("br", ()): 0} == {**plain.tags, ("br", ()): 0}
    assert shown(line(text)) in shown(read.text)
    assert line(text) in row["body_text"]
    assert all(link.startswith(("https://", "http://")) for link in read.links)
    row["body_html"].encode()
    assert not any(character in row["body_text"] for character in "\x00\x07\x1b\r")


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "ftp://example.com", "//example.com", "https://", "http://[", "",
     "https://example.com/a b", 'https://example.com/"onclick="x', "https://example.com/\nX: y", "vbscript:x"],
)  # fmt: skip
def test_a_tracking_link_of_another_kind_is_left_out(settings: Settings, url: str):
    of = order()
    row = draft(Template.ORDER_SHIPPED, of, PROFILE, settings, NOW, parcel=parcel(of, tracking_url=url))
    assert row is not None
    assert Reading(row["body_html"]).links == []
    assert "6A12345678901" in row["body_text"]


def test_a_tracking_link_is_followed_as_it_was_given():
    url = "https://track.example.com/?code=6A1&lang=fr#top"
    assert web_link(f" {url}\n") == url


def test_a_shipping_mail_names_carrier_number_link_and_goods(settings: Settings):
    row = write(Template.ORDER_SHIPPED, settings)
    for words in ("Colissimo", "6A12345678901", "https://track.example.com/?code=6A12345678901", "2 × Tasse bleue"):
        assert words in row["body_text"]
    assert row["subject"] == "Chez Élise\N{NO-BREAK SPACE}: votre commande #1001 est en route"
    assert "Inès Kaba" in row["body_text"] and "69003 Lyon" in row["body_html"]


def test_a_parcel_with_part_of_the_goods_says_so_and_lists_only_those(settings: Settings):
    of = order()
    sent = parcel(of)
    row = draft(Template.ORDER_SHIPPED, of, PROFILE, settings, NOW, parcel=replace(sent, lines=sent.lines[:1]))
    assert row is not None
    assert "une partie" in row["subject"]
    assert "Tasse bleue" in row["body_text"] and "Carnet A5" not in row["body_text"]


def test_a_mail_without_a_tracking_number_does_not_speak_of_one(settings: Settings):
    of = order()
    sent = parcel(of, carrier="", tracking_number="", tracking_url="")
    row = draft(Template.ORDER_SHIPPED, of, PROFILE, settings, NOW, parcel=sent)
    assert row is not None
    assert "suivi" not in row["body_text"] and "Transporteur" not in row["body_text"]


@pytest.mark.parametrize("template", [Template.ORDER_CONFIRMATION, Template.NEW_ORDER])
def test_sums_are_said_as_the_language_writes_them(settings: Settings, template: Template):
    profile = replace(PROFILE, language="en")
    french, english = write(template, settings), write(template, settings, profile=profile, language="en")
    space = "\N{NO-BREAK SPACE}"
    for words in (f"Sous-total  44,00{space}€", f"Remise  −4,00{space}€", f"Total  45,90{space}€", "dont taxes"):
        assert words in french["body_text"]
    for words in ("Subtotal  €44.00", "Discount  −€4.00", "Handling fee  €1.00", "Total  €45.90", "of which taxes"):
        assert words in english["body_text"]
    assert "14 mars 2026, 10:26" in french["body_text"]
    assert "France" in english["body_html"] and '<html lang="en">' in english["body_html"]


def test_an_order_that_ships_nothing_is_not_told_to_wait_for_a_parcel(settings: Settings):
    row = write(Template.ORDER_CONFIRMATION, settings, is_pickup=True)
    assert "expédition" not in row["body_text"]


def test_a_very_long_order_is_listed_as_far_as_it_is_readable(settings: Settings):
    of = order(lines=tuple(order_line("Tasse " * 200, "1", "1") for _ in range(3000)), customer_comment="a " * 99_999)
    row = write(Template.ORDER_CONFIRMATION, settings, of)
    assert "autres lignes" in row["body_text"]
    assert len(row["body_html"]) < 300_000


def test_quantities_of_ten_are_ten(settings: Settings):
    of = order(lines=(order_line("Clou", "10.000", "0.1"), order_line("Ruban", "1.500", "2")))
    text = write(Template.ORDER_CONFIRMATION, settings, of)["body_text"]
    assert "10 × Clou" in text and "1,5 × Ruban" in text


def test_an_address_is_written_as_its_country_does(settings: Settings):
    london = replace(HOME, city="London", region="", postal_code="SW1A 1AA", country="GB")
    text = write(Template.ORDER_CONFIRMATION, settings, shipping_address=london, language="en")["body_text"]
    assert "London SW1A 1AA\nUnited Kingdom" in text


@pytest.mark.parametrize("template", list(Template))
def test_each_kind_has_its_three_files(template: Template):
    for part in ("subject", "text", "html"):
        assert (FOLDER / f"{template}.{part}.j2").is_file()


@pytest.mark.parametrize("template", MAILS)
def test_a_mail_asks_for_nothing_from_outside(settings: Settings, template: Template):
    html = write(template, settings)["body_html"]
    for word in ("<img", "<script", "<link", "@import", "url(", "<iframe", "<form"):
        assert word not in html


def test_lines_and_paragraphs_keep_what_can_be_read():
    assert line("  a\r\n\tb\x00c\u2028d ") == "a bc d"
    assert paragraph("a\r\nb\n\n\nc\x07") == "a\nb\n\n\nc"


@pytest.mark.samples
def test_every_hostile_sample_stays_text(settings: Settings):
    folder = Path(__file__).parents[3] / "shared" / "real" / "hostile"
    if not folder.is_dir():
        pytest.skip("the folder of samples is not beside the project")
    texts = [str(text) for text in json.loads((folder / "blns.json").read_text(encoding="utf-8"))]
    for file in sorted(folder.glob("*.txt")):
        texts += file.read_text(encoding="utf-8", errors="replace").splitlines()
    plain = Reading(write(Template.NEW_ORDER, settings, everywhere("word"))["body_html"])
    assert len(texts) > 400
    for text in texts:
        row = write(Template.NEW_ORDER, settings, everywhere(text or "word"))
        read = Reading(row["body_html"])
        assert set(read.tags) == set(plain.tags) or not line(text)
        assert shown(line(text)[:200]) in shown(read.text)
        assert "\n" not in row["subject"] and len(row["subject"]) <= 200


def test_the_merchant_reads_the_sku_and_the_customer_does_not(settings: Settings):
    assert "TASSE-1" in write(Template.NEW_ORDER, settings)["body_text"]
    assert "TASSE-1" not in write(Template.ORDER_CONFIRMATION, settings)["body_text"]


def test_one_address_for_both_is_written_once_and_two_are_written_apart(settings: Settings):
    text = write(Template.NEW_ORDER, settings)["body_text"]
    assert "Adresse de livraison et de facturation" in text and text.count("12 rue des Lilas") == 1
    office = replace(HOME, line1="3 quai Perrache")
    text = write(Template.NEW_ORDER, settings, billing_address=office)["body_text"]
    assert "Adresse de facturation\n" in text and "3 quai Perrache" in text


def test_an_order_without_names_is_greeted_without_one(settings: Settings):
    row = write(Template.ORDER_CONFIRMATION, settings, name="", shipping_address=Address(), billing_address=Address())
    assert row["body_text"].startswith("Bonjour,\n")
