"""What customers and staff of the demo shop write: comments, notes, tags, reasons. (English, French)."""

COMMENTS = (
    ("Please leave it with the neighbour if I am out.", "Merci de laisser le colis chez le voisin."),
    ("It is a present: no invoice, please.", "C’est un cadeau : pas de facture, s’il vous plaît."),
    ("Could it arrive before Saturday?", "Est-ce possible de recevoir la commande avant samedi ?"),
    ("The bell does not work, please ring me.", "La sonnette ne marche pas, merci de m’appeler."),
    ("Thank you for your lovely shop!", "Merci pour votre jolie boutique !"),
    ("Please wrap the two mugs apart.", "Merci d’emballer les deux tasses séparément."),
    ("Please write on the card: Happy birthday, Mum.", "Sur la carte : « Bon anniversaire Maman »."),
    ("Third floor, no lift, sorry.", "Troisième étage sans ascenseur, désolé."),
    ("Wrong colour last week, this is the right one.", "Mauvaise couleur la semaine dernière, celle-ci est la bonne."),
)  # fmt: skip
NOTES = (
    ("Customer rang: wants to change the address. Done.", "La cliente a appelé pour changer d’adresse. C’est fait."),
    ("Last one on the shelf, order more.", "Le dernier en rayon, à recommander."),
    ("Put in a small soap as a thank-you.", "Glisser un petit savon en remerciement."),
    ("Packed with double paper, fragile.", "Emballé en double papier, fragile."),
    ("Regular customer, hand-written card.", "Cliente fidèle, carte manuscrite."),
    ("Wrote to ask for the door code.", "Écrit pour demander le code de la porte."),
    ("Collected together with the order before.", "Regroupée avec la commande précédente."),
)  # fmt: skip
HOLDS = (
    ("Out of stock until the potter delivers.", "En rupture, en attente du potier."),
    ("Address looks incomplete, waiting for an answer.", "Adresse incomplète, réponse attendue."),
    ("Customer asked to wait until the end of the month.", "La cliente demande d’attendre la fin du mois."),
)  # fmt: skip
REFUNDS = (
    ("Arrived broken", "Article arrivé cassé"),
    ("Missing from the parcel", "Article manquant dans le colis"),
    ("Colour differs from the picture", "Couleur différente de la photo"),
)  # fmt: skip
RETURNED = ("Sent back within the legal period", "Rétractation dans le délai légal")
REGRETTED = ("The customer changed their mind", "Le client a changé d’avis")
NEVER_PAID = ("No payment received", "Aucun paiement reçu")
STAFF = ("Élise", "Camille")
# (tag, what has it)
TAGS = (("gift", "cadeau"), ("professional", "professionnel"), ("fragile", "fragile"), ("press", "presse"))
