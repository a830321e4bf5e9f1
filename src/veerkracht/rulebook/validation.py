"""Whether a programme can be used: the same checks for a file and for a draft on a page.

A fault's path is in the words of a programme file, so that who reads a file can name its line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from difflib import get_close_matches
from itertools import pairwise

import polars as pl

from veerkracht.rulebook.errors import RuleFault
from veerkracht.rulebook.now import NowProgramme
from veerkracht.rulebook.now_checks import now_faults
from veerkracht.rulebook.retention import DEEDS
from veerkracht.rulebook.rule_check import Path, ProgrammeFault, rule_faults
from veerkracht.rulebook.tables import DERIVED, STANDARD, TYPES
from veerkracht.rulebook.types import CategoryScheme, Programme
from veerkracht.rulebook.validation_dates import Faults, chains, ends, ids, overlap


def faults(programme: Programme) -> list[ProgrammeFault]:
    """Everything that is wrong with a programme, in the sequence of a file."""
    if isinstance(programme, NowProgramme):
        return [
            fault for found in (now_faults(programme), ids(programme), ends(programme)) for fault in found
        ]
    checks: tuple[Callable[[Programme], Faults], ...] = (
        _kinds, _columns, _rules, ids, ends, chains, _orders, _schemes, _conversions, _point_values,
        _routes, _partials, _splits, _rounds, _parameters, _care_categories, _retentions,
    )  # fmt: skip
    return [fault for check in checks for fault in check(programme)]


def require_valid(programme: Programme) -> None:
    """Raise `RuleFault` naming every fault of a programme; return when there is none."""
    found = faults(programme)
    if found:
        lines = [
            f"{_name(fault.path)}: {fault.message} Found {fault.found}; expected {fault.expected}."
            for fault in found
        ]
        raise RuleFault("\n".join(lines))


def _name(path: Path) -> str:
    name = ""
    for part in path:
        name += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if name else part
    return name


def declared(programme: Programme) -> dict[str, pl.DataType]:
    """The columns that the rules of a programme may name, with their types."""
    return {column.name: TYPES.get(column.type, pl.String()) for column in programme.columns}


def _kinds(programme: Programme) -> Faults:
    if not programme.kinds:
        yield ProgrammeFault(
            ("kinds",), "The programme has no kinds of requests.", "nothing", 'such as ["first"]'
        )
    for index, kinds in enumerate(programme.coexist):
        for kind in sorted(kinds - set(programme.kinds)):
            yield _unknown(("coexist", index, "kinds"), "kind", kind, programme.kinds)
        if len(kinds) < 2:
            expected = "two kinds or more that one person may have at the same time"
            yield ProgrammeFault(
                ("coexist", index, "kinds"), "These are not two kinds.", ", ".join(kinds), expected
            )


def _columns(programme: Programme) -> Faults:
    fixed = {name: kind for name, (kind, _) in {**STANDARD, **DERIVED}.items()}
    words = {kind: word for word, kind in TYPES.items()}
    for column in programme.columns:
        if column.name in fixed and TYPES.get(column.type) != fixed[column.name]:
            path = ("columns", column.name, "type")
            expected = f"“{words[fixed[column.name]]}”"
            yield ProgrammeFault(path, "This column always has another type.", column.type, expected)


def _rules(programme: Programme) -> Faults:
    columns = declared(programme)
    sections: tuple[tuple[str, Sequence[object], str], ...] = (
        ("condition", programme.conditions, "boolean"),
        ("group_rule", programme.group_rules, "integer"),
        ("priority_date_rule", programme.priority_date_rules, "date"),
        ("route", programme.routes, "boolean"),
        ("partial", programme.partials, "boolean"),
    )
    for section, items, gives in sections:
        for index, item in enumerate(items):
            rule = str(getattr(item, "rule", ""))
            if rule or section not in ("route", "partial"):
                yield from rule_faults((section, index, "rule"), rule, columns, gives)


def _orders(programme: Programme) -> Faults:
    columns = {name: kind for name, (kind, _) in STANDARD.items()} | declared(programme)
    for index, order in enumerate(programme.orders):
        names = [key.removeprefix("-") for key in order.by]
        for place, name in enumerate(names):
            path = ("order", index, "by")
            if name not in columns:
                yield _unknown(path, "column", name, columns)
            elif columns[name] == pl.String():
                yield ProgrammeFault(
                    path, "The order can't use a text.", name, "columns with dates or numbers"
                )
            if name in names[:place]:
                yield ProgrammeFault(path, "The order names a column twice.", name, "each column once")
        if not order.by or order.by[-1] != "id":
            found = ", ".join(order.by) or "nothing"
            yield ProgrammeFault(
                ("order", index, "by"), "The order is not total.", found, "“id” as the last column"
            )


def _schemes(programme: Programme) -> Faults:
    schemes = programme.schemes
    order = sorted(range(len(schemes)), key=lambda index: schemes[index].requests_from)
    for before, after in pairwise(order):
        yield from _scheme_joint(after, schemes[before], schemes[after])
    for index, scheme in enumerate(schemes):
        if not scheme.points:
            yield ProgrammeFault(
                ("scheme", index, "points"), "The scheme has no categories.", "nothing", "categories"
            )
        for category, points in scheme.points.items():
            if points <= 0:
                path = ("scheme", index, "points", category)
                yield ProgrammeFault(path, "A category needs points.", points, "a number above 0")


def _scheme_joint(index: int, before: CategoryScheme, after: CategoryScheme) -> Faults:
    path = ("scheme", index, "requests_from")
    if before.requests_until is None or before.requests_until > after.requests_from:
        found = f"{after.requests_from}, while {before.id} ends {before.requests_until or 'never'}"
        yield ProgrammeFault(
            path, "Dates overlap: a request would have two schemes.", found, "dates that follow"
        )
    elif before.requests_until < after.requests_from:
        found = f"none for requests from {before.requests_until} until {after.requests_from}"
        yield ProgrammeFault(
            path, "Dates are missing: a request would have no scheme.", found, str(before.requests_until)
        )


def _conversions(programme: Programme) -> Faults:
    schemes = {scheme.id: scheme for scheme in programme.schemes}
    for index, conversion in enumerate(programme.conversions):
        if conversion.to not in schemes:
            yield _unknown(("conversion", index, "to"), "scheme", conversion.to, schemes)
            continue
        for old, new in conversion.categories.items():
            if new not in schemes[conversion.to].points:
                place = ("conversion", index, "categories", old)
                yield _unknown(place, "category", new, schemes[conversion.to].points)
        annulled = conversion.annulled_known_from
        if annulled is not None and annulled <= conversion.known_from:
            path = ("conversion", index, "annulled_known_from")
            expected = f"a date after {conversion.known_from}"
            yield ProgrammeFault(path, "It was annulled before it was known.", annulled, expected)


def _point_values(programme: Programme) -> Faults:
    for index, item in enumerate(programme.point_values):
        path = ("point_value", index, "value")
        if item.value <= 0:
            yield ProgrammeFault(path, "A point must be worth something.", item.value, "a number above 0")
        elif item.value * 100 != int(item.value * 100):
            yield ProgrammeFault(path, "The value has parts of a cent.", item.value, "at most two decimals")
        if item.assumption is not None:
            yield from _in_range(path, float(item.value), item.assumption.low, item.assumption.high)


def _routes(programme: Programme) -> Faults:
    for index, route in enumerate(programme.routes):
        if route.months and route.weeks:
            path = ("route", index, "weeks")
            yield ProgrammeFault(path, "A route lasts either months or weeks.", "both", "one of the two")
        if route.definitive and (route.months or route.weeks):
            path = ("route", index, "definitive")
            yield ProgrammeFault(
                path, "What has no end can't last months or weeks.", "true", "false, or no duration"
            )


def _partials(programme: Programme) -> Faults:
    groups = [group.id for group in programme.groups]
    for index, partial in enumerate(programme.partials):
        if partial.group not in groups:
            yield _unknown(("partial", index, "group"), "group", partial.group, groups)
        if not 0 < partial.share < 1 or round(partial.share * 10_000) != partial.share * 10_000:
            path = ("partial", index, "share")
            yield ProgrammeFault(
                path, "This is not a part.", partial.share, "between 0 and 1, at most four decimals"
            )
        for earlier in programme.partials[:index]:
            if earlier.group == partial.group and overlap(earlier, partial):
                found = f"{partial.from_}, while the one from {earlier.from_} ends {earlier.until or 'never'}"
                path = ("partial", index, "from")
                yield ProgrammeFault(
                    path, "Dates overlap: two hold for one group.", found, "dates that follow"
                )


def _splits(programme: Programme) -> Faults:
    groups = [group.id for group in programme.groups]
    for index, split in enumerate(programme.splits):
        for group in split.key:
            if group not in groups:
                yield _unknown(("split", index, "key", group), "group", group, groups)
        if not 0 < split.programme_share <= 1:
            path = ("split", index, "programme_share")
            yield ProgrammeFault(path, "This is not a share.", split.programme_share, "above 0 and at most 1")
        total = sum(Decimal(str(share)) for share in split.key.values())
        if split.key and total != 1:
            shares = " + ".join(f"{share:g}" for share in split.key.values())
            yield ProgrammeFault(
                ("split", index, "key"), "The split does not add up.", f"{shares} = {total}", "together 1"
            )
        if not split.key and split.method == "key" and len(groups) > 1:
            expected = f"a share for each group: {', '.join(groups)}"
            yield ProgrammeFault(("split", index, "key"), "The key is missing.", "nothing", expected)


def _rounds(programme: Programme) -> Faults:
    if programme.handout == "round" and not programme.round.dates:
        expected = 'the days on which rounds are held, such as ["01-01", "07-01"]'
        yield ProgrammeFault(("round", "dates"), "The days of the rounds are missing.", "nothing", expected)


def _parameters(programme: Programme) -> Faults:
    for index, item in enumerate(programme.parameters):
        low, high = item.low, item.high
        if item.assumption is not None:
            low = item.assumption.low if low is None else low
            high = item.assumption.high if high is None else high
        if item.source is None and (low is None or high is None):
            path = ("parameter", index, "low")
            yield ProgrammeFault(path, "An assumption needs a range.", "nothing", "low and high")
        yield from _in_range(("parameter", index, "value"), item.value, low, high)


def _care_categories(programme: Programme) -> Faults:
    groups = [group.id for group in programme.groups]
    for index, category in enumerate(programme.care_categories):
        if groups and category.group not in groups:
            yield _unknown(("care_category", index, "group"), "group", category.group or "nothing", groups)


def _retentions(programme: Programme) -> Faults:
    for index, rule in enumerate(programme.retentions):
        deed = DEEDS[rule.what]
        if rule.deed != deed:
            yield ProgrammeFault(
                ("retention", index, "do"), f"This can't be done with {rule.what}.", rule.deed, f"“{deed}”"
            )


def _in_range(path: Path, value: float, low: float | None, high: float | None) -> Faults:
    if (low is not None and value < low) or (high is not None and value > high):
        expected = f"from {'any' if low is None else f'{low:g}'} to {'any' if high is None else f'{high:g}'}"
        yield ProgrammeFault(path, "The value is outside its own range.", f"{value:g}", expected)


def _unknown(path: Path, what: str, found: object, known: Iterable[str]) -> ProgrammeFault:
    options = list(known)
    near = get_close_matches(str(found), options, 1)
    expected = (
        f"“{near[0]}”" if near else f"one of: {', '.join(options)}" if options else "none: there is none"
    )
    return ProgrammeFault(path, f"There is no such {what}.", found, expected)
