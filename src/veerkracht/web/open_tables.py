"""What was published as tables with words, for the page and for the files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from veerkracht import region
from veerkracht.register.disclosure.ages import AGE_BANDS
from veerkracht.register.published.queries import ReleaseView
from veerkracht.register.published.tables import HELPED, WAITING
from veerkracht.web import words


@dataclass(frozen=True)
class Table:
    """`rows`: the name of each and its numbers, None where one is left out; the last row is the total when
    `has_total`.
    """

    id: str
    caption: str
    first: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int | None, ...]], ...]
    has_total: bool

    def labelled(self) -> list[tuple[str, list[tuple[str, int | None]]]]:
        """The rows, each number with the name of its column."""
        return [(name, list(zip(self.columns, numbers, strict=True))) for name, numbers in self.rows]


def tables(view: ReleaseView, province: str = "") -> list[Table]:
    """The tables of a page. `province`: also its zones and municipalities."""
    found = [_by_group_and_age(view)]
    if provinces := _areas(view, "province"):
        found += [_by_area(view, "province", _("Who waits, by province and group"), provinces)]
        found += [_by_area_and_age(view, provinces)]
    for kind, name in (("zone", _("By primary-care zone")), ("", _("By municipality"))):
        chosen = _areas(view, kind, province)
        if chosen and (province or not provinces):
            found.append(_by_area(view, kind or "municipality", name, chosen))
    return found


def provinces(view: ReleaseView) -> list[tuple[str, str]]:
    """Codes and names of the provinces that have numbers; none in a region without provinces."""
    return [(code.split(":", 1)[1], name) for code, name in _areas(view, "province")]


def _by_group_and_age(view: ReleaseView) -> Table:
    groups = [*_groups(view), ("", _("Together"))]
    return Table(
        "group-and-age",
        _("Who waits, by group and age"),
        _("Age"),
        tuple(name for _code, name in groups),
        tuple(
            (name, tuple(view.number(WAITING, group=group, age=age) for group, _name in groups))
            for age, name in [*_ages(), ("", _("Together"))]
        ),
        has_total=True,
    )


def _by_area(view: ReleaseView, id: str, caption: str, areas: Sequence[tuple[str, str]]) -> Table:
    groups = [*_groups(view), ("", _("Together"))]
    whole = id == "province"
    rows = [*areas, ("", _("Together"))] if whole else areas
    return Table(
        id,
        caption,
        _("Area"),
        (*(name for _code, name in groups), _("Helped")),
        tuple(
            (
                name,
                (*(view.number(WAITING, code, group) for group, _name in groups), view.number(HELPED, code)),
            )
            for code, name in rows
        ),
        has_total=whole,
    )


def _by_area_and_age(view: ReleaseView, areas: Sequence[tuple[str, str]]) -> Table:
    return Table(
        "province-and-age",
        _("Who waits, by province and age"),
        _("Area"),
        tuple(name for _code, name in _ages()),
        tuple((name, tuple(view.number(WAITING, code, age=age) for age, _name in _ages())) for code, name in areas),
        has_total=False,
    )  # fmt: skip


def _groups(view: ReleaseView) -> list[tuple[str, str]]:
    named = [(str(group.number), words.said(group.name)) for group in view.programme.groups]
    return [*named, ("0", _("Outside the queue"))] if named else [("0", _("Outside the queue"))]


def _ages() -> list[tuple[str, str]]:
    bands = zip(AGE_BANDS, (*AGE_BANDS[1:], None), strict=True)
    named = [
        (str(low), f"{low}–{high - 1}" if high else _("%(age)s and over") % {"age": low})
        for low, high in bands
    ]
    return [("0", _("under %(age)s") % {"age": AGE_BANDS[0]}), *named]  # fmt: skip


def _areas(view: ReleaseView, kind: str, province: str = "") -> list[tuple[str, str]]:
    """The areas of a kind ("" for municipalities) that have numbers, by name; those in a province when one is named."""
    table = region.current().areas
    if province:
        table = table.filter(table["province"] == province)
    if not kind:
        return sorted(table.select("code", "name").unique().iter_rows(), key=lambda one: one[1])
    named = table.select(kind, f"{kind}_name").unique().drop_nulls().iter_rows()
    found = [
        (f"{kind}:{code}", name)
        for code, name in named
        if (WAITING, f"{kind}:{code}", "", "") in view.numbers
    ]
    return sorted(found, key=lambda one: one[1])  # fmt: skip


def cells(view: ReleaseView) -> Iterator[dict[str, Any]]:
    """Every published number with its names; `value` is None where it is left out."""
    names = dict[str, str]()
    for kind in ("province", "zone", ""):
        names |= dict(_areas(view, kind))
    names[""] = words.said(region.current().name)
    groups, ages = dict(_groups(view)), dict(_ages())
    for (measure, area, group, age), value in view.numbers.items():
        yield {
            "measure": measure,
            "area": area,
            "area_name": names[area],
            "group": group,
            "group_name": groups.get(group, ""),
            "age": age,
            "age_name": ages.get(age, ""),
            "value": value,
        }
