"""Every sentence of a report, in both languages."""

from veerkracht.forecast.rounds.dated_rules import OUTSIDE as OUTSIDE
from veerkracht.rulebook.types import Text

TITLE = Text("Raming: {plan}", "Forecast: {plan}")
SUBTITLE = Text(
    "{programmes}, {region}. Van {start} tot {end}. {runs} berekeningen, startgetal {seed}.",
    "{programmes}, {region}. From {start} to {end}. {runs} runs, seed {seed}.",
)
AGAINST = Text("Vergeleken met: {plan}", "Compared with: {plan}")

IN_SHORT = Text("In het kort", "In short")
LIST_THEN = Text(
    "Op {date} wachten er naar verwachting {p50} vragen (8 kansen op 10: tussen {p10} en {p90}). Bij de start: {now}.",
    "On {date} {p50} requests are expected to wait (8 chances in 10: between {p10} and {p90}). At the start: {now}.",
)
MORE, FEWER = Text("meer", "more"), Text("minder", "fewer")
THEN = Text(
    "{programme}, {name}: {p50} op {date} (8 kansen op 10: tussen {p10} en {p90}). Bij de start: {now}.",
    "{programme}, {name}: {p50} on {date} (8 chances in 10: between {p10} and {p90}). At the start: {now}.",
)
CHANGED_THEN = Text(
    "Dat is {p50} {more} dan met “{plan}” (8 kansen op 10: tussen {p10} en {p90}).",
    "That is {p50} {more} than with “{plan}” (8 chances in 10: between {p10} and {p90}).",
)
NOT_CLEAR_THEN = Text(
    "Er is geen duidelijk verschil met “{plan}” (8 kansen op 10: tussen {p10} en {p90}).",
    "There is no clear difference with “{plan}” (8 chances in 10: between {p10} and {p90}).",
)
COST_THEN = Text(
    "Het plan kost {first} meer dan “{plan}” in {from_year}, en {last} in {to_year}.",
    "The plan costs {first} more than “{plan}” in {from_year}, and {last} in {to_year}.",
)
COST = Text("Wat het plan kost", "What the plan costs")
COST_NOTE = Text(
    "Wat in dat jaar betaald wordt, meer dan met “{plan}”; de marge van 9 kansen op 10. Een maatregel van onbekende "
    "kostprijs zit er niet in.",
    "What is paid in that year, more than with “{plan}”; the range of 9 chances in 10. A measure of unknown cost is "
    "not in it.",
)
COST_MORE = Text("Meer dan “{plan}”", "More than “{plan}”")
SUPPLY_CAPTION = Text("Wat er is: het midden van elk.", "What there is: the middle of each.")
IN_NUMBERS = Text("In cijfers, elk jaar op 31 december", "In numbers, each year on 31 December")
STAFF = Text("Personeel", "Staff")
POPULATION = Text("Bevolking", "Population")
CAUSES = Text("Wat elke oorzaak brengt", "What each cause brings")
CAUSES_CAPTION = Text(
    "{name} op {date}, gemiddeld: van “{other}” naar “{plan}”. Alle oorzaken samen zijn het hele verschil "
    "({runs} berekeningen).",
    "{name} on {date}, on average: from “{other}” to “{plan}”. All causes together are the whole difference "
    "({runs} runs).",
)
CAUSE, BRINGS = Text("Oorzaak", "Cause"), Text("Brengt gemiddeld", "Brings on average")
RECORD = Text("Hoe goed waren zulke ramingen?", "How good were such forecasts?")
RECORD_NOTE = Text(
    "Dezelfde raming, gemaakt vanaf {starts} met wat toen bekend was, naast wat er daarna kwam. De laatste kolom: "
    "hoeveel cijfers in de marge van 8 kansen op 10 lagen.",
    "The same forecast, made from {starts} with what was known then, beside what came afterwards. The last column: how "
    "many figures lay in the range of 8 chances in 10.",
)
RECORD_STALE = Text(
    "Verouderd: de bestanden van de regio zijn veranderd sinds dit gemaakt is.",
    "Stale: the files of the region have changed since this was made.",
)
VERDICT, COVERED = Text("In woorden", "In words"), Text("In 8 op 10", "In 8 of 10")
MILLION = Text("€ {euro} miljoen", "€{euro} million")
PAGE = Text("blz.", "page")
STALE = Text("verouderd: nagekeken op {on}", "stale: checked on {on}")
LOWEST, HIGHEST = Text("Laag (1 op 20)", "Low (1 in 20)"), Text("Hoog (1 op 20)", "High (1 in 20)")
UNKNOWN = Text("onbekend", "unknown")
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
MEASURES = Text("Wat het plan doet", "What the plan does")
NO_MEASURES = Text("Het plan doet niets in deze jaren.", "The plan does nothing in these years.")
ASSUMPTIONS = Text("Onzekere getallen en hun bron", "Uncertain numbers and their source")
NUMBER = Text("Getal", "Number")
VALUE = Text("Waarde", "Value")
FROM_TO = Text("Laag tot hoog", "Low to high")
SOURCE = Text("Bron", "Source")
ASSUMPTION = Text("Aanname: {why}", "Assumption: {why}")
NOT_GIVEN = Text("Niet gegeven: er wordt {value} gebruikt.", "Not given: {value} is used.")
MEASURE = Text("Maatregel", "Measure")
AMOUNT = Text("Hoeveel", "How much")
FROM = Text("Vanaf", "From")
KIND = Text("Soort", "Kind")
RECURRENT, ONCE = Text("recurrent", "recurrent"), Text("eenmalig", "one-off")
