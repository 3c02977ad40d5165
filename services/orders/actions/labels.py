"""What a caller writes on a parcel: carrier, tracking number and link, the carrier recognised where none is given."""

from __future__ import annotations

from services.carriers.pages import known_as, tracking_url
from services.carriers.recognising import has_rules, is_mistyped, recognised, sole
from services.carriers.shapes import may_be_of
from services.language import _
from services.messages.wording import web_link
from services.orders.body import LINE, Body
from services.orders.plan import Label

LONGEST_LINK = 2_000  # characters


def read(body: Body, method: str, before: Label | None = None) -> Label:
    """`carrier`, `tracking_number` and `tracking_url` of a body; what is not given stays as it was `before`. An empty
    carrier is the one that the number is surely of, and the link is its page, or that of the shipping `method`."""
    was = before or Label("", "", "")
    number = body.text("tracking_number", LINE).strip() if body.has("tracking_number") else was.tracking_number
    body.value("tracking_number")
    is_same = number == was.tracking_number
    carrier = body.text("carrier", LINE).strip() if body.has("carrier") else was.carrier if is_same else ""
    body.value("carrier")
    link = body.text("tracking_url", LONGEST_LINK).strip()
    if link and not web_link(link):
        body.fault("tracking_url", _("This is not a web address such as https://example.com/track/123."))
    if not carrier and number and not is_same:
        carrier = carrier_of(number, method)
    if not link and is_same and carrier == was.carrier:
        link = was.tracking_url
    return Label(carrier, number, link or page_of(carrier, number, method))


def carrier_of(number: str, method: str = "") -> str:
    """The carrier of a number: the one that the shipping method names when it may well be, else the one it surely is;
    empty where there is doubt."""
    named = known_as(method)
    if may_be_of(named, number):
        return named
    likely = {guess.name for guess in recognised(number) if guess.holds is not False}
    if named and any(tracking_url(name, "1") == tracking_url(named, "1") for name in likely):
        return named
    guess = sole(number)
    return guess.name if guess else ""


def page_of(carrier: str, number: str, method: str = "") -> str:
    """The page that tracks a parcel: the carrier's own, that of the shipping method, or the one in the rules."""
    page = tracking_url(carrier or method, number)
    if page or not number:
        return page
    return next((guess.url for guess in recognised(number) if guess.name == carrier and guess.holds is not False), "")


def doubts(label: Label, method: str = "") -> tuple[str, ...]:
    """What to look at again before the parcel goes out under this number; nothing of it forbids the step. A shipping
    `method` of a carrier whose numbers we do not know is believed."""
    if not label.tracking_number:
        return ()
    named = known_as(method)
    if is_mistyped(label.tracking_number, label.carrier or ("" if has_rules(named) else named)):
        return (_("The check digit of this tracking number is wrong: compare it with the label."),)
    if may_be_of(known_as(label.carrier), label.tracking_number):
        return ()
    guess = sole(label.tracking_number)
    if guess and known_as(label.carrier) and guess.url.split("//")[-1].split("/")[0] not in label.tracking_url:
        said = _("This looks like a number of {guess}, not of {carrier}.", guess=guess.name, carrier=label.carrier)
        return (said,)
    return ()
