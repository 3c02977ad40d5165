"""Carriers by name, and the public page that tracks a parcel.

The addresses are facts that the carriers publish; those of the couriers outside Europe are as the open data set
`tracking_number_data` lists them, the others are from the carriers' own pages.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

# name as shown -> page; {number} is the tracking number. The order is that of the choice in the form.
PAGES: dict[str, str] = {
    "La Poste": "https://www.laposte.fr/outils/suivre-vos-envois?code={number}",
    "Colissimo": "https://www.laposte.fr/outils/suivre-vos-envois?code={number}",
    "Chronopost": "https://www.chronopost.fr/tracking-no-cms/suivi-page?listeNumerosLT={number}",
    "Mondial Relay": "https://www.mondialrelay.fr/suivi-de-colis?numeroExpedition={number}",
    "DPD": "https://www.dpdgroup.com/nl/mydpd/my-parcels/track?lang=en&parcelNumber={number}",
    "GLS": "https://gls-group.com/track/{number}",
    "DHL": "https://www.dhl.com/en/express/tracking.html?brand=DHL&AWB={number}",
    "UPS": "https://wwwapps.ups.com/WebTracking/track?track=yes&trackNums={number}",
    "FedEx": "https://www.fedex.com/apps/fedextrack/?tracknumbers={number}",
    "USPS": "https://tools.usps.com/go/TrackConfirmAction?tLabels={number}",
    "Royal Mail": "https://www.royalmail.com/track-your-item#/tracking-results/{number}",
    "Yodel": "https://www.yodel.co.uk/tracking/{number}",
    "Deutsche Post": "https://www.deutschepost.de/de/s/sendungsverfolgung.html?piececode={number}",
    "bpost": "https://track.bpost.cloud/btr/web/#/search?itemCode={number}",
    "PostNL": "https://postnl.nl/tracktrace/?B={number}",
    "Canada Post": "https://www.canadapost-postescanada.ca/track-reperage/en#/search?searchFor={number}",
    "Purolator": "https://www.purolator.com/en/shipping/tracker?searchValue={number}",
    "Canpar": "https://www.canpar.com/en/track/tracking.jsp?reference={number}&locale=en",
    "OnTrac": "https://www.ontrac.com/tracking/?number={number}",
    "YunExpress": "https://www.yuntrack.com/parcelTracking?id={number}",
}

# what the rule files call a carrier -> what merchants call it
_ALSO = {
    "United States Postal Service": "USPS",
    "Royal Mail Group plc": "Royal Mail",
    "La Poste Suisse": "",
    "La Poste Monaco": "La Poste",
}


@lru_cache(maxsize=1024)
def known_as(carrier: str) -> str:
    """The name in `PAGES` of a carrier that somebody typed or a rule names; empty for one that we do not know."""
    if carrier in _ALSO:
        return _ALSO[carrier]
    words = _plain(carrier)
    return next((name for name in PAGES if f" {_plain(name)} " in f" {words} "), "")


def tracking_url(carrier: str, number: str) -> str:
    """The page that tracks a parcel; empty without a number, or for a carrier we do not know."""
    cleaned = "".join(number.split())
    page = PAGES.get(known_as(carrier), "")
    return page.format(number=quote(cleaned, safe="")) if cleaned and page else ""


def _plain(text: str) -> str:
    """Lower case words, one space between."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())
