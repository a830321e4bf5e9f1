"""What rounds and files promise weighs on the line that pays for it: all of it, and no more."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from veerkracht.register.money.freeing import PROMISED
from veerkracht.register.money.models import Account, Commitment, Entry, Line, Posting
from veerkracht.register.verify.invariant import Check
from veerkracht.rulebook.types import Text


def checks() -> dict[str, Check]:
    """Each invariant by name: what it says, and a function that gives where it is broken."""
    return {
        "grant_is_committed_on_its_line": (
            Text(
                nl="Wat toegekend is sinds een lijn er krediet voor heeft, is op die lijn vastgelegd.",
                en="What is granted since a line has credit for it is committed on that line.",
            ),
            _not_committed,
        ),
        "rounds_weigh_no_more_than_is_promised": (
            Text(
                nl="Wat van rondes op latere jaren weegt, is niet meer dan wat toegekend is of loopt.",
                en="What of rounds weighs on later years is no more than what is granted or runs.",
            ),
            _beyond_promised,
        ),
    }


def _not_committed() -> Iterable[str]:
    granted = Posting.objects.filter(target__name__in=PROMISED, request__isnull=False)
    for line in Line.objects.filter(hands_out=True).order_by("code"):
        # What was written down before the line had anything for that year, the line knows nothing of.
        had_credit = Entry.objects.filter(
            line=line, pk__lt=OuterRef("entry"), year__lte=OuterRef("entry__holds_from__year")
        )
        committed = Posting.objects.filter(
            entry__line=line,
            request=OuterRef("request"),
            target__name=Account.Name.COMMITTED,
            entry__gt=OuterRef("entry"),
        )
        missing = (
            granted.exclude(source__name__in=PROMISED)
            .filter(Exists(had_credit), ~Exists(committed), entry__programme=line.programme)
            .order_by("entry")
            .values_list("entry", flat=True)
        )
        yield from (f"{line.code}: entry {entry}" for entry in missing.distinct())


def _beyond_promised() -> Iterable[str]:
    for line in Line.objects.filter(hands_out=True).order_by("code"):
        # What somebody committed in words is what they say; and a series weighs with its latest year.
        ours = Commitment.objects.filter(line=line, kind=Commitment.Kind.ROUND, text="").order_by(
            "year", "id"
        )
        weighs = {one.series_id or one.pk: one.yearly_cents for one in ours}
        accounts = Account.objects.filter(programme=line.programme, name__in=PROMISED)
        promised = sum(accounts.values_list("balance_cents", flat=True))
        if sum(weighs.values()) > promised:
            yield f"{line.code}: {sum(weighs.values())} > {promised}"
