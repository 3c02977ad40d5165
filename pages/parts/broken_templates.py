"""The shop's own mail templates that cannot be used any more, told wherever mails are looked at."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.parts.places import MAIL_TEMPLATES
from services import shop as shops
from services.language import _, conventions, current
from services.messages import editing
from services.messages import words as mail_words


def show(*, has_link: bool = False) -> None:
    """A line for each, with a link to the templates where it `has_link`."""
    link = f" <a href='{MAIL_TEMPLATES.address}' target='_self'>{escape(_('Mail templates'))}</a>" if has_link else ""
    for template, speak, fault in editing.broken(shops.current()):
        said = _(
            "Your template “{template}” ({language}) cannot be used any more, ours is used: {reason}",
            template=mail_words.template(template),
            language=language_name(speak),
            reason=fault.sentence,
        )
        st.html(f"<div class='ct-notice ct-notice-bad'><span>{escape(said)}{link}</span></div>")


def language_name(code: str) -> str:
    """What a language is called in the one in use, as a title."""
    return str(conventions(current()).languages.get(code, code)).capitalize()
