"""An entry on a home's list is what its steps say, and nobody is on a list who no longer asks."""

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from django.db.models import F, Q

from veerkracht.register.lists.models import STANDING, Entry, EntryStep, Together
from veerkracht.register.lists.steps import FOLDED, fold
from veerkracht.register.verify.invariant import Check
from veerkracht.rulebook.types import Text


def checks() -> dict[str, Check]:
    """Each invariant by name: what it says, and a function that gives where it is broken."""
    return {
        "entry_is_the_fold_of_its_steps": (
            Text(
                nl="Een inschrijving op een lijst is wat haar stappen zeggen.",
                en="An entry on a list is what its steps say.",
            ),
            _folds,
        ),
        "entry_steps_go_forward": (
            Text(
                nl="Geen stap van een inschrijving geldt vroeger dan de stap ervoor.",
                en="No step of an entry holds earlier than the step before it.",
            ),
            _days,
        ),
        "who_asks_no_more_is_on_no_list": (
            Text(
                nl="Wie overleden is of niet meer vraagt, staat op geen enkele lijst.",
                en="Who died or no longer asks is on no list.",
            ),
            _over,
        ),
        "entry_is_at_a_home_of_its_programme": (
            Text(
                nl="Een inschrijving is bij een voorziening van dezelfde zorgvorm als de vraag.",
                en="An entry is at a service of the same programme as the request.",
            ),
            _programmes,
        ),
        "who_comes_together_has_one_bundle": (
            Text(
                nl="Wie samen komt en nog vraagt, wordt samen bediend.",
                en="Who comes together and still asks is served together.",
            ),
            _bundles,
        ),
    }


def _folds() -> Iterable[str]:
    for entry, steps in _with_steps():
        said = fold((step.sets, step.facts) for step in steps)
        wrong = [name for name in FOLDED if said.get(name) != getattr(entry, name)]
        if wrong or entry.version != len(steps):
            yield f"entry {entry.pk}: {', '.join(wrong) or 'version'}"


def _with_steps() -> Iterator[tuple[Entry, list[EntryStep]]]:
    """Every entry with its steps, the first first; both are read once, in the order of the entries."""
    steps = groupby(EntryStep.objects.order_by("entry", "pk").iterator(), key=lambda step: step.entry_id)
    at, found = next(steps, (None, iter(())))
    for entry in Entry.objects.order_by("pk").iterator():
        if at != entry.pk:
            yield entry, []
            continue
        yield entry, list(found)
        at, found = next(steps, (None, iter(())))


def _days() -> Iterable[str]:
    rows = EntryStep.objects.order_by("entry", "pk").values_list("entry", "holds_from")
    for (entry, day), (next_entry, next_day) in pairwise(rows.iterator()):
        if entry == next_entry and next_day < day:
            yield f"entry {entry}: {next_day} after {day}"


def _over() -> Iterable[str]:
    over = Q(request__person__died_on__isnull=False) | Q(request__live=False) & ~Q(request__state="served")
    found = Entry.objects.filter(over, state__in=STANDING).order_by("pk")
    yield from (f"entry {pk}" for pk in found.values_list("pk", flat=True))


def _programmes() -> Iterable[str]:
    other = Entry.objects.exclude(request__programme=F("service__programme")).order_by("pk")
    yield from (f"entry {pk}" for pk in other.values_list("pk", flat=True))


def _bundles() -> Iterable[str]:
    pairs = Together.objects.filter(state="joined", request__live=True, other__live=True)
    one_bundle = Q(request__bundle=F("other__bundle"), request__bundle__isnull=False)
    yield from (
        f"together {pk}" for pk in pairs.exclude(one_bundle).order_by("pk").values_list("pk", flat=True)
    )
