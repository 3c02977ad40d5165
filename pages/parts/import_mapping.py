"""What a file was recognised as, and for a table what its columns mean: guessed, shown with samples, put right here."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

import streamlit as st

from pages.parts.import_words import field_name
from services.imports import planning
from services.imports.guessing import STATUS_WORDS, Guess, Question
from services.imports.headers import Field
from services.imports.mapping import Mapping
from services.imports.opening import accented_samples
from services.imports.recognition import Format, Recognised, recognise
from services.language import _
from services.orders import words
from services.orders.statuses import FulfilmentStatus, PaymentStatus
from services.shop import Shop

TITLES = {
    Format.SHOPIFY: "Shopify",
    Format.WOOCOMMERCE: "WooCommerce",
    Format.ECWID: "Ecwid",
    Format.COMPTOIR: "Comptoir",
}


def recognised(paths: Sequence[Path]) -> list[Recognised]:
    """What the files are, said on the screen. Raises `Invalid` with a sentence for what is no orders."""
    found = [recognise(path) for path in paths]
    for one in found:
        said = f"<b>{escape(one.file.name)}</b><span>{escape(_said(one))}</span>"
        st.html(f"<div class='ct-notice ct-notice-good'>{said}</div>")
    return found


def _said(one: Recognised) -> str:
    kind = TITLES.get(one.format) or _("A table")
    parts = [kind]
    if one.layout is None:
        parts.append(one.shape.value.upper())
    else:
        parts.append(_("separated by {sign}", sign={"\t": _("tabs")}.get(one.layout.delimiter, one.layout.delimiter)))
    if one.encoding:
        parts.append(one.encoding)
    samples = accented_samples(one.file) if one.encoding and one.encoding.lower() not in ("utf-8", "utf-8-sig") else []
    if samples:
        parts.append(_("read as {samples}", samples=", ".join(samples)))
    return " · ".join(parts)


def ask(shop: Shop, files: Sequence[Recognised]) -> Mapping | None:
    """The mapping of a table as it stands on the screen; None for a format that needs none."""
    if any(one.format is not Format.TABLE for one in files):
        return None
    paths = [one.file.path for one in files]
    guess = planning.plan(shop, paths)
    corrected = _columns(guess)
    return guess.mapping.corrected(fields=corrected, answers=_questions(guess), status_words=_status_words(guess))


def _columns(guess: Guess) -> dict[str, str]:
    """Field -> column, as put right; a field that lost its column is empty."""
    names = {field_name(field): field.value for field in Field}
    known = {column: field for field, column in guess.mapping.fields.items()}
    said = {value: name for name, value in names.items()}
    rows = [
        {
            "column": one.column,
            "samples": " · ".join(sample for sample in one.samples if sample)[:90],
            "field": said.get(known.get(one.column, "")),
        }
        for one in guess.columns
    ]
    st.html(f"<h3 class='ct-small'>{escape(_('What the columns mean'))}</h3>")
    edited = st.data_editor(
        rows,
        key=f"columns_{guess.mapping.header_hash}",
        hide_index=True,
        placeholder="—",
        disabled=["column", "samples"],
        height=min(420, 37 + 35 * len(rows)),
        column_config={
            "column": st.column_config.TextColumn(_("Column")),
            "samples": st.column_config.TextColumn(_("Samples"), width="large"),
            "field": st.column_config.SelectboxColumn(_("Means"), options=list(names), width="medium"),
        },
    )
    chosen = {names[row["field"]]: row["column"] for row in edited if row.get("field")}
    return {**dict.fromkeys(guess.mapping.fields, ""), **chosen}


def _questions(guess: Guess) -> dict[str, str]:
    """Answers by name; what is proposed stands there already, what is open waits."""
    answers = {}
    asked = [one for one in guess.questions if one.choices and one.name != STATUS_WORDS]
    for row in range(0, len(asked), 2):
        for column, one in zip(st.columns(2), asked[row : row + 2], strict=False):
            with column:
                chosen = _question(one)
            if chosen:
                answers[one.name] = chosen
    return answers


def _question(one: Question) -> str:
    values = [value for value, _said in one.choices]
    titles = dict(one.choices)
    chosen = st.selectbox(
        one.text,
        values,
        values.index(one.proposed) if one.proposed in values else None,
        format_func=lambda value: _choice(one.name, value, titles[value]),
        key=f"answer_{one.name}",
        placeholder=_("Please choose"),
    )
    return chosen or ""


def _choice(name: str, value: str, title: str) -> str:
    if name == "payment_status":
        return words.payment_status(value)
    if name == "fulfilment_status":
        return words.fulfilment_status(value)
    return title


def _status_words(guess: Guess) -> dict[str, tuple[str, str]]:
    """What the table's own status words mean, where we do not know them."""
    given = {}
    for word in next((dict(one.choices) for one in guess.questions if one.name == STATUS_WORDS), {}):
        st.html(f"<h3 class='ct-small'>{escape(_('The status “{word}” means', word=word))}</h3>")
        left, right = st.columns(2)
        payment = left.selectbox(
            _("Payment"),
            list(PaymentStatus),
            None,
            format_func=words.payment_status,
            key=f"payment_{word}",
            placeholder=_("Says nothing about it"),
        )
        goods = right.selectbox(
            _("Fulfilment"),
            list(FulfilmentStatus),
            None,
            format_func=words.fulfilment_status,
            key=f"fulfilment_{word}",
            placeholder=_("Says nothing about it"),
        )
        if payment or goods:
            given[word] = (payment.value if payment else "", goods.value if goods else "")
    return given
