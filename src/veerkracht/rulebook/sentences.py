"""The rulebook's own sentences, in both languages. What a programme says about itself stands in its file."""

from __future__ import annotations

from datetime import date

from veerkracht.rulebook import queues, rounds
from veerkracht.rulebook.types import Text

_MONTHS = Text(
    "januari februari maart april mei juni juli augustus september oktober november december",
    "January February March April May June July August September October November December",
)

ROUND_REASONS: dict[str, Text] = {
    rounds.GRANTED: Text(
        "Toegekend: er is genoeg geld tot en met uw plaats.", "Granted: the money reaches your place."
    ),
    rounds.PARTLY: Text(
        "Voor een deel toegekend: in deze groep worden nu deelbudgetten gegeven.",
        "Granted in part: this group now gets partial budgets.",
    ),
    rounds.FIRST_NOT_SERVED: Text(
        "Eerstvolgende: wat overblijft, is minder dan wat deze vraag kost.",
        "Next in line: what is left is less than what this request costs.",
    ),
    rounds.BEHIND: Text(
        "Wacht: niemand gaat voorbij aan de eerstvolgende vraag.",
        "Waits: nobody passes the next in line.",
    ),
    rounds.TOO_MUCH: Text(
        "Wacht: deze vraag kost meer dan wat er overbleef.",
        "Waits: this request costs more than what was left.",
    ),
}

KEPT_OUT: dict[str, Text] = {
    queues.NO_GROUP: Text(
        "De vraag heeft nog geen prioriteitengroep.", "The request has no priority group yet."
    ),
    queues.ROUTE_CLOSED: Text(
        "De weg buiten de wachtrij is op deze dag niet open, en er is nog geen prioriteitengroep.",
        "The route outside the queue is not open on this day, and there is no priority group yet.",
    ),
    queues.ONLY_PARTS: Text(
        "In deze groep worden nu alleen deelbudgetten gegeven; deze vraag komt daar niet (meer) voor in aanmerking.",
        "Only partial budgets are given in this group now, and this request can't get one (any more).",
    ),
    queues.COST_UNKNOWN: Text(
        "Er is nog geen budgetcategorie bepaald, dus is niet bekend wat de vraag kost.",
        "No budget category has been set yet, so it is not known what the request costs.",
    ),
    queues.BUNDLE_INCOMPLETE: Text(
        "Deze vraag wordt samen met een andere toegekend, en die andere kan nu niet meedoen.",
        "This request is granted together with another one, and that one can't take part now.",
    ),
}

UNKNOWN_CONDITION = Text(
    "We weten nog niet of dit klopt: “{reason}” Wat ontbreekt: {facts}.",
    "We do not know yet whether this is so: “{reason}” What is missing: {facts}.",
)
PLACE = Text("Plaats {place} van {of} in {pot}.", "Place {place} of {of} in {pot}.")
WOULD_BE_PLACE = Text(
    "Uw vraag doet nu niet mee. Zou ze meedoen, dan stond ze op plaats {place} in {pot}.",
    "Your request does not take part now. If it did, it would be in place {place} in {pot}.",
)
NOBODY_BEFORE = Text("Niemand staat voor u.", "Nobody is before you.")
NO_PLACE = Text("Uw vraag heeft nog geen plaats in een rij.", "Your request has no place in a queue yet.")
ON_ROUTE = Text(
    "Uw vraag wordt buiten de wachtrij behandeld: {route}.",
    "Your request is handled outside the queue: {route}.",
)
ROUTE_LASTS_MONTHS = Text(
    "Wat langs deze weg wordt toegekend, geldt {count} maanden.",
    "What this route grants lasts {count} months.",
)
ROUTE_LASTS_WEEKS = Text(
    "Wat langs deze weg wordt toegekend, geldt {count} weken.", "What this route grants lasts {count} weeks."
)
PART = Text(
    "In een ronde krijgt u nu {percent}% van wat u vraagt.",
    "In a round you would now get {percent}% of what you ask.",
)
PART_STAYS = Text("Voor de rest blijft u wachten.", "You keep waiting for the rest.")
CHANGED_SITUATION = Text(
    "Verandert uw situatie, dan kan uw groep veranderen. {rule}",
    "If your situation changes, your group may change. {rule}",
)
ROUTES_EXIST = Text(
    "Soms kan het buiten de wachtrij: {routes}.", "Sometimes it can be done outside the queue: {routes}."
)

# Who is before, by the first key on which two requests differ: for one request, for more.
_BEFORE: dict[str, tuple[Text, Text]] = {
    "priority_group": (
        Text("1 vraag voor u is in een dringender groep.", "1 request before you is in a more urgent group."),
        Text(
            "{count} vragen voor u zijn in een dringender groep.",
            "{count} requests before you are in a more urgent group.",
        ),
    ),
    "priority_date": (
        Text(
            "1 vraag voor u heeft een vroegere prioriteringsdatum.",
            "1 request before you has an earlier priority date.",
        ),
        Text(
            "{count} vragen voor u hebben een vroegere prioriteringsdatum.",
            "{count} requests before you have an earlier priority date.",
        ),
    ),
    "id": (
        Text(
            "1 vraag voor u is verder gelijk, maar kwam eerder in het register.",
            "1 request before you is otherwise equal, but came into the register earlier.",
        ),
        Text(
            "{count} vragen voor u zijn verder gelijk, maar kwamen eerder in het register.",
            "{count} requests before you are otherwise equal, but came into the register earlier.",
        ),
    ),
}
_BEFORE_BY_OTHER = (
    Text("1 vraag gaat voor op grond van: {what}.", "1 request goes before you because of: {what}."),
    Text(
        "{count} vragen gaan voor op grond van: {what}.", "{count} requests go before you because of: {what}."
    ),
)


def before(key: str, count: int, what: Text) -> Text:
    """How many are before by a key; `what`: the meaning of the column, for keys without words of their own."""
    one, more = _BEFORE.get(key, _BEFORE_BY_OTHER)
    return (one if count == 1 else more).fill(count=count, what=what)


def day(value: date) -> Text:
    """A date in words: 17 januari 2018, 17 January 2018."""
    nl, en = (_MONTHS.get(language).split()[value.month - 1] for language in ("nl", "en"))
    return Text(f"{value.day} {nl} {value.year}", f"{value.day} {en} {value.year}")


def listed(parts: list[Text]) -> Text:
    """Several texts as one list: "a, b en c", "a, b and c"."""
    return Text(
        _listed([part.nl for part in parts], "en"),
        _listed([part.en for part in parts], "and"),
    )


def _listed(parts: list[str], last: str) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"
