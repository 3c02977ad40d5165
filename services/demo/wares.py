"""What the demo shop sells: 200 wares of one house shop, in French and English, with prices in euros."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from services.orders.statuses import Kind

# (code, English, French): said the same for every gender
_COLOURS = (
    ("BLN", "midnight blue", "bleu nuit"), ("OCR", "ochre", "ocre"), ("SAU", "sage green", "vert sauge"),
    ("TER", "terracotta", "terracotta"), ("BLC", "off-white", "blanc cassé"), ("ANT", "charcoal", "anthracite"),
)  # fmt: skip
_SCENTS = (
    ("FIG", "fig", "figuier"), ("ORA", "orange blossom", "fleur d’oranger"), ("LAV", "lavender", "lavande"),
    ("CED", "cedar", "cèdre"), ("VER", "verbena", "verveine"), ("ROS", "rose", "rose"),
)  # fmt: skip
_TEAS = (
    ("EAR", "Earl Grey", "Earl Grey"), ("MEN", "mint", "menthe"), ("ROO", "vanilla rooibos", "rooibos vanille"),
    ("SEN", "sencha", "sencha"), ("CAM", "camomile", "camomille"), ("CHA", "chai", "chaï"),
)  # fmt: skip
_JAMS = (
    ("ABR", "apricot", "abricot"), ("FIG", "fig", "figue"), ("FRA", "strawberry", "fraise"),
    ("FRB", "raspberry", "framboise"), ("MYR", "blueberry", "myrtille"), ("ORA", "bitter orange", "orange amère"),
)  # fmt: skip
_HONEYS = (
    ("LAV", "lavender", "lavande"), ("CHT", "chestnut", "châtaignier"), ("ACA", "acacia", "acacia"),
    ("MON", "mountain", "montagne"), ("TIL", "lime tree", "tilleul"), ("THY", "thyme", "thym"),
)  # fmt: skip
_SIZES = (("20", "20 cm", "20 cm"), ("30", "30 cm", "30 cm"), ("40", "40 cm", "40 cm"))
_LITRES = (("05", "0.5 L", "0,5 L"), ("10", "1 L", "1 L"), ("20", "2 L", "2 L"))

# (code, English, French, price of the first variant, step to the next one, how often it is bought, variants)
_FAMILIES = (
    ("TAS", "Stoneware mug", "Tasse en grès", 15.0, 0.0, 9.0, _COLOURS),
    ("BOL", "Stoneware bowl", "Bol en grès", 18.0, 0.0, 7.0, _COLOURS),
    ("ASS", "Dinner plate", "Assiette plate", 22.0, 0.0, 5.0, _COLOURS),
    ("ASD", "Dessert plate", "Assiette à dessert", 17.0, 0.0, 4.0, _COLOURS),
    ("THE", "Teapot", "Théière", 48.0, 0.0, 3.0, _COLOURS),
    ("VAS", "Vase", "Vase", 39.0, 0.0, 3.0, _COLOURS),
    ("PLA", "Oven dish", "Plat à four", 54.0, 0.0, 2.0, _COLOURS),
    ("SAL", "Salad bowl", "Saladier", 45.0, 0.0, 2.0, _COLOURS),
    ("BEU", "Butter dish", "Beurrier", 29.0, 0.0, 2.0, _COLOURS),
    ("TOR", "Linen tea towel", "Torchon en lin", 16.0, 0.0, 7.0, _COLOURS),
    ("NAP", "Linen tablecloth", "Nappe en lin", 79.0, 0.0, 1.5, _COLOURS),
    ("SER", "Set of four napkins", "Lot de quatre serviettes", 38.0, 0.0, 3.0, _COLOURS),
    ("TAB", "Linen apron", "Tablier en lin", 42.0, 0.0, 3.0, _COLOURS),
    ("HOU", "Cushion cover", "Housse de coussin", 34.0, 0.0, 3.0, _COLOURS),
    ("PLD", "Wool throw", "Plaid en laine", 89.0, 0.0, 1.5, _COLOURS),
    ("CAR", "A5 notebook", "Carnet A5", 14.0, 0.0, 7.0, _COLOURS),
    ("AGE", "Weekly diary", "Agenda semainier", 24.0, 0.0, 3.0, _COLOURS),
    ("POC", "Cotton pouch", "Pochette en coton", 19.0, 0.0, 3.0, _COLOURS),
    ("CRT", "Set of five cards", "Lot de cinq cartes", 12.5, 0.0, 4.0, _COLOURS),
    ("BOU", "Scented candle", "Bougie parfumée", 26.0, 0.0, 9.0, _SCENTS),
    ("SAV", "Bar of soap", "Savon solide", 7.5, 0.0, 9.0, _SCENTS),
    ("DIF", "Room diffuser", "Diffuseur d’intérieur", 34.0, 0.0, 4.0, _SCENTS),
    ("BRU", "Pillow mist", "Brume d’oreiller", 18.5, 0.0, 3.0, _SCENTS),
    ("THV", "Loose tea, 100 g", "Thé en vrac, 100 g", 9.9, 0.0, 6.0, _TEAS),
    ("THS", "Tea bags", "Thé en sachets", 7.9, 0.0, 5.0, _TEAS),
    ("CON", "Jam", "Confiture", 6.9, 0.0, 6.0, _JAMS),
    ("MIE", "Honey", "Miel", 9.5, 0.0, 5.0, _HONEYS),
    ("PLN", "Oak chopping board", "Planche en chêne", 24.0, 10.0, 3.0, _SIZES),
    ("PAN", "Willow basket", "Panier en osier", 29.0, 13.0, 2.5, _SIZES),
    ("BOC", "Glass jar", "Bocal en verre", 8.0, 3.5, 4.0, _LITRES),
    ("COF", "Gift box", "Coffret", 39.0, 10.0, 4.0, (
        ("THE", "tea time", "l’heure du thé"), ("BIE", "well-being", "bien-être"),
        ("MAT", "slow mornings", "matins doux"), ("DEC", "discovery", "découverte"),
    )),
    ("PAT", "Sewing pattern (PDF)", "Patron de couture (PDF)", 9.0, 0.0, 2.0, (
        ("TAB", "apron", "tablier"), ("TRO", "pencil case", "trousse"), ("NAP", "tablecloth", "nappe"),
        ("COU", "cushion", "coussin"), ("SAC", "tote bag", "sac"),
    )),
    ("LIV", "Recipe booklet (PDF)", "Livret de recettes (PDF)", 12.0, 0.0, 2.0, (
        ("PET", "breakfasts", "petits déjeuners"), ("CON", "jams", "confitures"), ("THE", "teas", "thés glacés"),
        ("PAI", "breads", "pains"), ("TAR", "tarts", "tartes"),
    )),
    ("COU", "Online course", "Cours en ligne", 39.0, 0.0, 1.0, (
        ("CER", "first steps in ceramics", "débuter la céramique"), ("COU", "sewing", "couture"),
        ("BOU", "making candles", "fabriquer ses bougies"), ("REL", "bookbinding", "reliure"),
        ("TEI", "natural dyes", "teintures naturelles"),
    )),
    ("IMP", "Printable (PDF)", "À imprimer (PDF)", 5.0, 0.0, 2.0, (
        ("SEM", "weekly planner", "planning de la semaine"), ("MEN", "menu planner", "menus du mois"),
        ("ETI", "jar labels", "étiquettes pour bocaux"), ("PAP", "writing paper", "papier à lettres"),
        ("CAL", "birthday calendar", "calendrier des anniversaires"),
    )),
)  # fmt: skip
_DIGITAL = {"PAT", "LIV", "COU", "IMP"}
_GIFT_CARDS = ((20, 0.5), (30, 1.0), (50, 2.0), (100, 0.8), (150, 0.3))

# What the price of a euro is elsewhere, roughly, so that prices look right in the shop's own currency.
_PER_EURO = {"JPY": 160, "KRW": 1500, "INR": 90, "MXN": 20, "SEK": 11, "NOK": 12, "DKK": 7.5, "PLN": 4.3, "CZK": 25}


@dataclass(frozen=True)
class Ware:
    """A ware; `price` in thousandths of the currency, tax included; `weight` says how often it is bought."""

    sku: str
    english: str
    french: str
    price: int
    weight: float
    kind: Kind

    def name(self, language: str) -> str:
        return self.french if language == "fr" else self.english


@lru_cache(maxsize=8)
def wares(currency: str, unit: int) -> tuple[Ware, ...]:
    """The 200 wares; `unit` is the currency's smallest amount in thousandths (10 for EUR)."""
    rate = _PER_EURO.get(currency, 1)
    grid = unit if rate == 1 else max(unit, 10 ** (len(str(int(rate))) + 2))

    def price(euros: float) -> int:
        return max(grid, round(euros * rate * 1000 / grid) * grid)

    made = [
        Ware(
            f"{code}-{variant}",
            f"{english}, {one}",
            f"{french}, {une}",
            price(first + step * place),
            weight,
            Kind.DIGITAL if code in _DIGITAL else Kind.PHYSICAL,
        )
        for code, english, french, first, step, weight, variants in _FAMILIES
        for place, (variant, one, une) in enumerate(variants)
    ]
    made += [
        Ware(f"CADEAU-{code}", f"Gift card {worth}", f"Carte cadeau {worth}", worth * 1000, weight, Kind.GIFT_CARD)
        for code, worth, weight in ((code, price(code) // 1000, weight) for code, weight in _GIFT_CARDS)
    ]
    return tuple(made)
