"""Settings of mail truth: where SendGrid tells what became of mails, and when it did so last."""

from __future__ import annotations

from html import escape

import streamlit as st

from services import clock
from services.inbox import keeping
from services.inbox.letters import Source
from services.language import _, ago, n_
from services.shop import Shop

_PATH = "/webhooks/sendgrid"


def show(shop: Shop) -> None:
    """Draw it."""
    heard = keeping.heard(shop, Source.SENDGRID)
    address = f"{shop.settings.public_url}{_PATH}"
    if not shop.settings.sendgrid_webhook_key:
        said = [
            _("To learn what arrives and what comes back, switch on the signed event webhook in SendGrid."),
            _("Its address is {address}. Put its verification key into SENDGRID_WEBHOOK_KEY.", address=address),
        ]
    elif heard.last_at:
        said = [_("SendGrid told what became of mails {when}.", when=ago(heard.last_at, clock.now()))]
    else:
        said = [_("SendGrid has not told anything yet. Its event webhook goes to {address}.", address=address)]
    if heard.refused:
        said.append(
            n_(
                "{count} webhook was refused: wrong signature.",
                "{count} webhooks were refused: wrong signature.",
                heard.refused,
            )
        )
    st.html(f"<p class='ct-quiet ct-flat'>{'<br>'.join(escape(text) for text in said)}</p>")
