"""Failed payments in plain words: what a provider's code means and what helps, beside the text as it came."""

from __future__ import annotations

import re
import unicodedata

from services.language import _
from services.orders.failure_codes import CODES, FIGURES, Reason

PRIVATE = frozenset({Reason.LOST_OR_STOLEN, Reason.SUSPECTED_FRAUD, Reason.BLOCKED_CARD, Reason.PAYER_RESTRICTED})
"""Reasons that a customer is not told: they may be a thief, or wrongly taken for one."""


def reason_of(text: str) -> Reason | None:
    """The reason that a provider's code or message names; None when we know none of its words."""
    words = _folded(text)
    figure = re.fullmatch(r"(?:code |error |response code )?([0-9]{2,4})", words)
    if figure:
        return FIGURES.get(figure[1])
    return next((why for why, names in CODES.items() if any(f" {name} " in f" {words} " for name in names)), None)


def explained(text: str) -> str:
    """What happened, for the merchant, in a sentence or two; empty when nobody knows."""
    why = reason_of(text)
    return _sentences()[why] if why else ""


def for_customer(text: str) -> str:
    """What the customer may be told of it, in a sentence; never the code itself."""
    why = reason_of(text)
    if why is None or why in PRIVATE:
        return _("The payment was declined. The bank that issued the card or holds the account can say why.")
    return _sentences()[why]


def _folded(text: str) -> str:
    """Small letters without accents; everything but letters and digits a single blank, 3-D Secure in one spelling."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", bare)).replace("3 d secure", "3d secure")


def _sentences() -> dict[Reason, str]:
    return {
        Reason.INSUFFICIENT_FUNDS: _("There is not enough money on the account. Another card or a later try may help."),
        Reason.EXPIRED_CARD: _("The card has expired. Another card is needed."),
        Reason.WRONG_SECURITY_CODE: _("The security code on the back of the card was wrong. A new try may help."),
        Reason.WRONG_EXPIRY: _("The expiry date of the card was wrong. A new try may help."),
        Reason.WRONG_NUMBER: _("The card number was wrong. A new try may help."),
        Reason.WRONG_PIN: _("The PIN was wrong or was not asked for. A new try may help."),
        Reason.WRONG_ADDRESS: _("The billing address does not match the one that the bank knows."),
        Reason.NOT_AUTHENTICATED: _(
            "The bank could not make sure that it was the cardholder: the confirmation (3-D Secure) failed or was "
            "not finished."
        ),
        Reason.AUTHENTICATION_NEEDED: _(
            "The bank asks the cardholder to confirm the payment (3-D Secure). The payment must be made again."
        ),
        Reason.LIMIT_EXCEEDED: _("The payment is above a limit of the card. Another card or a later try may help."),
        Reason.LOST_OR_STOLEN: _("The card is reported lost or stolen. Do not ship before you know who you deal with."),
        Reason.SUSPECTED_FRAUD: _("The payment was stopped on suspicion of fraud. Look closely before you accept it."),
        Reason.BLOCKED_CARD: _("The bank has blocked or restricted the card. Another card is needed."),
        Reason.ACCOUNT_CLOSED: _("The account is closed. Another way to pay is needed."),
        Reason.WRONG_ACCOUNT: _("The bank does not know the account. Its number is probably wrong."),
        Reason.DEBIT_REFUSED: _("The direct debit was refused or taken back. A new permission is needed."),
        Reason.NOT_SUPPORTED: _("This card or account cannot be used for this kind of payment. Another one is needed."),
        Reason.CURRENCY_NOT_SUPPORTED: _("The card cannot be charged in this currency. Another card is needed."),
        Reason.DUPLICATE: _("The same payment had just been made. Check whether the money came already."),
        Reason.CANCELLED_BY_CUSTOMER: _("The payment was broken off before it was confirmed."),
        Reason.TIMED_OUT: _("The payment was not finished in time."),
        Reason.AUTHORISATION_EXPIRED: _("The authorisation ran out before the money was taken."),
        Reason.PAYER_ACTION: _("The payer must still confirm the payment at the provider."),
        Reason.OTHER_MEANS: _(
            "The provider could not take the money from this card or account. Another one is needed."
        ),
        Reason.PAYER_RESTRICTED: _("The account of the payer or of the shop is restricted at the payment provider."),
        Reason.BANK_UNREACHABLE: _("The bank could not be reached. A later try may help."),
        Reason.PROVIDER_TROUBLE: _("The payment provider had a trouble of its own. A later try may help."),
        Reason.ASK_THE_BANK: _("The bank declined without saying why. Only the cardholder can ask it."),
        Reason.DECLINED: _("The payment was declined, and no reason was given."),
    }
