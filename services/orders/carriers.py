"""Carriers and the public page that tracks a parcel.

The addresses are facts that the carriers publish; those of the couriers outside France are as the open data set
`tracking_number_data` lists them, La Poste, Chronopost and Royal Mail are from the carriers' own pages.
"""

from __future__ import annotations

from urllib.parse import quote

# name as shown -> page; {number} is the tracking number
PAGES: dict[str, str] = {
    "La Poste": "https://www.laposte.fr/outils/suivre-vos-envois?code={number}",
    "Colissimo": "https://www.laposte.fr/outils/suivre-vos-envois?code={number}",
    "Chronopost": "https://www.chronopost.fr/tracking-no-cms/suivi-page?listeNumerosLT={number}",
    "DPD": "https://www.dpdgroup.com/nl/mydpd/my-parcels/track?lang=en&parcelNumber={number}",
    "DHL": "https://www.dhl.com/en/express/tracking.html?brand=DHL&AWB={number}",
    "UPS": "https://wwwapps.ups.com/WebTracking/track?track=yes&trackNums={number}",
    "FedEx": "https://www.fedex.com/apps/fedextrack/?tracknumbers={number}",
    "USPS": "https://tools.usps.com/go/TrackConfirmAction?tLabels={number}",
    "Royal Mail": "https://www.royalmail.com/track-your-item#/tracking-results/{number}",
    "Yodel": "https://www.yodel.co.uk/tracking/{number}",
    "Canada Post": "https://www.canadapost-postescanada.ca/track-reperage/en#/search?searchFor={number}",
    "Purolator": "https://www.purolator.com/en/shipping/tracker?searchValue={number}",
    "Canpar": "https://www.canpar.com/en/track/tracking.jsp?reference={number}&locale=en",
    "OnTrac": "https://www.ontrac.com/tracking/?number={number}",
    "YunExpress": "https://www.yuntrack.com/parcelTracking?id={number}",
}


def tracking_url(carrier: str, number: str) -> str:
    """The page that tracks a parcel; empty without a number, or for a carrier we do not know."""
    cleaned = "".join(number.split())
    if not cleaned:
        return ""
    words = _plain(carrier)
    for name, page in PAGES.items():
        if f" {_plain(name)} " in f" {words} ":
            return page.format(number=quote(cleaned, safe=""))
    return ""


def _plain(text: str) -> str:
    """Lower case words, one space between."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())
