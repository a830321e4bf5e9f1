"""What was measured fits its instrument, its category is the one that follows, and no chain of corrections breaks."""

from collections.abc import Iterable

from veerkracht.region.scoring import outcome_of, wrongs
from veerkracht.register.assessments.models import Assessment
from veerkracht.register.assessments.scoring import definitions
from veerkracht.register.verify.invariant import Check
from veerkracht.rulebook.types import Text


def checks() -> dict[str, Check]:
    """Each invariant by name: what it says, and a function that gives where it is broken."""
    return {
        "assessment_fits_its_instrument": (
            Text(
                nl="De antwoorden van een inschaling passen bij haar instrument.",
                en="The answers of an assessment fit its instrument.",
            ),
            _answers,
        ),
        "assessment_outcome_follows_from_its_items": (
            Text(
                nl="De categorie van een inschaling is die welke uit haar antwoorden volgt.",
                en="The category of an assessment is the one that follows from its answers.",
            ),
            _outcomes,
        ),
        "assessment_corrects_the_same": (
            Text(
                nl="Een verbetering is van dezelfde persoon en hetzelfde instrument, en niet van wat ingetrokken is.",
                en="A correction is of the same person and instrument, and not of what was withdrawn.",
            ),
            _chains,
        ),
    }


def _known() -> Iterable[Assessment]:
    """Those of instruments that the region still has; what was cleared by law tells nothing any more."""
    found = Assessment.objects.filter(instrument__in=definitions().instruments)
    return found.exclude(items={}).order_by("pk").iterator()


def _answers() -> Iterable[str]:
    instruments = definitions().instruments
    for one in _known():
        wrong = next(wrongs(instruments[one.instrument], one.items), None)
        if wrong is not None:
            yield f"assessment {one.pk}: {wrong.field}"


def _outcomes() -> Iterable[str]:
    instruments = definitions().instruments
    for one in _known():
        instrument = instruments[one.instrument]
        # What does not fit is named above; no category follows from it.
        if next(wrongs(instrument, one.items), None) is None:
            expected = outcome_of(instrument, one.items)
            if one.outcome != expected:
                yield f"assessment {one.pk}: {one.outcome or '–'}, expected {expected or '–'}"


def _chains() -> Iterable[str]:
    following = Assessment.objects.exclude(corrects=None).select_related("corrects").order_by("pk")
    for one in following.iterator():
        before = one.corrects
        same = (one.person_id, one.instrument) == (before.person_id, before.instrument)
        if not same or before.withdrawn:
            yield f"assessment {one.pk}: corrects {before.pk}"
