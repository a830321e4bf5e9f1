"""Units of the numbers of a region's files, and of what measures count, in both languages.

The files name units in English, one way each; what is not in the table stays as it is written.
"""

from veerkracht.rulebook.types import Text

UNITS = {
    "euro": "euro",
    "euro a year": "euro per jaar",
    "euro a day": "euro per dag",
    "euro a resident-day": "euro per bewoner per dag",
    "requests": "vragen",
    "requests a year": "vragen per jaar",
    "persons": "personen",
    "persons a year": "personen per jaar",
    "persons per resident": "personen per bewoner",
    "persons per request": "personen per vraag",
    "grants a year": "toekenningen per jaar",
    "searches a year": "zoekvragen per jaar",
    "places": "plaatsen",
    "places a year": "plaatsen per jaar",
    "homes": "voorzieningen",
    "teams": "teams",
    "cases": "begeleidingen",
    "training places a year": "opleidingsplaatsen per jaar",
    "percent": "procent",
    "years": "jaar",
    "months": "maanden",
    "days": "dagen",
    "km": "km",
    "FTE": "voltijdse banen",
    "FTE per case": "voltijdse banen per begeleiding",
    "FTE per resident": "voltijdse banen per bewoner",
    "children of a woman": "kinderen per vrouw",
    "times": "keer",
    "times the mean": "keer het gemiddelde",
    "weight": "gewicht",
    "share": "aandeel",
    "share a year": "aandeel per jaar",
    "share of admissions": "aandeel van de opnames",
    "share of grants": "aandeel van de toekenningen",
    "share of holders": "aandeel van de budgethouders",
    "share of holders a year": "aandeel van de budgethouders per jaar",
    "share of persons": "aandeel van de personen",
    "share of requests": "aandeel van de vragen",
    "share of residents": "aandeel van de bewoners",
    "share of searches": "aandeel van de zoekvragen",
    "share of stays": "aandeel van de verblijven",
    "share of the group": "aandeel van de groep",
    "share of the group a year": "aandeel van de groep per jaar",
    "share of units": "aandeel van de plaatsen",
    "standard deviation of the logarithm": "standaardafwijking van de logaritme",
    "in proportion to the table": "in verhouding tot de tabel",
    "in proportion to recent years": "in verhouding tot de voorbije jaren",
    "in proportion to 2000-2018": "in verhouding tot 2000-2018",
}
_OF_MEASURES = {
    "money": "euro a year",
    "places": "places",
    "cases": "cases",
    "pay": "percent",
    "training": "training places a year",
}


def name(unit: str) -> Text:
    """A unit in both languages; as it is written when nobody translated it."""
    return Text(UNITS.get(unit, unit), unit)


def of_measure(kind: str) -> Text:
    """What a measure of a kind counts; nothing for one without a number."""
    return name(_OF_MEASURES.get(kind, ""))
