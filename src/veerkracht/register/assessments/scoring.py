"""The region's instruments for the register: which there are, and answers checked with a text for whoever gave them."""

from veerkracht import region
from veerkracht.region.assessments import Assessments, Instrument
from veerkracht.region.scoring import NOTHING, Answers, Wrong, wrongs
from veerkracht.register.errors import Invalid
from veerkracht.rulebook.types import Text


def definitions() -> Assessments:
    """What the region measures; nothing when it has no file on it."""
    return region.current().assessments or Assessments({})


def instrument_of(id: str) -> Instrument:
    """The instrument with this id. Raises `Invalid` naming those there are."""
    known = definitions().instruments
    if id not in known:
        listed = ", ".join(known) or "–"
        found = Text(nl=id[:60] or NOTHING.nl, en=id[:60] or NOTHING.en)
        expected = Text(nl=f"een van: {listed}", en=f"one of: {listed}")
        raise Invalid(Wrong("instrument", found, expected).text, "instrument")
    return known[id]


def checked(instrument: Instrument, answers: Answers) -> dict[str, object]:
    """The answers that were given, in the order of the instrument. Raises `Invalid` at the first item that is wrong:
    one that lacks, is not known, or lies outside its scale.
    """
    wrong = next(wrongs(instrument, answers), None)
    if wrong is not None:
        raise Invalid(wrong.text, wrong.field)
    return {item.id: answers[item.id] for item in instrument.items if answers.get(item.id) is not None}
