"""The shop's mails in its own words: choose one, change it, see it on a real order, send it to oneself, keep it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import streamlit as st

from pages.parts import asking, broken_templates, flash, mail_frame
from pages.parts.broken_templates import language_name
from pages.parts.components import written
from pages.parts.pairs import lines
from pages.parts.running import acting, drawing
from services import shop as shops
from services.errors import Invalid, ShopError
from services.language import LANGUAGES, _, moment
from services.messages import editing, fields
from services.messages import words as mail_words
from services.messages.kinds import Template
from services.messages.parts import Part, Source

KINDS = editing.EDITABLE


@dataclass(frozen=True)
class Chosen:
    """Which template is on the screen."""

    template: Template
    speak: str

    @property
    def key(self) -> str:
        """Its part in the keys of the fields: each template has fields of its own."""
        return f"{self.template}_{self.speak}"


@drawing
def show() -> None:
    st.html(f"<style>{written('order.css')}</style>")
    st.title(_("Mail templates"))
    with st.empty():  # the place is there without a sentence too: tabs that move begin at the first again
        flash.show()
    broken_templates.show()
    chosen = _choose()
    standing = editing.standing(shops.current(), chosen.template, chosen.speak)
    left, right = st.columns(2, gap="medium")
    with left:
        source = _editor(chosen, standing)
    with right:
        _preview(chosen, source)
    _below(chosen)


def _choose() -> Chosen:
    own = editing.changed(shops.current())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        template = st.selectbox(
            _("Mail"),
            KINDS,
            format_func=lambda kind: _named(kind, own),
            key="template",
            width=360,
        )
        speak = st.segmented_control(
            _("Language"),
            LANGUAGES,
            default=shops.current().profile().language,
            format_func=language_name,
            key="template_language",
            required=True,
        )
    return Chosen(template, speak)


def _named(kind: Template, own: set[tuple[Template, str]]) -> str:
    said = mail_words.template(kind)
    return f"{said} · {_('changed')}" if any(template is kind for template, _speak in own) else said


def _editor(chosen: Chosen, standing: editing.Standing) -> Source:
    """The fields; what stands in them now."""
    faults = st.session_state.get("template_faults", {})
    key = f"{chosen.key}_{st.session_state.get('template_round', 0)}"
    with st.container(key="card_template"):
        if standing.is_own:
            st.html(f"<div class='ct-under'>{escape(_('These are your words.'))}</div>")
        subject = st.text_input(_("Subject"), standing.source.subject, key=f"subject_{key}")
        _fault(faults, Part.SUBJECT)
        html_tab, text_tab = st.tabs([_("Designed"), _("Plain text")])
        with html_tab:
            html = st.text_area(_("HTML"), standing.source.html, key=f"html_{key}", height=420)
            _fault(faults, Part.HTML)
        with text_tab:
            text = st.text_area(
                _("Plain text; when it is empty it follows from the HTML"),
                standing.source.text,
                key=f"text_{key}",
                height=420,
            )
            _fault(faults, Part.TEXT)
        source = Source(subject, text, html)
        with st.container(horizontal=True):
            st.button(_("Keep it"), type="primary", key="template_save", on_click=_save, args=(chosen, source))
            st.button(
                _("Back to ours"),
                key="template_reset",
                on_click=_reset,
                args=(chosen,),
                disabled=not standing.is_own,
            )
        with st.expander(_("Values that may be named")):
            st.html(lines([(name, fields.meaning(name)) for name in fields.FIELDS]))
            st.html(lines([(f"{name}(…)", "") for name in fields.PIECES]))
    return source


def _fault(faults: dict[str, str], part: Part) -> None:
    if part in faults:
        st.html(f"<div class='ct-notice ct-notice-bad' role='alert'>{escape(faults[part])}</div>")


def _preview(chosen: Chosen, source: Source) -> None:
    shop = shops.current()
    with st.container(key="card_template_preview"):
        number = st.text_input(_("Shown on order"), key="template_order", placeholder=_("the newest one"))
        try:
            words = editing.preview(shop, chosen.template, chosen.speak, source, number)
        except Invalid as error:
            told = error.fields or {"": error.sentence}
            said = "".join(f"<span>{escape(sentence)}</span>" for sentence in told.values())
            st.html(f"<div class='ct-notice ct-notice-bad' role='alert'>{said}</div>")
            return
        except ShopError as error:
            st.html(f"<div class='ct-notice ct-notice-waiting'>{escape(error.sentence)}</div>")
            return
        st.html(lines([(_("Subject"), words.subject)]))
        designed, plain = st.tabs([_("As it looks"), _("As plain text")])
        with designed:
            mail_frame.show(words.html, words.subject, key="template_mail")
        with plain:
            st.code(words.text, language=None, wrap_lines=True)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input(_("Send a test mail to"), shop.profile().merchant_email, key="template_to")
            st.button(_("Send the test"), key="template_try", on_click=_try, args=(chosen, source))


def _below(chosen: Chosen) -> None:
    """Earlier versions, each to take up again."""
    shop = shops.current()
    versions = editing.history(shop, chosen.template, chosen.speak)
    if not versions:
        return
    zone = shop.profile().time_zone
    with st.expander(_("Earlier versions")):
        for row in versions:
            said = _("ours again") if row["is_ours"] else row["subject"]
            with st.container(horizontal=True, vertical_alignment="center"):
                when = moment(row["happened_at"], zone)
                st.html(f"<div>{escape(when)} · {escape(row['actor'])} · {escape(said)}</div>")
                if not row["is_ours"]:
                    source = Source(row["subject"], row["body_text"], row["body_html"])
                    st.button(_("Use this again"), key=f"use_{row['id']}", on_click=_save, args=(chosen, source))


@acting
def _save(chosen: Chosen, source: Source) -> None:
    try:
        editing.save(shops.current(), chosen.template, chosen.speak, source, asking.actor())
    except Invalid as error:
        st.session_state["template_faults"] = dict(error.fields)
        return
    _fresh()
    flash.tell(_("Kept: this mail now says it in your words."))


@acting
def _reset(chosen: Chosen) -> None:
    editing.reset(shops.current(), chosen.template, chosen.speak, asking.actor())
    _fresh()
    flash.tell(_("This mail says it in our words again."))


def _fresh() -> None:
    """Draw the fields anew, from what is kept."""
    st.session_state.pop("template_faults", None)
    st.session_state["template_round"] = st.session_state.get("template_round", 0) + 1


@acting
def _try(chosen: Chosen, source: Source) -> None:
    to = str(st.session_state["template_to"])
    number = str(st.session_state.get("template_order", ""))
    editing.send_trial(shops.current(), chosen.template, chosen.speak, source, number, to, asking.actor())
    flash.tell(_("The test mail to {recipient} is on its way: Messages shows what becomes of it.", recipient=to))


show()
