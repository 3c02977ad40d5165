"""A test mail, for the Settings page: goes the way of every mail, so that it proves the way."""

from __future__ import annotations

from data import messages
from data.ids import new_id
from data.store import Row
from services import clock
from services.errors import Invalid, store_errors
from services.language import _
from services.messages import drafting, letter, outbox
from services.messages.kinds import Template
from services.messages.sendgrid_edge import is_address
from services.messages.states import MessageEventKind
from services.messages.wording import line, render
from services.messages.worker import mail_is_set_up
from services.people import Actor
from services.profile import profile
from services.shop import Shop


def test_mail(shop: Shop, to: str, actor: Actor) -> Row:
    """Put a test mail to `to` in the outbox; the message, whose state tells how it goes. Raises `Invalid` when no
    mail can leave yet, or `to` is no address."""
    recipient, now = line(to), clock.now()
    with store_errors(), shop.store.write() as write:
        the_profile = profile(write, shop.settings)
        if not mail_is_set_up(shop.settings, the_profile):
            raise Invalid(_("Mail is not set up: it takes a SendGrid key and a sender address."))
        if the_profile.rule("is_frozen"):
            raise Invalid(_("The shop is frozen: nothing leaves, no test mail either. Resume it first."))
        if not is_address(recipient):
            sentence = _("“{address}” is not an e-mail address.", address=recipient)
            raise Invalid(sentence, {"to": sentence})
        speak = the_profile.language
        words = render(Template.TEST_MAIL, speak, letter.frame(the_profile, speak))
        row = drafting.row(
            Template.TEST_MAIL,
            words,
            speak,
            to=recipient,
            sender=the_profile.sender_email,
            now=now,
            send_after=now,
            key=f"{Template.TEST_MAIL}:{new_id()}",
        )
        outbox.put(write, [row])
        messages.note(write, [(row["id"], MessageEventKind.SENT_NOW.value, actor.name)], now)
    return outbox.message(shop, row["id"])
