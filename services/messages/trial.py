"""A test mail, ours or of a template that is being written: goes the way of every mail, so that it proves the way."""

from __future__ import annotations

from collections.abc import Callable

from data import messages
from data.ids import new_id
from data.store import Row
from services import clock
from services.errors import Invalid, store_errors
from services.language import _
from services.messages import drafting, letter, outbox
from services.messages.kinds import Template
from services.messages.parts import Words
from services.messages.sendgrid_edge import is_address
from services.messages.states import MessageEventKind
from services.messages.wording import line, render
from services.messages.worker import mail_is_set_up
from services.people import Actor
from services.profile import Profile, profile
from services.shop import Shop


def test_mail(shop: Shop, to: str, actor: Actor) -> Row:
    """Put a test mail to `to` in the outbox; the message, whose state tells how it goes. Raises `Invalid` when no
    mail can leave yet, or `to` is no address."""

    def words(rules: Profile) -> Words:
        return render(Template.TEST_MAIL, rules.language, letter.frame(rules, rules.language))

    return send(shop, words, to, actor)


def send(shop: Shop, words: Callable[[Profile], Words], to: str, actor: Actor, speak: str = "") -> Row:
    """Put a mail with these words, in the language `speak` (the shop's when empty), in the outbox as a test mail that
    leaves at once; the message. Raises `Invalid` as above."""
    recipient, now = line(to), clock.now()
    with store_errors(), shop.store.write() as write:
        rules = profile(write, shop.settings)
        if not mail_is_set_up(shop.settings, rules):
            raise Invalid(_("Mail is not set up: it takes a SendGrid key and a sender address."))
        if rules.rule("is_frozen"):
            raise Invalid(_("The shop is frozen: nothing leaves, no test mail either. Resume it first."))
        if not is_address(recipient):
            sentence = _("“{address}” is not an e-mail address.", address=recipient)
            raise Invalid(sentence, {"to": sentence})
        row = drafting.row(
            Template.TEST_MAIL,
            words(rules),
            speak or rules.language,
            to=recipient,
            sender=rules.sender_email,
            now=now,
            send_after=now,
            key=f"{Template.TEST_MAIL}:{new_id()}",
        )
        outbox.put(write, [row])
        messages.note(write, [(row["id"], MessageEventKind.SENT_NOW.value, actor.name)], now)
    return outbox.message(shop, row["id"])
