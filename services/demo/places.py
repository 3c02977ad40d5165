"""Where the demo shop's customers live: real towns with their real postal codes, in each country's own shape."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Country:
    """A country the shop delivers to. `towns` are (town, region, postal codes); `street` puts name and number in
    the country's order; `phone` is the prefix and how many digits follow; `weight` its share of the customers."""

    code: str
    weight: float
    language: str
    has_vat: bool
    street: str
    phone: tuple[str, int]
    towns: tuple[tuple[str, str, tuple[str, ...]], ...]
    streets: tuple[str, ...]


_FRENCH_STREETS = (
    "rue des Lilas", "rue de la République", "rue Victor-Hugo", "avenue Jean-Jaurès", "rue du Moulin",
    "place du Marché", "rue Pasteur", "chemin des Vignes", "rue de l'Église", "boulevard Gambetta",
    "rue des Écoles", "impasse du Verger", "rue Sainte-Catherine", "quai des Tanneurs", "allée des Tilleuls",
    "rue du Faubourg", "cours Lafayette", "rue aux Herbes", "rue du Vieux-Pont", "avenue de la Gare",
)  # fmt: skip

COUNTRIES: tuple[Country, ...] = (
    Country(
        "FR", 0.56, "fr", True, "{number} {street}", ("+33 6 39 98 ", 4),
        (
            ("Paris", "", ("75003", "75005", "75009", "75010", "75011", "75012", "75014", "75018", "75020")),
            ("Paris", "", ("75013", "75015", "75017", "75019")),
            ("Lyon", "", ("69001", "69003", "69004", "69006", "69007")),
            ("Marseille", "", ("13001", "13005", "13006", "13008")),
            ("Toulouse", "", ("31000", "31200", "31400")),
            ("Nantes", "", ("44000", "44100", "44300")),
            ("Bordeaux", "", ("33000", "33100", "33200")),
            ("Lille", "", ("59000", "59800")),
            ("Strasbourg", "", ("67000", "67100")),
            ("Montpellier", "", ("34000", "34070")),
            ("Rennes", "", ("35000", "35700")),
            ("Nice", "", ("06000", "06200")),
            ("Grenoble", "", ("38000", "38100")),
            ("Dijon", "", ("21000",)),
            ("Annecy", "", ("74000",)),
            ("Angers", "", ("49000", "49100")),
            ("Brest", "", ("29200",)),
            ("Tours", "", ("37000", "37200")),
            ("Clermont-Ferrand", "", ("63000", "63100")),
            ("Aix-en-Provence", "", ("13090", "13100")),
            ("La Rochelle", "", ("17000",)),
            ("Bourg-en-Bresse", "", ("01000",)),
        ),
        _FRENCH_STREETS,
    ),
    Country(
        "BE", 0.10, "fr", True, "{street} {number}", ("+32 470 ", 6),
        (
            ("Bruxelles", "", ("1000",)), ("Ixelles", "", ("1050",)), ("Liège", "", ("4000",)),
            ("Namur", "", ("5000",)), ("Mons", "", ("7000",)), ("Gent", "", ("9000",)), ("Antwerpen", "", ("2000",)),
        ),
        ("Rue Haute", "Chaussée de Wavre", "Rue du Midi", "Avenue Louise", "Rue de l'Ange", "Place Flagey"),
    ),
    Country(
        "CH", 0.06, "fr", False, "{street} {number}", ("+41 79 ", 7),
        (
            ("Genève", "GE", ("1201", "1205", "1227")), ("Lausanne", "VD", ("1003", "1006")),
            ("Neuchâtel", "NE", ("2000",)), ("Fribourg", "FR", ("1700",)), ("Bern", "BE", ("3011",)),
            ("Zürich", "ZH", ("8001", "8004")),
        ),
        ("Rue de Lausanne", "Rue du Rhône", "Avenue de la Gare", "Chemin du Lac", "Grand-Rue"),
    ),
    Country(
        "DE", 0.08, "en", True, "{street} {number}", ("+49 151 ", 8),
        (
            ("Berlin", "", ("10115", "10437", "10999")), ("Hamburg", "", ("20095", "22765")),
            ("München", "", ("80331", "80469")), ("Köln", "", ("50667", "50823")), ("Leipzig", "", ("04109",)),
            ("Dresden", "", ("01067",)), ("Freiburg im Breisgau", "", ("79098",)), ("Stuttgart", "", ("70173",)),
        ),
        ("Lindenstraße", "Gartenweg", "Schillerstraße", "Am Markt", "Kastanienallee", "Bergstraße"),
    ),
    Country(
        "ES", 0.05, "en", True, "Calle {street}, {number}", ("+34 6", 8),
        (
            ("Madrid", "Madrid", ("28001", "28013", "28015")), ("Barcelona", "Barcelona", ("08001", "08012")),
            ("Valencia", "Valencia", ("46001",)), ("Sevilla", "Sevilla", ("41001",)),
            ("Bilbao", "Bizkaia", ("48001",)), ("Zaragoza", "Zaragoza", ("50001",)),
        ),
        ("Mayor", "del Prado", "de Alcalá", "San Miguel", "de la Luna"),
    ),
    Country(
        "IT", 0.04, "en", True, "Via {street} {number}", ("+39 34", 8),
        (
            ("Roma", "RM", ("00184", "00153")), ("Milano", "MI", ("20121", "20144")), ("Torino", "TO", ("10121",)),
            ("Firenze", "FI", ("50122",)), ("Bologna", "BO", ("40121",)), ("Napoli", "NA", ("80132",)),
        ),
        ("Garibaldi", "Dante", "Roma", "dei Mille", "Mazzini"),
    ),
    Country(
        "NL", 0.03, "en", True, "{street} {number}", ("+31 6 ", 8),
        (
            ("Amsterdam", "", ("1012 AB", "1016 DK")), ("Utrecht", "", ("3511 BL",)),
            ("Rotterdam", "", ("3011 AA",)), ("Den Haag", "", ("2511 CV",)),
        ),
        ("Prinsengracht", "Kerkstraat", "Oudegracht", "Molenweg"),
    ),
    Country(
        "LU", 0.02, "fr", True, "{number}, {street}", ("+352 621 ", 6),
        (("Luxembourg", "", ("1249", "2453")), ("Esch-sur-Alzette", "", ("4010",))),
        ("rue de la Chapelle", "avenue de la Liberté", "rue de l'Alzette"),
    ),
    Country(
        "PT", 0.01, "en", True, "Rua {street}, {number}", ("+351 91", 7),
        (("Lisboa", "", ("1100-148", "1200-445")), ("Porto", "", ("4000-322",)), ("Coimbra", "", ("3000-174",))),
        ("Augusta", "das Flores", "do Carmo"),
    ),
    Country(
        "GB", 0.02, "en", False, "{number} {street}", ("+44 7700 900", 3),
        (
            ("London", "", ("E1 6AN", "SE1 7TW", "N1 9GU")), ("Edinburgh", "", ("EH1 1YZ",)),
            ("Bristol", "", ("BS1 4DJ",)), ("Manchester", "", ("M1 1AE",)),
        ),
        ("Church Lane", "Mill Road", "Station Road", "Albert Street"),
    ),
    Country(
        "US", 0.02, "en", False, "{number} {street}", ("+1 212 555 01", 2),
        (
            ("New York", "NY", ("10001", "10011")), ("Brooklyn", "NY", ("11201",)), ("Portland", "OR", ("97205",)),
            ("Austin", "TX", ("78701",)), ("Chicago", "IL", ("60601",)), ("Boston", "MA", ("02108",)),
        ),
        ("Maple Avenue", "Oak Street", "2nd Avenue", "Elm Street"),
    ),
    Country(
        "CA", 0.01, "fr", False, "{number}, {street}", ("+1 212 555 01", 2),
        (("Montréal", "QC", ("H2X 1Y4", "H2J 2L1")), ("Québec", "QC", ("G1R 4P5",)), ("Ottawa", "ON", ("K1P 5N2",))),
        ("rue Saint-Denis", "avenue du Parc", "rue Cartier"),
    ),
)  # fmt: skip

FRANCE = 0  # the home country's place in COUNTRIES

FIRST_NAMES: dict[str, tuple[str, ...]] = {
    "fr": (
        "Inès", "Camille", "Léa", "Chloé", "Manon", "Zoé", "Jeanne", "Louise", "Alice", "Juliette", "Anaïs", "Claire",
        "Élodie", "Nathalie", "Sophie", "Isabelle", "Françoise", "Hélène", "Aïcha", "Fatou", "Yasmine", "Agnès",
        "Lucas", "Hugo", "Gabriel", "Louis", "Jules", "Théo", "Noé", "Adrien", "Mathieu", "Nicolas", "Benoît",
        "François", "Rémi", "Cédric", "Mehdi", "Karim", "Gaël", "Loïc", "Étienne", "Thomas",
    ),
    "de": (
        "Anna", "Lena", "Katrin", "Jürgen", "Max", "Jonas", "Ute", "Björn", "Sabine", "Felix", "Käthe", "Lukas",
    ),
    "es": ("Lucía", "María", "Carmen", "José", "Íñigo", "Javier", "Pilar", "Ana", "Andrés", "Begoña"),
    "it": ("Giulia", "Chiara", "Francesca", "Marco", "Luca", "Matteo", "Elena", "Niccolò", "Sara", "Paolo"),
    "nl": ("Sanne", "Daan", "Femke", "Joris", "Lotte", "Bram", "Marieke", "Sjoerd"),
    "pt": ("Beatriz", "João", "Inês", "Tiago", "Conceição", "Rui"),
    "en": (
        "Emma", "Olivia", "Grace", "Charlotte", "Jack", "Harry", "James", "Siobhán", "Zoë", "William", "Ava", "Noah",
    ),
}  # fmt: skip
LAST_NAMES: dict[str, tuple[str, ...]] = {
    "fr": (
        "Martin", "Bernard", "Dubois", "Durand", "Moreau", "Laurent", "Lefèvre", "Michel", "Garcia", "Roux", "Fournier",
        "Girard", "Bonnet", "Dupont", "Lambert", "Fontaine", "Rousseau", "Vincent", "Muller", "Faure", "André",
        "Mercier", "Blanc", "Guérin", "Boyer", "Garnier", "Chevalier", "François", "Legrand", "Gauthier", "Perrin",
        "Robin", "Clément", "Morin", "Nguyen", "Henry", "Roussel", "Mathieu", "Gautier", "Masson", "Kaba", "Diallo",
        "Benali", "Haddad", "Le Goff", "Le Gall", "De Smet", "Peeters", "Janssens", "Lacroix", "Besson", "Noël",
    ),
    "de": ("Müller", "Schmidt", "Schneider", "Weiß", "Fischer", "Köhler", "Schäfer", "Wagner", "Böhm", "Krüger"),
    "es": ("García", "Fernández", "López", "Martínez", "Sánchez", "Muñoz", "Ibáñez", "Ortega", "Núñez"),
    "it": ("Rossi", "Russo", "Ferrari", "Esposito", "Bianchi", "Romano", "Ricci", "D'Angelo", "Conti"),
    "nl": ("de Vries", "Jansen", "Bakker", "van Dijk", "Visser", "Mulder", "van den Berg"),
    "pt": ("Silva", "Santos", "Gonçalves", "Magalhães", "Simões", "Costa"),
    "en": ("Smith", "Jones", "Taylor", "Brown", "Wilson", "O'Brien", "Evans", "Walker", "Thompson", "Hughes"),
}  # fmt: skip
NAMES_OF = {
    "FR": "fr", "BE": "fr", "CH": "fr", "LU": "fr", "CA": "fr", "DE": "de", "ES": "es", "IT": "it", "NL": "nl",
    "PT": "pt", "GB": "en", "US": "en",
}  # fmt: skip
COMPANIES = (
    "Atelier Brume", "Café du Canal", "Hôtel des Arts", "Librairie Pages", "Studio Nord", "La Table Ronde",
    "Maison Verte", "Agence Demain", "Les Trois Chênes", "Galerie Lumen", "Boulangerie Aubin", "Salon Céleste",
)  # fmt: skip
SECOND_LINES = ("Bâtiment B", "Appartement 12", "3e étage", "Résidence les Pins", "Escalier 2", "Code 24B7")
