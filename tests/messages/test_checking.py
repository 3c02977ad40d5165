"""A broken template is refused with the line and a sentence; a template cannot reach out, grow or run for long."""

from __future__ import annotations

import time

import pytest

from services.language import LANGUAGES, use
from services.messages import checking, editing, letter, sandbox, wording
from services.messages.fields import FIELDS, meaning, sample
from services.messages.kinds import Template
from services.messages.parts import Part, Source
from tests.messages.invented import PROFILE, order, parcel

REACHING = [
    "{{ ''.__class__.__mro__ }}",
    "{{ shop.__class__ }}",
    "{{ shop['__class__'] }}",
    "{{ lines.append(1) }}",
    "{{ parcel.items() }}",
    "{{ parcel.keys }}",
    "{{ self }}",
    "{{ goods.__globals__ }}",
    "{{ cycler.__init__.__globals__.os }}",
    "{{ lipsum }}",
    "{{ range(10) }}",
    "{{ _('x') }}",
    "{{ shop | attr('__class__') }}",
    "{{ lines | map(attribute='name') | list }}",
    "{% include 'order_shipped.html.j2' %}",
    "{% import '_parts.html.j2' as p %}",
    "{% extends '_layout.html.j2' %}",
    "{% macro a() %}{% endmacro %}",
    "{% set x = shop %}",
    "{% autoescape false %}{{ shop }}{% endautoescape %}",
    "{{ shop | safe }}",
    "{{ shop % 2 }}",
]
GROWING = [
    "{{ 'a' * 100000000 }}",
    "{{ 'a' ** 9 }}",
    "{{ shop | center(100000000) }}",
    "{{ lines | join(shop) }}",
    "{{ shop | join('xxxxxxxxxx') | join('xxxxxxxxxx') }}",
    "{% for a in lines %}{% for b in lines %}{% for c in lines %}x{% endfor %}{% endfor %}{% endfor %}",
    "{% for a in lines recursive %}{{ loop(lines) }}{% endfor %}",
    "{% for a in lines %}{% for b in lines %}" + "{% if a %}{% endif %}" * 200 + "{% endfor %}{% endfor %}",
]


def faults(html: str = "<p>x</p>", subject: str = "x", text: str = "") -> list[checking.Fault]:
    return checking.faults(Source(subject, text, html), "en")


@pytest.mark.parametrize("html", REACHING + GROWING)
def test_a_template_that_reaches_out_or_grows_is_refused(html: str):
    [fault, *_rest] = faults(html)
    assert fault.part is Part.HTML
    assert fault.sentence


@pytest.mark.parametrize("html", REACHING)
def test_it_could_not_do_so_even_unchecked(html: str):
    try:
        made = sandbox.run(sandbox.markup.from_string(html), sample())
    except Exception:  # refused: how does not matter
        return
    assert not any(word in made for word in ("class", "module", "0x", "built-in", "function"))


@pytest.mark.parametrize(
    ("html", "line", "words"),
    [
        ("<p>\n{{ numbr }}</p>", 2, "Did you mean “number”"),
        ("a\n{% for one in lines %}\n{{ one.quantty }}{% endfor %}", 3, "Did you mean “quantity”"),
        ("{{ parcel.carier }}", 1, "Did you mean “carrier”"),
        ("\n\n{% if ships %}", 3, "“if” is never closed: “endif” is missing"),
        ("{{ goods() }}", 1, "takes 1 values"),
        ("{{ goodz(lines) }}", 1, "Did you mean “goods()”"),
        ("{{ shop | uper }}", 1, "Did you mean “upper”"),
        ("{{ lines.name }}", 1, "holds nothing called"),
        ("{% for x in shop %}{% endfor %}", 1, "goes through one list"),
        ("<table>\n<tr><td>", 1, "not closed"),
        ("\n<script>x</script>", 2, "<script>"),
        ("<a href='javascript:x'>x</a>", 1, "begin it with https://"),
        ("<p onclick='x'>x</p>", 1, "scripts"),
        ("x" * 100_000, None, "Too long"),
    ],
)
def test_a_broken_template_is_refused_with_its_line_and_a_sentence(html: str, line: int | None, words: str):
    [fault, *_rest] = faults(html)
    assert (fault.line, words in fault.sentence) == (line, True), fault


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("{% foreach x %}", "There is no tag “foreach”. The tags are: if, elif, else, endif, for, endfor."),
        ("x{% endif %}", "“endif” belongs to nothing here"),
        ("{% if shop %}{% endfor %}", "“endfor” cannot stand here: “if” is still open, close it with “endif”."),
        ("{% for one in lines %}", "“for” is never closed: “endfor” is missing."),
        ("{{ shop", "“{{” is never closed: “}}” is missing."),
        ("{% if shop", "“{%” is never closed: “%}” is missing."),
        ("{# later", "“{#” is never closed: “#}” is missing."),
        ("{% raw %}x", "“raw” is never closed: “endraw” is missing."),
        ("{{ }}", "A value is missing before “}}”."),
        ("{{ shop | }}", "A name is missing before “}}”."),
        ("{{ shop. }}", "A name is missing after a dot."),
        ("{% %}", "A tag is empty."),
        ("{{ shop number }}", "“number” stands where “}}” was expected."),
        ("{{ goods(lines }}", "“}” stands where “)” was expected."),
        ("{% for one lines %}{% endfor %}", "“for” goes through one list"),
        ("{{ 'shop }}", "A quotation mark is opened and never closed."),
        ('{{ "shop }}', "A quotation mark is opened and never closed."),
        ("{{ shop $ }}", "“$” cannot stand here."),
        ("{{ shop }", "“}” cannot stand here."),
        ("{{ shop | xyz }}", "There is no filter “xyz”. The filters are: capitalize, default, first, join,"),
    ],
)
def test_what_cannot_be_read_is_said_in_the_language_of_the_merchant(html: str, words: str):
    [fault] = faults(f"<p>\n{html}")
    assert (fault.line, words in fault.sentence) == (2, True), fault
    with use("fr"):
        [french] = faults(f"<p>\n{html}")
    assert french.sentence != fault.sentence


def test_a_subject_and_a_body_are_needed():
    assert {fault.part for fault in faults(html=" ", subject="")} == {Part.HTML, Part.SUBJECT}
    assert {fault.part for fault in faults(subject="{{ reason }}", html="<p>x</p>")} == set()


@pytest.mark.parametrize("template", editing.EDITABLE)
@pytest.mark.parametrize("speak", LANGUAGES)
def test_ours_can_be_edited_as_they_are_and_say_the_same_then(template: Template, speak: str):
    source = editing.ours(template, speak)
    assert checking.faults(source, speak) == []
    assert "_(" not in source.subject + source.text + source.html
    assert wording.render(template, speak, sample(), source) == wording.render(template, speak, sample())


@pytest.mark.parametrize("template", editing.EDITABLE)
def test_the_values_that_are_listed_are_those_there_are(template: Template):
    of = order()
    values = letter.values(template, of, PROFILE, "https://shop.example.com", "en", parcel(of), {}, with_sku=False)
    assert set(values) == set(FIELDS)
    assert all(meaning(name) for name in FIELDS)
    assert set(values["parcel"]) == set(FIELDS["parcel"].inside)
    assert set(values["lines"][0]) == set(FIELDS["lines"].inside)
    assert set(values["sums"][0]) == set(FIELDS["sums"].inside)


def test_the_worst_that_is_allowed_ends_soon():
    loops = "{% for a in lines %}{% for b in lines %}{{ a.name }}{% endfor %}{% endfor %}"
    source = Source("x", "", loops)
    values = sample() | {"lines": [{"quantity": "1", "name": "x" * 300, "about": "", "total": ""}] * 200}
    started = time.process_time()
    with pytest.raises(sandbox.TooLong):
        wording.render(Template.DELIVERED, "en", values, source)
    assert time.process_time() - started < 2


def test_the_text_follows_from_the_html_where_none_is_written():
    html = "<p>Hello {{ name }},</p>{{ goods(lines) }}<p><a href='{{ order_url }}'>See it</a></p>"
    words = wording.render(Template.DELIVERED, "en", sample(), Source("x", "", html))
    assert words.text.startswith("shop\n\nHello name,")
    assert "quantity × name" in words.text
    assert "See it (https://example.com/)" in words.text
    assert "<" not in words.text
