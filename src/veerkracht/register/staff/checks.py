"""What a figure on staff may not say: each fault with its field, what was found and what was expected."""

from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from veerkracht import region
from veerkracht.region.ids import Named
from veerkracht.register.errors import Invalid
from veerkracht.register.people.areas import codes_or_none
from veerkracht.register.staff.facts import CountFigures, Figures, FlowFigures, Of, TrainingFigures
from veerkracht.register.staff.models import THOUSAND
from veerkracht.rulebook.types import Text

# More people than this work in no organisation: a slip of the finger.
MOST = 1_000_000
LONGEST_SOURCE, LONGEST_REASON = 300, 500
_LONGEST_PERIOD = timedelta(days=366)
_EARLIEST = date(1980, 1, 1)
_FOUND = Text(nl="Gevonden: {found}; verwacht: {expected}.", en="Found: {found}; expected: {expected}.")


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a figure. `found`: "" for nothing."""

    field: str
    found: str
    expected: Text

    @property
    def text(self) -> Text:
        # What was found may hold braces: it is put in last, and by no format.
        wanted = Text(
            _FOUND.nl.replace("{expected}", self.expected.nl),
            _FOUND.en.replace("{expected}", self.expected.en),
        )
        found = self.found or "–"
        return Text(wanted.nl.replace("{found}", found), wanted.en.replace("{found}", found))


def refuse_first(faults: Iterator[Fault]) -> None:
    """Raise `Invalid` for the first fault there is."""
    fault = next(faults, None)
    if fault is not None:
        raise Invalid(fault.text, fault.field)


def professions() -> tuple[Named, ...]:
    """The professions of the region's staff file; none when it has no such file."""
    staff = region.current().staff
    return staff.professions if staff else ()


def sectors() -> tuple[Named, ...]:
    """The sectors of the region's staff file; none when it has no such file."""
    staff = region.current().staff
    return staff.sectors if staff else ()


def faults_of(of: Of) -> Iterator[Fault]:
    """What is wrong with whom a figure is about."""
    yield from _one_of("profession", of.profession, [one.id for one in professions()])
    yield from _one_of("sector", of.sector, [one.id for one in sectors()])
    if not codes_or_none("municipality", of.area):
        expected = Text(
            nl="de code van een gemeente van de regio", en="the code of a municipality of the region"
        )
        yield Fault("area", of.area, expected)
    if of.service and of.area != of.service.area:
        here = of.service.area
        yield Fault(
            "area",
            of.area,
            Text(nl=f"de gemeente van de dienst, {here}", en=f"the municipality of the service, {here}"),
        )
    if of.service and of.service.organisation_id != of.organisation.pk:
        yield Fault(
            "service",
            of.service.name,
            Text(nl="een dienst van deze organisatie", en="a service of this organisation"),
        )


def faults_of_count(figures: CountFigures, on: date, today: date) -> Iterator[Fault]:
    """What is wrong with a count on a day."""
    yield from _day("on", on, today)
    yield from _numbers(figures)
    persons, fte = figures.persons, figures.fte_hundredths
    if persons is not None and fte is not None and fte > persons * 100:
        yield Fault(
            "fte",
            f"{fte / 100:g}",
            Text(
                nl=f"hoogstens {persons}, het aantal mensen", en=f"at most {persons}, the number of persons"
            ),
        )
    ages = sum(one or 0 for one in (figures.under_30, figures.from_30_to_49, figures.over_50))
    if persons is not None and ages > persons:
        yield Fault(
            "over_50",
            str(ages),
            Text(
                nl=f"leeftijden die samen hoogstens {persons} mensen tellen",
                en=f"ages that hold at most {persons} persons together",
            ),
        )
    if figures.sick_per_thousand is not None and figures.sick_per_thousand > THOUSAND:
        yield Fault(
            "sick_share",
            f"{figures.sick_per_thousand / THOUSAND:g}",
            Text(nl="een deel van 0 tot 1", en="a share from 0 to 1"),
        )


def faults_of_flow(figures: FlowFigures, from_date: date, until_date: date, today: date) -> Iterator[Fault]:
    """What is wrong with who came and went in a period."""
    yield from _day("until", until_date, today)
    yield from _day("from", from_date, today)
    if until_date < from_date:
        yield Fault(
            "until",
            until_date.isoformat(),
            Text(nl=f"een dag vanaf {from_date:%d-%m-%Y}", en=f"a day from {from_date} on"),
        )
    elif until_date - from_date > _LONGEST_PERIOD:
        yield Fault(
            "until",
            until_date.isoformat(),
            Text(nl="een periode van hoogstens een jaar", en="a period of at most a year"),
        )
    yield from _numbers(figures)


def faults_of_training(
    figures: TrainingFigures, profession: str, school_year: int, today: date
) -> Iterator[Fault]:
    """What is wrong with who is in training in a school year."""
    yield from _one_of("profession", profession, [one.id for one in professions()])
    if not _EARLIEST.year <= school_year <= today.year:
        expected = Text(
            nl=f"een jaar van {_EARLIEST.year} tot {today.year}",
            en=f"a year from {_EARLIEST.year} to {today.year}",
        )
        yield Fault("school_year", str(school_year), expected)
    yield from _numbers(figures)


def faults_of_words(source: str, reason: str | None) -> Iterator[Fault]:
    """`reason`: of a correction; None when it corrects nothing."""
    if not source.strip() or len(source) > LONGEST_SOURCE:
        yield Fault("source", source[:40], _words(LONGEST_SOURCE))
    if reason is not None and (not reason.strip() or len(reason) > LONGEST_REASON):
        yield Fault("reason", reason[:40], _words(LONGEST_REASON))


def _words(longest: int) -> Text:
    return Text(nl=f"een tekst van hoogstens {longest} tekens", en=f"a text of at most {longest} characters")


def _one_of(field: str, found: str, known: Collection[str]) -> Iterator[Fault]:
    if found not in known:
        listed = ", ".join(known) or "–"
        yield Fault(field, found, Text(nl=f"een van: {listed}", en=f"one of: {listed}"))


def _day(field: str, on: date, today: date) -> Iterator[Fault]:
    if not _EARLIEST <= on <= today:
        yield Fault(
            field,
            on.isoformat(),
            Text(nl=f"een dag tot en met vandaag ({today:%d-%m-%Y})", en=f"a day up to today ({today})"),
        )


def _numbers(figures: Figures) -> Iterator[Fault]:
    values = asdict(figures)
    if all(value is None for value in values.values()):
        yield Fault(next(iter(values)), "", Text(nl="minstens één cijfer", en="at least one figure"))
    for field, value in values.items():
        if value is not None and not 0 <= value <= (MOST * 100 if field == "fte_hundredths" else MOST):
            shown = "fte" if field == "fte_hundredths" else field
            yield Fault(
                shown, str(value), Text(nl=f"een getal van 0 tot {MOST}", en=f"a number from 0 to {MOST}")
            )
