"""What the buyer of a gift card said on its line: for whom, from whom, with which words, on which day.

Shops name such options as they please, in the customer's language; the usual names are known here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from services.orders.order import Line

LONGEST_MESSAGE = 2000  # characters
_EMAIL = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+\.[^\s@<>,;\".]+")

# words of an option's name, folded, that say what it holds; the first field that fits takes it
_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("email", ("mail", "courriel")),
    ("day", ("date", "send on", "delivery day", "deliver on", "envoi", "envoyer le", "jour", "livraison le", "day")),
    ("message", ("message", "mot", "note", "text", "texte", "greeting", "dedicace", "voeux")),
    ("sender", ("sender", "from", "expediteur", "de la part", "offert par", "de", "your name", "votre nom")),
    ("name", ("recipient", "destinataire", "beneficiaire", "to", "pour", "for", "a", "name", "nom", "prenom")),
)
_SHORT = {"to", "de", "a", "mot", "for", "from", "nom", "day", "pour", "date"}
_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y/%m/%d", "%d/%m/%y")
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january janvier jan janv", "february fevrier feb fevr", "march mars mar", "april avril apr avr", "may mai",
         "june juin jun", "july juillet jul juil", "august aout aug", "september septembre sep sept",
         "october octobre oct", "november novembre nov", "december decembre dec"), 1
    )
    for name in names.split()
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Present:
    """What was said; empty where nothing was. `day` None: at once."""

    email: str = ""
    name: str = ""
    sender: str = ""
    message: str = ""
    day: date | None = None


def present(line: Line) -> Present:
    """What the options of a gift card's line say. An address that is none is left out: the card then goes to the
    buyer."""
    said: dict[str, str] = {}
    for name, value in line.options:
        field = _field(name)
        if field and value.strip():
            said.setdefault(field, value.strip())
    found = _EMAIL.search(said.get("email", ""))
    return Present(
        email=found[0] if found else "",
        name=said.get("name", "")[:200],
        sender=said.get("sender", "")[:200],
        message=said.get("message", "")[:LONGEST_MESSAGE],
        day=_day(said.get("day", "")),
    )


def _field(name: str) -> str:
    folded = _folded(name)
    words = set(re.findall(r"[a-z]+", folded))
    for field, known in _WORDS:
        if any((word in words) if word in _SHORT else (word in folded) for word in known):
            # "sender's e-mail" is not where the card goes
            is_senders = field == "email" and ({"sender", "from", "your", "votre", "expediteur"} & words)
            return "" if is_senders else field
    return ""


def _day(text: str) -> date | None:
    told = text.strip().split("T")[0]
    for form in _FORMATS:
        try:
            return datetime.strptime(told, form).date()
        except ValueError:
            continue
    words = re.findall(r"[a-z]+|[0-9]+", _folded(told))
    numbers = [int(word) for word in words if word.isdigit()]
    month = next((_MONTHS[word] for word in words if word in _MONTHS), None)
    year, day = max(numbers, default=0), min(numbers, default=0)
    if month is None or len(numbers) != 2 or year < 1000:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _folded(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text).lower() if not unicodedata.combining(c))
