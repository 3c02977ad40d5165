"""How the demo shop's customers pay: six methods, who may use them, and why a payment failed."""

from __future__ import annotations

import numpy as np

from services.demo.columns import Bools, Ints
from services.demo.dice import Dice
from services.demo.places import COUNTRIES

CARD, PAYPAL, TRANSFER, CHEQUE, KLARNA, CASH_ON_DELIVERY = range(6)
# (key, English label, French label, provider, weight)
METHODS = (
    ("card", "Credit card", "Carte bancaire", "stripe", 0.47),
    ("paypal", "PayPal", "PayPal", "paypal", 0.25),
    ("bank_transfer", "Bank transfer", "Virement bancaire", "", 0.08),
    ("cheque", "Cheque", "Chèque", "", 0.05),
    ("klarna", "Klarna", "Klarna", "klarna", 0.09),
    ("cash_on_delivery", "Cash on delivery", "Paiement à la livraison", "", 0.06),
)
_ONLY_IN = {CHEQUE: {"FR"}, CASH_ON_DELIVERY: {"FR", "BE"}, KLARNA: {"FR", "BE", "DE", "ES", "IT", "NL", "PT", "GB"}}

# method -> (English, French), as the provider would tell a merchant
REASONS = {
    CARD: (
        ("The bank refused the payment: not enough money.", "La banque a refusé le paiement : provision trop faible."),
        ("The card has expired.", "La carte est expirée."),
        ("The customer did not confirm the payment with the bank (3-D Secure).",
         "Le client n’a pas confirmé le paiement auprès de sa banque (3-D Secure)."),
        ("The bank refused the payment and gave no reason.", "La banque a refusé le paiement sans motif."),
        ("The security code is wrong.", "Le cryptogramme est erroné."),
    ),
    PAYPAL: (
        ("The customer left PayPal before paying.", "Le client a quitté PayPal avant de payer."),
        ("PayPal could not charge the customer's card.", "PayPal n’a pas pu débiter la carte du client."),
        ("The customer's PayPal account is limited.", "Le compte PayPal du client est limité."),
    ),
    KLARNA: (
        ("Klarna did not accept the purchase.", "Klarna n’a pas accepté l’achat."),
        ("The customer did not finish the payment with Klarna.", "Le client n’a pas terminé le paiement chez Klarna."),
    ),
}  # fmt: skip


def methods(dice: Dice, numbers: Ints, customers: Ints, country: Ints, has_goods: Bools) -> Ints:
    """Each order's method, as a place in `METHODS`: mostly the customer's usual one, and possible for the order."""
    weights = [entry[4] for entry in METHODS]
    usual = dice.weighted(customers, "usual method", weights)
    method = np.where(dice.happens(numbers, "another method", 0.25), dice.weighted(numbers, "method", weights), usual)
    for one, codes in _ONLY_IN.items():
        allowed = np.array([place.code in codes for place in COUNTRIES])[country]
        method[(method == one) & ~allowed] = CARD
    method[~has_goods & ~np.isin(method, (CARD, PAYPAL))] = CARD
    return method


def is_online(method: Ints) -> Bools:
    """Paid at once through a provider."""
    return np.isin(method, (CARD, PAYPAL, KLARNA))
