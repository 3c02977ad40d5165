"""Why payments fail: the codes by which payment providers say so, and which of them mean the same.

The codes are those that the providers publish (Stripe, Adyen, Mollie, PayPal, Braintree, Square, Shopify, the card
schemes' response codes and the codes of SEPA returns); what they mean is said in `services/orders/failures.py`.
"""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why a payment failed, the more telling reason first: of several that a text names the first counts."""

    INSUFFICIENT_FUNDS = "insufficient_funds"
    EXPIRED_CARD = "expired_card"
    WRONG_SECURITY_CODE = "wrong_security_code"
    WRONG_EXPIRY = "wrong_expiry"
    WRONG_NUMBER = "wrong_number"
    WRONG_PIN = "wrong_pin"
    WRONG_ADDRESS = "wrong_address"
    NOT_AUTHENTICATED = "not_authenticated"
    AUTHENTICATION_NEEDED = "authentication_needed"
    LIMIT_EXCEEDED = "limit_exceeded"
    LOST_OR_STOLEN = "lost_or_stolen"
    SUSPECTED_FRAUD = "suspected_fraud"
    BLOCKED_CARD = "blocked_card"
    ACCOUNT_CLOSED = "account_closed"
    WRONG_ACCOUNT = "wrong_account"
    DEBIT_REFUSED = "debit_refused"
    CURRENCY_NOT_SUPPORTED = "currency_not_supported"
    NOT_SUPPORTED = "not_supported"
    DUPLICATE = "duplicate"
    CANCELLED_BY_CUSTOMER = "cancelled_by_customer"
    AUTHORISATION_EXPIRED = "authorisation_expired"
    TIMED_OUT = "timed_out"
    PAYER_ACTION = "payer_action"
    OTHER_MEANS = "other_means"
    PAYER_RESTRICTED = "payer_restricted"
    BANK_UNREACHABLE = "bank_unreachable"
    PROVIDER_TROUBLE = "provider_trouble"
    ASK_THE_BANK = "ask_the_bank"
    DECLINED = "declined"


# Words as they stand in a text once its signs are blanks and its letters small; any of them tells the reason.
CODES: dict[Reason, tuple[str, ...]] = {
    Reason.INSUFFICIENT_FUNDS: (
        "insufficient funds", "insufficient fund", "not enough balance", "not sufficient funds", "insufficient balance",
        "am04", "fonds insuffisants", "provision insuffisante", "solde insuffisant", "not enough money",
        "provision trop faible",
    ),
    Reason.EXPIRED_CARD: (
        "expired card", "card expired", "card has expired", "expired payment instrument", "carte expiree",
        "carte est expiree",
    ),
    Reason.WRONG_SECURITY_CODE: (
        "incorrect cvc", "invalid cvc", "cvc declined", "invalid cvv", "incorrect cvv", "cvv failure", "cvv2 failure",
        "verify cvv failure", "cvv declined", "security code is incorrect", "incorrect security code",
        "security code mismatch", "security code is wrong", "cryptogramme est errone",
    ),
    Reason.WRONG_EXPIRY: (
        "invalid expiry month", "invalid expiry year", "invalid expiry", "invalid expiration", "invalid expiry date",
        "incorrect expiry", "bad expiration",
    ),
    Reason.WRONG_NUMBER: (
        "incorrect number", "invalid number", "invalid card number", "pan failure", "card number is incorrect",
        "no such issuer", "invalid card",
    ),
    Reason.WRONG_PIN: (
        "incorrect pin", "invalid pin", "pin try exceeded", "pin tries exceeded", "allowable pin tries exceeded",
        "offline pin required", "online or offline pin required", "pin validation not possible", "online pin required",
    ),
    Reason.WRONG_ADDRESS: (
        "incorrect zip", "incorrect address", "avs declined", "avs failure", "address verification failure",
        "verify avs failure", "invalid postal code", "avs rejected",
    ),
    Reason.NOT_AUTHENTICATED: (
        "3d not authenticated", "3ds authentication error", "payment intent authentication failure",
        "setup intent authentication failure", "authentication failed", "authentication failure",
        "authentication abandoned", "authentication unavailable acs", "3d secure failed",
        "3ds failed", "three d secure failed", "rreq not received from ds", "authentification echouee",
        "3d secure authentication was not completed", "3d secure not completed",
        "did not confirm the payment with the bank", "n a pas confirme le paiement",
    ),
    Reason.AUTHENTICATION_NEEDED: (
        "authentication required", "card declined verification required", "3d secure required", "sca required",
        "additional authentication required",
    ),
    Reason.LIMIT_EXCEEDED: (
        "card velocity exceeded", "withdrawal count limit exceeded", "withdrawal amount exceeded",
        "withdrawal count exceeded", "transaction limit exceeded", "limit exceeded", "transaction limit",
        "payment limit exceeded", "amount limit exceeded", "card limit exceeded", "exceeds limit",
        "activity limit exceeded", "credit limit exceeded", "plafond depasse", "amount too large",
    ),
    Reason.LOST_OR_STOLEN: ("lost card", "stolen card", "pickup card", "pick up card", "card lost", "card stolen"),
    Reason.SUSPECTED_FRAUD: (
        "fraudulent", "merchant blacklist", "fraud", "fraud cancelled", "acquirer fraud", "issuer suspected fraud",
        "possible fraud", "suspected fraud", "highest risk level", "elevated risk level", "security violation",
        "compliance violation", "blocked by risk", "rejected risk", "cc rejected high risk",
    ),
    Reason.BLOCKED_CARD: (
        "restricted card", "blocked card", "inactive card", "do not try again", "invalid or restricted card",
        "card not active", "card blocked", "card disabled",
    ),
    Reason.ACCOUNT_CLOSED: ("ac04", "account closed", "payer account locked or closed", "closed account"),
    Reason.WRONG_ACCOUNT: ("ac01", "invalid account", "account not found", "no account", "invalid iban"),
    Reason.DEBIT_REFUSED: (
        "md01", "md06", "md07", "ms02", "ms03", "am05", "revocation of authorization", "revocation of auth",
        "revocation of all authorizations", "stop payment order", "debit not authorized", "mandate invalid",
        "refund requested by end customer",
    ),
    Reason.CURRENCY_NOT_SUPPORTED: ("currency not supported", "currency not accepted"),
    Reason.NOT_SUPPORTED: (
        "card not supported", "not permitted", "service not allowed", "transaction not allowed",
        "transaction not permitted", "not supported", "card brand not supported", "invalid card type",
        "card type not accepted", "payment method not available", "no checking account available on card",
        "manually entered payment not supported", "cardholder insufficient permissions",
    ),
    Reason.DUPLICATE: ("duplicate transaction", "duplicate invoice id", "duplicate payment", "duplicate"),
    Reason.CANCELLED_BY_CUSTOMER: (
        "shopper cancelled", "payment method customer decline", "cancelled by customer", "canceled by customer",
        "cancelled by user", "user cancelled", "user canceled", "cancelled", "canceled", "buyer cancelled",
        "customer cancelled", "order not approved", "payer did not approve", "annule par le client",
        "left paypal before paying", "a quitte paypal avant de payer",
    ),
    Reason.AUTHORISATION_EXPIRED: ("charge expired for capture", "authorization expired", "authorisation expired"),
    Reason.TIMED_OUT: (
        "payment intent payment attempt expired", "payment method provider timeout", "session expired",
        "payment expired", "timed out", "timeout", "expired", "not submitted", "payment window closed",
        "did not finish the payment", "n a pas termine le paiement",
    ),
    Reason.PAYER_ACTION: ("payer action required", "requires action"),
    Reason.OTHER_MEANS: (
        "instrument declined", "redirect payer for alternate funding", "payer cannot pay", "payment source declined",
        "payment method provider decline", "max number of payment attempts exceeded",
        "could not charge the customer s card", "n a pas pu debiter la carte",
    ),
    Reason.PAYER_RESTRICTED: (
        "payer account restricted", "payee blocked transaction", "transaction blocked by payee",
        "payee account restricted", "account is limited", "compte paypal du client est limite",
    ),
    Reason.BANK_UNREACHABLE: (
        "issuer not available", "issuer unavailable", "issuer or switch inoperative", "issuer not reachable",
        "bank unavailable", "no response from issuer",
    ),
    Reason.PROVIDER_TROUBLE: (
        "processing error", "acquirer error", "try again later", "reenter transaction", "internal server error",
        "gateway error", "api error", "gateway timeout", "temporary error", "payment intent payment attempt failed",
        "temporarily unavailable",
    ),
    Reason.ASK_THE_BANK: (
        "do not honor", "do not honour", "call issuer", "referral", "no action taken", "approve with id",
        "voice failure", "refused by issuer", "declined non generic", "new account information available",
        "contact your bank", "contact the card issuer",
    ),
    Reason.DECLINED: (
        "card declined", "generic decline", "card was declined", "declined", "refused", "transaction refused",
        "unknown reason", "testmode decline", "carte refusee", "paiement refuse", "payment failed",
        "did not accept the purchase", "n a pas accepte l achat", "refuse le paiement sans motif",
    ),
}  # fmt: skip

# A text that is nothing but such a figure: the card schemes' response codes, and Braintree's.
FIGURES: dict[str, Reason] = {
    "01": Reason.ASK_THE_BANK,
    "04": Reason.BLOCKED_CARD,
    "05": Reason.ASK_THE_BANK,
    "14": Reason.WRONG_NUMBER,
    "41": Reason.LOST_OR_STOLEN,
    "43": Reason.LOST_OR_STOLEN,
    "51": Reason.INSUFFICIENT_FUNDS,
    "54": Reason.EXPIRED_CARD,
    "55": Reason.WRONG_PIN,
    "57": Reason.NOT_SUPPORTED,
    "59": Reason.SUSPECTED_FRAUD,
    "61": Reason.LIMIT_EXCEEDED,
    "62": Reason.BLOCKED_CARD,
    "65": Reason.LIMIT_EXCEEDED,
    "91": Reason.BANK_UNREACHABLE,
    "96": Reason.PROVIDER_TROUBLE,
    "2000": Reason.ASK_THE_BANK,
    "2001": Reason.INSUFFICIENT_FUNDS,
    "2002": Reason.LIMIT_EXCEEDED,
    "2003": Reason.LIMIT_EXCEEDED,
    "2004": Reason.EXPIRED_CARD,
    "2005": Reason.WRONG_NUMBER,
    "2006": Reason.WRONG_EXPIRY,
    "2010": Reason.WRONG_SECURITY_CODE,
    "2038": Reason.DECLINED,
    "2046": Reason.DECLINED,
}
