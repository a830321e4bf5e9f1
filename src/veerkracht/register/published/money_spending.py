"""What was voted, committed and paid, as rows: by budget line, year and who received it; never by person."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, QuerySet, Sum, Value, When

from veerkracht.region.number_schemes import checked
from veerkracht.register.formulas import guarded
from veerkracht.register.money.models import Account, Commitment, Line, LineCredit, Posting
from veerkracht.register.payments.models import Payment
from veerkracht.register.people.models import Organisation
from veerkracht.register.published.money_budget import Told
from veerkracht.register.published.money_columns import SPENDING, Row, euro, row_of
from veerkracht.register.published.money_persons import Shown, Total, shown

COMMITTED, EXECUTED = "committed", "executed"


@dataclass
class Spent:
    """Rows of what was spent; `lines`: the names of their lines; `persons`: what is shown of the totals of persons, for
    the next version to build on; `not_named`: how many organisations have no enterprise number that is right.
    """

    rows: list[Row]
    lines: dict[str, dict[str, str]]
    persons: dict[str, Shown]
    not_named: int


@dataclass(frozen=True)
class Known:
    """What a version is made with: the files' words, the rules of the region, and the version before.

    `moment`: as known now; `before`: what the version before showed of the totals of persons.
    """

    told: Told
    last_year: int
    schemes: tuple[str, ...]
    threshold: int
    moment: datetime
    before: Mapping[str, Shown] = field(default_factory=dict)


def for_persons() -> Case:
    """Whether a commitment is for persons: handed out in rounds, or paid to somebody's own account."""
    paid = Payment.objects.filter(commitment=OuterRef("pk"), account__person__isnull=False)
    rounds = Q(kind=Commitment.Kind.ROUND) | Q(line__hands_out=True, organisation=None)
    return Case(
        When(rounds | Q(Exists(paid)), then=Value(True)), default=Value(False), output_field=BooleanField()
    )


def named_organisations(schemes: tuple[str, ...]) -> dict[int, tuple[str, str]]:
    """Number and name of each organisation whose enterprise number is right by its check digits."""
    known = Organisation.objects.filter(enterprise_number__isnull=False).values_list(
        "pk", "enterprise_number", "name"
    )
    right = ((pk, checked(schemes, number), name) for pk, number, name in known)
    return {pk: (number, name) for pk, number, name in right if number}


def spending_rows(known: Known) -> Spent:
    """Every line and year: what was voted, and what was committed and paid to each organisation, to all that can't be
    named together, and to persons together.
    """
    work = _Work(known)
    lines = list(Line.objects.order_by("code"))
    rows = [row_of(SPENDING, one) for line in lines for one in work.of_line(line)]
    names = {one.code: {"nl": one.name_nl, "en": one.name_en} for one in lines}
    return Spent(rows, names, work.persons, len(work.unnamed))


class _Work:
    def __init__(self, known: Known):
        self.known, self.told = known, known.told
        self.organisations = named_organisations(known.schemes)
        self.persons: dict[str, Shown] = {}
        self.unnamed: set[int] = set()
        self.credits, self.made_up = _credits(known.last_year), _made_up(known.last_year)
        self.received = _received(known.last_year)

    def of_line(self, line: Line) -> Iterator[dict[str, Any]]:
        facts = self._facts(line)
        years = {year for code, year in (*self.credits, *self.received) if code == line.pk}
        for year in sorted(years):
            of_year = {
                **facts,
                "fiscal_year": year,
                "fictitious": (line.pk, year) in self.made_up or line.fictitious,
            }
            if credit := self.credits.get((line.pk, year)):
                yield _row(of_year, f"{line.code}:{year}:credit", "credit", credit)
            yield from self._recipients(line, year, of_year)

    def _facts(self, line: Line) -> dict[str, Any]:
        told = self.told.of_line_code(line.code, line.measure)
        return {
            **told,
            "line": line.code,
            "line_name": guarded(line.name_nl if self.told.language == "nl" else line.name_en),
            "programme": line.programme,
            "area": line.area,
        }

    def _recipients(self, line: Line, year: int, facts: dict[str, Any]) -> Iterator[dict[str, Any]]:
        together: dict[str, dict[str, int]] = {}
        for organisation, of_persons, amounts in self.received.get((line.pk, year), ()):
            number, name = self.organisations.get(organisation, ("", ""))
            if number and not of_persons:
                id = self.told.publisher.organisation_id(number)
                who = {"recipient_id": id, "recipient": guarded(name)}
                yield _row({**facts, **who}, f"{line.code}:{year}:{id}", "organisation", amounts)
                continue
            kind = "persons" if of_persons else "not-named" if organisation else "other"
            if kind == "not-named":
                self.unnamed.add(organisation)
            total = together.setdefault(kind, dict.fromkeys((COMMITTED, EXECUTED), 0))
            for side in total:
                total[side] += amounts[side]
        for kind, total in sorted(together.items()):
            name = f"{line.code}:{year}:{kind}"
            yield (
                self._of_persons(line, year, facts, name, total)
                if kind == "persons"
                else _row(facts, name, kind, total)
            )

    def _of_persons(
        self, line: Line, year: int, facts: dict[str, Any], name: str, cents: dict[str, int]
    ) -> dict[str, Any]:
        found = {}
        for side in (COMMITTED, EXECUTED):
            key = f"{line.code}:{year}:{side}"
            before = self.known.before.get(key)
            total = _total(line, year, side, cents[side], before)
            found[side] = self.persons[key] = shown(
                total, before, self.known.moment.isoformat(), self.known.threshold
            )
        why = " ".join(f"{side}: {one.why}" for side, one in found.items() if one.why)
        amounts = {side: one.cents for side, one in found.items()}
        as_known = max(one.moment for one in found.values())[:10]
        return _row({**facts, "protection": why, "as_known_on": as_known}, name, "persons", amounts)


def _row(facts: dict[str, Any], id: str, kind: str, cents: Mapping[str, int | None]) -> dict[str, Any]:
    amounts = {name: euro(value) for name, value in cents.items()}
    return {**facts, "id": id, "recipient_kind": kind, **amounts}


def _credits(last_year: int) -> dict[tuple[int, int], dict[str, int | None]]:
    """What was voted first for each line and year, and what it became; the second only where something changed it."""
    rows = LineCredit.objects.filter(year__lte=last_year).order_by("line", "year")
    totals = rows.values_list("line", "year").annotate(
        first=Sum("commitment_cents", filter=Q(kind="initial")),
        first_payment=Sum("payment_cents", filter=Q(kind="initial")),
        later=Sum("commitment_cents", filter=~Q(kind="initial")),
        all=Sum("commitment_cents"),
        all_payment=Sum("payment_cents"),
    )
    return {
        (line, year): {
            "approved_commitment": first,
            "approved_payment": first_payment,
            "adjusted_commitment": None if later is None else total,
            "adjusted_payment": None if later is None else total_payment,
        }
        for line, year, first, first_payment, later, total, total_payment in totals
    }


def _made_up(last_year: int) -> set[tuple[int, int]]:
    """The lines and years in which something is made up for a demo."""
    return {
        one
        for model in (LineCredit, Commitment)
        for one in model.objects.filter(year__lte=last_year, fictitious=True)
        .values_list("line", "year")
        .distinct()
    }


def _received(last_year: int) -> dict[tuple[int, int], list[tuple[int, bool, dict[str, int]]]]:
    """What each organisation (0: none) received of each line and year, apart from what is for persons."""
    rows = (
        Commitment.objects.filter(year__lte=last_year)
        .annotate(of_persons=for_persons())
        .values_list("line", "year", "organisation", "of_persons")
        .annotate(committed=Sum("committed_cents"), executed=Sum(F("paid_cents") - F("recovered_cents")))
        .order_by("line", "year", "organisation__enterprise_number", "organisation", "of_persons")
    )
    found: dict[tuple[int, int], list[tuple[int, bool, dict[str, int]]]] = {}
    for line, year, organisation, of_persons, committed, executed in rows:
        amounts = {COMMITTED: committed, EXECUTED: executed}
        found.setdefault((line, year), []).append((organisation or 0, of_persons, amounts))
    return found


def _total(line: Line, year: int, side: str, cents: int, before: Shown | None) -> Total:
    of_side = _granted_to if side == COMMITTED else _paid_to
    since = datetime.fromisoformat(before.moment) if before and before.moment else None
    return Total(cents, len(of_side(line, year)), len(of_side(line, year, since)))


def _granted_to(line: Line, year: int, since: datetime | None = None) -> set[int]:
    """The persons whose grants were committed on a line and year, or given back; since a moment."""
    committed = Account.Name.COMMITTED
    moved: QuerySet[Posting] = Posting.objects.filter(
        Q(source__name=committed) | Q(target__name=committed),
        entry__line=line,
        entry__year=year,
        request__isnull=False,
    )
    if since:
        moved = moved.filter(entry__recorded_at__gt=since)
    return set(moved.values_list("request__person", flat=True).distinct())


def _paid_to(line: Line, year: int, since: datetime | None = None) -> set[int]:
    """The persons to whom was paid on commitments of a line and year; since a moment."""
    paid = Payment.objects.filter(
        commitment__line=line, commitment__year=year, account__person__isnull=False, state="paid"
    )
    if since:
        paid = paid.filter(message__at__gt=since)
    return set(paid.values_list("account__person", flat=True).distinct())
