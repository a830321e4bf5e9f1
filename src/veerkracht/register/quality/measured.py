"""What somebody says that was measured, and what it may not say: each fault with field, found and expected."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from veerkracht import region
from veerkracht.region.quality import MEAN, PROPORTION, STRATUM, Indicator, Quality
from veerkracht.register.errors import Invalid
from veerkracht.register.supply.models import Service
from veerkracht.rulebook.types import Text

LONGEST_TEXT = 300
# More than any organisation counts in a period: a slip of the finger.
MOST = 100_000_000
_DECIMALS = 2


@dataclass(frozen=True)
class Measured:
    """A value as it is reported: of which indicator and period, how many among how many, and where that stands.

    `spread`: the standard deviation of the scores of a mean. `stratum`: where the region compares by it.
    """

    indicator: str
    from_: date
    until: date
    numerator: Decimal
    denominator: int
    source: str
    spread: Decimal | None = None
    stratum: str = ""
    service: Service | None = None


@dataclass(frozen=True)
class Wrong:
    """One thing that is wrong with what was said."""

    field: str
    found: str
    expected: Text

    @property
    def text(self) -> Text:
        return Text(
            nl=f"Gevonden: {self.found}; verwacht: {self.expected.nl}.",
            en=f"Found: {self.found}; expected: {self.expected.en}.",
        )


def definitions() -> Quality | None:
    """What the region measures; None when it has no file on quality."""
    return region.current().quality


def indicator_of(id: str) -> Indicator:
    """The indicator with this id. Raises `Invalid` naming those there are."""
    known = _known()
    if id not in known:
        raise Invalid(next(_unknown(id, known)).text, "indicator")
    return known[id]


def refuse_first(wrongs: Iterator[Wrong]) -> None:
    """Raise `Invalid` for the first fault there is."""
    wrong = next(wrongs, None)
    if wrong is not None:
        raise Invalid(wrong.text, wrong.field)


def wrongs_of(said: Measured, today: date) -> Iterator[Wrong]:
    """What is wrong with a value by itself, whatever other values there are."""
    known = _known()
    if said.indicator not in known:
        yield from _unknown(said.indicator, known)
        return
    indicator = known[said.indicator]
    yield from _period(said, indicator, today)
    yield from _counts(said, indicator)
    yield from _spread(said, indicator)
    yield from _stratum(said, indicator)
    yield from wrong_words("source", said.source)


def wrong_words(field: str, words: str) -> Iterator[Wrong]:
    """What is wrong with a text that must be there."""
    if not words.strip() or len(words) > LONGEST_TEXT:
        expected = Text(
            nl=f"een tekst van hoogstens {LONGEST_TEXT} tekens",
            en=f"a text of at most {LONGEST_TEXT} characters",
        )
        yield Wrong(field, _short(words), expected)


def _known() -> dict[str, Indicator]:
    quality = definitions()
    return quality.indicators if quality else {}


def _unknown(id: str, known: dict[str, Indicator]) -> Iterator[Wrong]:
    listed = ", ".join(known) or "–"
    yield Wrong("indicator", _short(id), Text(nl=f"een van: {listed}", en=f"one of: {listed}"))


def _period(said: Measured, indicator: Indicator, today: date) -> Iterator[Wrong]:
    begins, ends = indicator.period_of(said.from_)
    measurement = indicator.measurement
    if said.from_ != begins:
        expected = Text(
            nl=f"de eerste dag van een periode, zoals {begins:%d-%m-%Y}",
            en=f"the first day of a period, such as {begins}",
        )
        yield Wrong("from", said.from_.isoformat(), expected)
    elif said.until != ends:
        expected = Text(
            nl=f"de laatste dag van de periode, {ends:%d-%m-%Y}", en=f"the last day of the period, {ends}"
        )
        yield Wrong("until", said.until.isoformat(), expected)
    if said.from_ < measurement.from_ or (measurement.until and said.from_ >= measurement.until):
        last = measurement.until or today
        expected = Text(
            nl=f"een dag waarop dit gemeten wordt, van {measurement.from_:%d-%m-%Y} tot {last:%d-%m-%Y}",
            en=f"a day on which this is measured, from {measurement.from_} to {last}",
        )
        yield Wrong("from", said.from_.isoformat(), expected)
    elif said.until > today:
        expected = Text(
            nl=f"een periode die voorbij is op {today:%d-%m-%Y}", en=f"a period that is over on {today}"
        )
        yield Wrong("until", said.until.isoformat(), expected)


def _counts(said: Measured, indicator: Indicator) -> Iterator[Wrong]:
    if not 1 <= said.denominator <= MOST:
        expected = Text(nl=f"een geheel getal van 1 tot {MOST}", en=f"a whole number from 1 to {MOST}")
        yield Wrong("denominator", str(said.denominator), expected)
        return
    numerator, found = said.numerator, str(said.numerator)
    if not numerator.is_finite() or not 0 <= numerator <= MOST:
        yield Wrong(
            "numerator", found, Text(nl=f"een getal van 0 tot {MOST}", en=f"a number from 0 to {MOST}")
        )
    elif indicator.kind == MEAN:
        yield from _sum_of_scores(said, indicator)
    elif numerator != int(numerator):
        yield Wrong("numerator", found, Text(nl="een geheel getal", en="a whole number"))
    elif indicator.kind == PROPORTION and numerator > said.denominator:
        expected = Text(
            nl=f"hoogstens de noemer, {said.denominator}", en=f"at most the denominator, {said.denominator}"
        )
        yield Wrong("numerator", found, expected)


def _sum_of_scores(said: Measured, indicator: Indicator) -> Iterator[Wrong]:
    if round(said.numerator, _DECIMALS) != said.numerator:
        expected = Text(
            nl=f"hoogstens {_DECIMALS} cijfers na de komma", en=f"at most {_DECIMALS} digits behind the point"
        )
        yield Wrong("numerator", str(said.numerator), expected)
    if indicator.low is None or indicator.high is None:
        return
    least, most = indicator.low * said.denominator, indicator.high * said.denominator
    if not least <= said.numerator <= most:
        expected = Text(
            nl=f"de som van {said.denominator} scores, {least:g} tot {most:g}",
            en=f"the sum of {said.denominator} scores, {least:g} to {most:g}",
        )
        yield Wrong("numerator", str(said.numerator), expected)


def _spread(said: Measured, indicator: Indicator) -> Iterator[Wrong]:
    if indicator.kind != MEAN:
        if said.spread is not None:
            yield Wrong(
                "spread",
                str(said.spread),
                Text(nl="niets: dit is geen gemiddelde", en="nothing: this is no mean"),
            )
    elif said.spread is None or not said.spread.is_finite() or not 0 <= said.spread <= MOST:
        found = "–" if said.spread is None else str(said.spread)
        yield Wrong(
            "spread",
            found,
            Text(nl="de standaardafwijking van de scores", en="the standard deviation of the scores"),
        )


def _stratum(said: Measured, indicator: Indicator) -> Iterator[Wrong]:
    quality = definitions()
    known = [band.id for band in quality.strata] if quality and indicator.adjustment == STRATUM else [""]
    if said.stratum not in known:
        listed = ", ".join(known)
        expected = (
            Text(nl=f"een van: {listed}", en=f"one of: {listed}")
            if listed
            else Text(nl="niets", en="nothing")
        )
        yield Wrong("stratum", _short(said.stratum), expected)


def _short(text: str) -> str:
    return text.strip()[:60] or "–"
