"""Every sentence of a report, in both languages."""

from veerkracht.rulebook.types import Group, Programme, Text

TITLE = Text("Raming: {plan}", "Forecast: {plan}")
SUBTITLE = Text(
    "{programme}, {region}. Van {start} tot {end}. {runs} berekeningen, startgetal {seed}.",
    "{programme}, {region}. From {start} to {end}. {runs} runs, seed {seed}.",
)
AGAINST = Text("Vergeleken met: {plan}", "Compared with: {plan}")

IN_SHORT = Text("In het kort", "In short")
LIST_THEN = Text(
    "Op {date} wachten er naar verwachting {p50} vragen (8 kansen op 10: tussen {p10} en {p90}). Bij de start: {now}.",
    "On {date} {p50} requests are expected to wait (8 chances in 10: between {p10} and {p90}). At the start: {now}.",
)
DIFFERENCE_THEN = Text(
    "Dat zijn er {p50} {more} dan met “{plan}” (8 kansen op 10: tussen {p10} en {p90}).",
    "That is {p50} {more} than with “{plan}” (8 chances in 10: between {p10} and {p90}).",
)
MORE, FEWER = Text("meer", "more"), Text("minder", "fewer")
MONEY_THEN = Text(
    "Samen worden in die jaren budgetten toegekend voor {used} miljoen euro per jaar; {left} miljoen blijft over.",
    "Together, budgets worth {used} million euro a year are granted in those years; {left} million is left over.",
)

WAITING = Text("Wie wacht", "Who waits")
WAITING_CAPTION = Text(
    "Wachtende vragen in alle groepen samen. Lijn: de middelste uitkomst. Donkere band: 5 kansen op 10. Lichte band: "
    "8 kansen op 10. Punten: bekendgemaakte cijfers.",
    "Waiting requests in all groups together. Line: the middle outcome. Dark band: 5 chances in 10. Light band: 8 "
    "chances in 10. Dots: published figures.",
)
DASHED = Text(" Streeplijn: {plan}.", " Dashed line: {plan}.")
GROUP_CAPTION = Text("{group}: wachtende vragen.", "{group}: waiting requests.")
DIFFERENCE = Text("Wat het plan verandert", "What the plan changes")
DIFFERENCE_CAPTION = Text(
    "Wachtende vragen: “{plan}” min “{other}”, berekening per berekening, met dezelfde mensen en hetzelfde toeval.",
    "Waiting requests: “{plan}” less “{other}”, run by run, with the same people and the same luck.",
)
TURNS = Text("Wanneer is het uw beurt?", "When is your turn?")
TURNS_CAPTION = Text(
    "{group}: wanneer de beurt komt, per jaar van de prioriteringsdatum. Dunne balk: 8 kansen op 10. Dikke balk: 5 "
    "kansen op 10. Punt: het midden. Wie er niet bij staat, komt in minder dan 1 op 10 berekeningen aan de beurt "
    "voor {end}.",
    "{group}: when the turn comes, by year of the priority date. Thin bar: 8 chances in 10. Thick bar: 5 chances in "
    "10. Dot: the middle. Years that are not shown are reached before {end} in fewer than 1 in 10 runs.",
)
NO_TURNS = Text(
    "{group}: niemand van de lijst komt voor {end} in meer dan 1 op 10 berekeningen aan de beurt.",
    "{group}: nobody on the list is reached before {end} in more than 1 in 10 runs.",
)
TURNS_NOTE = Text(
    "Dit is geen belofte. Het is de beurt van wie blijft wachten: overlijden en intrekken zijn eruit gelaten. Regels "
    "en geld kunnen veranderen.",
    "This is no promise. It is the turn of who keeps waiting: death and withdrawal are left out. Rules and money may "
    "change.",
)
MONEY = Text("Geld", "Money")
MONEY_CAPTION = Text(
    "Miljoen euro per jaar: nieuw geld, geld dat vrijkomt als budgethouders stoppen, en wat wordt toegekend.",
    "Million euro a year: new money, money that comes free when holders stop, and what is granted.",
)
BROUGHT = Text("Van vorig jaar", "From the year before")
GROWTH = Text("Nieuw geld", "New money")
FREED = Text("Vrijgekomen", "Freed")
USED = Text("Toegekend", "Granted")
LEFT = Text("Over", "Left")

SERIES_TABLE = Text("Alle uitkomsten per jaar", "All outcomes by year")
TABLE = Text("Tabel", "Table")
DATE = Text("Datum", "Date")
YEAR = Text("Jaar", "Year")
PRIORITY_YEAR = Text("Jaar van de prioriteringsdatum", "Year of the priority date")
SERIES = Text("Reeks", "Series")
REQUESTS = Text("Vragen", "Requests")
MIDDLE = Text("Midden", "Middle")
LOW = Text("1 op 10 lager", "1 in 10 lower")
HIGH = Text("1 op 10 hoger", "1 in 10 higher")
EARLY = Text("1 op 10 voor", "1 in 10 before")
HALF = Text("Helft voor", "Half before")
LATE = Text("9 op 10 voor", "9 in 10 before")
CHANCE = Text("Kans voor {end}", "Chance before {end}")
OUTSIDE = Text("Buiten de wachtrij", "Outside the queue")
NOT_WITHIN = Text("later", "later")

RESTS_ON = Text("Waarop dit rust", "What this rests on")
DEFINITION = Text(
    "“Wachten” betekent hier: een vraag die in een prioriteitengroep staat en nog niet (volledig) is toegekend. Wie "
    "een deelbudget heeft, wacht nog op de rest. Vragen buiten de wachtrij tellen niet mee. Een vraag is geen persoon: "
    "een persoon kan twee vragen hebben. “Volgende in de rij” is de leeftijd van de prioriteringsdatum van wie eerst "
    "aan de beurt is; dat is niet hoe lang een nieuwe vraag zal wachten.",
    "“Waiting” means here: a request in a priority group that is not (wholly) granted yet. Who has a partial budget "
    "still waits for the rest. Requests outside the queue do not count. A request is not a person: a person may have "
    "two. “Next in line” is the age of the priority date of whoever is first; it is not how long a new request will "
    "wait.",
)
HOW = Text(
    "Elke berekening speelt ronde na ronde met dezelfde regels als een echte ronde: dezelfde volgorde, dezelfde "
    "verdeling. Wie erbij komt, weggaat of van groep verandert, wordt geloot. Elk onzeker getal hieronder wordt per "
    "berekening één keer geloot: 9 kansen op 10 tussen laag en hoog. De banden tonen dus zowel toeval als wat we niet "
    "weten. Wat niet in de regels of het plan staat (nieuwe wetten, ander geld) zit er niet in.",
    "Each run plays round after round by the same rules as a real round: the same order, the same sharing. Who comes, "
    "leaves or changes group is drawn. Each uncertain number below is drawn once a run: 9 chances in 10 between low "
    "and high. So the bands show both chance and what we do not know. What is not in the rules or the plan (new laws, "
    "other money) is not in it.",
)
FLOWS = Text(
    "Aantallen en bedragen van een jaar gelden van 1 januari (in het eerste jaar: van de start) tot en met de datum.",
    "Numbers and amounts of a year hold from 1 January (in the first year: from the start) up to and with the date.",
)
MEASURES = Text("Geld van het plan", "Money of the plan")
NO_MEASURES = Text("Het plan voegt geen geld toe.", "The plan adds no money.")
ASSUMPTIONS = Text("Onzekere getallen en hun bron", "Uncertain numbers and their source")
NUMBER = Text("Getal", "Number")
VALUE = Text("Waarde", "Value")
FROM_TO = Text("Laag tot hoog", "Low to high")
SOURCE = Text("Bron", "Source")
ASSUMPTION = Text("Aanname: {why}", "Assumption: {why}")
NOT_GIVEN = Text("Niet gegeven: er wordt {value} gebruikt.", "Not given: {value} is used.")
MEASURE = Text("Maatregel", "Measure")
AMOUNT = Text("Euro per jaar", "Euro a year")
FROM = Text("Vanaf", "From")
KIND = Text("Soort", "Kind")
RECURRENT, ONCE = Text("recurrent", "recurrent"), Text("eenmalig", "one-off")
NAMES: dict[str, Text] = {
    "waiting.total": Text("Wachtende vragen", "Waiting requests"),
    "waiting.persons": Text("Wachtende personen", "Waiting persons"),
    "waiting": Text("Wachtend, {group}", "Waiting, {group}"),
    "next-in-line": Text("Volgende in de rij, {group} (dagen)", "Next in line, {group} (days)"),
    "holders": Text("Personen met een budget", "Persons with a budget"),
    "granted.route": Text("Toegekend buiten de wachtrij", "Granted outside the queue"),
    "granted.total": Text("Toegekend, alles", "Granted, all"),
    "granted": Text("Toegekend, {group}", "Granted, {group}"),
    "arrivals": Text("Nieuwe vragen, {group}", "New requests, {group}"),
    "exits": Text("Weg zonder budget, {group}", "Gone without a budget, {group}"),
    "moves-in": Text("Verhuisd naar {group}", "Moved to {group}"),
    "moves-out": Text("Verhuisd uit {group}", "Moved from {group}"),
    "money.used": Text("Toegekend geld (euro)", "Money granted (euro)"),
    "money.left": Text("Geld over (euro)", "Money left (euro)"),
    "money.freed": Text("Vrijgekomen geld (euro)", "Money freed (euro)"),
    "money.growth": Text("Nieuw geld (euro)", "New money (euro)"),
    "money.paid": Text("Betaald aan budgethouders (euro)", "Paid to holders (euro)"),
}


def series_name(programme: Programme, series: str) -> Text:
    """A series in words; its own name when there are none."""
    thing, group = _parts(programme, series)
    if group and thing in NAMES:
        return NAMES[thing].fill(group=group.name)
    return NAMES.get(series.removeprefix(f"{programme.id}."), Text(series, series))


def part_name(programme: Programme, series: str) -> Text:
    """What a series is of, where the rest is said elsewhere: the name of its group, or as `series_name`."""
    _, group = _parts(programme, series)
    return group.name if group else series_name(programme, series)


def _parts(programme: Programme, series: str) -> tuple[str, Group | None]:
    thing, _, group_id = series.removeprefix(f"{programme.id}.").partition(".")
    return thing, next((group for group in programme.groups if group.id == group_id), None)
