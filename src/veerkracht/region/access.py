"""On which grounds a file may be shared in a region, from which ages people decide, and for how long (`access.toml`).

What the law says differs from region to region; that there are a ground, a source, fields and an end does not.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from veerkracht.region.holding import read_holds
from veerkracht.region.ids import read_id
from veerkracht.region.named_numbers import Limits, read_numbers
from veerkracht.region.reader import Reader, one_of
from veerkracht.rulebook.dated import value_on, value_on_or_none
from veerkracht.rulebook.types import Dated, Parameter, Text

FILE = "access.toml"
# The groups of fields that can be shared at all. Never shared: a national number, an address in hiding, the notes of
# a case consultation and who looked.
SHAREABLE = (
    "identity",
    "contact",
    "request",
    "history",
    "assessment",
    "money",
    "turn",
    "sharing",
    "documents",
)
# Whoever may read anything of a file reads these along: whose it is, and what is asked.
ALWAYS = ("identity", "request")
CONSENT = "consent"
# Years, days, hours and words.
_NUMBERS = {
    "consent-together-age": Limits(1, 30),
    "consent-alone-age": Limits(1, 30),
    "consent-days": Limits(1, 3_660),
    "consent-longest-days": Limits(1, 3_660),
    "representation-code-days": Limits(1, 365),
    "emergency-hours": Limits(1, 168),
    "emergency-words": Limits(1, 50),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground(Dated):
    """A ground in law on which a file may be shared without consent.

    `text`: who may, and when, in plain words. `fields` and `days`: the most that it allows. `organisations`: kinds of
    organisations that may receive on it; none named: every kind. `programmes`: likewise. `consultation`: it is one for
    organised case consultation, with participants by name.
    """

    id: str
    name: Text
    text: Text
    fields: tuple[str, ...]
    days: int
    organisations: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    consultation: bool = False

    def is_for(self, programme: str, organisation_kind: str | None) -> bool:
        """Whether it can be used for a programme ("": every programme), towards a kind of organisation (None: to
        nobody in particular, but among participants).
        """
        programmes, kinds = self.programmes, self.organisations
        fits_kind = organisation_kind is None or not kinds or organisation_kind in kinds
        return fits_kind and (not programmes or programme in programmes)

    @property
    def cited(self) -> str:
        """The source in one line, as a record of sharing keeps it."""
        return " ".join(filter(None, (self.source.title, self.source.url))) if self.source else ""


@dataclass(frozen=True)
class Access:
    """What a region says about sharing. `parameters`: ages in years, terms in days, hours; dated, with their source."""

    grounds: tuple[Ground, ...]
    parameters: tuple[Parameter, ...]

    def number(self, id: str, on: date) -> int:
        """One of the numbers as it holds on a day. Raises `DateFault` before the first day."""
        return int(value_on([one for one in self.parameters if one.id == id], on, id).value)

    def ground(self, id: str, on: date) -> Ground | None:
        """The ground with this id that holds on a day; None when there is none."""
        return value_on_or_none([ground for ground in self.grounds if ground.id == id], on)

    def grounds_on(self, on: date, *, consultation: bool) -> tuple[Ground, ...]:
        """Every ground that holds on a day, for case consultation or else for sharing, in the order of the file."""
        return tuple(one for one in self.grounds if one.holds(on) and one.consultation == consultation)


def read_access(reader: Reader, programmes: Collection[str]) -> Access | None:
    """The sharing that a file describes; None when it has a fault. `programmes`: the ids a ground may name."""
    before = len(reader.faults.all)
    grounds = tuple(_ground(table, programmes) for table in reader.tables("ground"))
    access = Access(grounds, read_numbers(reader, _NUMBERS))
    if len(reader.faults.all) == before:
        _check_ages(reader, access)
    reader.done()
    return access if len(reader.faults.all) == before else None


def _ground(reader: Reader, programmes: Collection[str]) -> Ground:
    holds = read_holds(reader)
    if holds["source"] is None and holds["assumption"] is not None:
        reader.fault(
            "source", "A ground in law names the law.", "an assumption alone", "source = { title = … }"
        )
    ground = Ground(
        id=read_id(reader),
        name=reader.words("name"),
        text=reader.words("text"),
        fields=reader.strings("fields"),
        days=reader.integer("days", low=1) or 0,
        organisations=reader.strings("organisations", required=False),
        programmes=reader.strings("programmes", required=False),
        consultation=reader.flag("consultation", default=False),
        **holds,
    )
    _check_ground(reader, ground, programmes)
    reader.done()
    return ground


def _check_ground(reader: Reader, ground: Ground, programmes: Collection[str]) -> None:
    if ground.id == CONSENT:
        reader.fault("id", "Consent is no ground in law: it needs no table.", ground.id, "another id")
    if ground.until is not None and ground.until <= ground.from_:
        reader.fault("until", "It ends before it begins.", ground.until, f"a day after {ground.from_}")
    for index, field in enumerate(ground.fields):
        if field not in SHAREABLE:
            expected = one_of(SHAREABLE, field)
            reader.fault(("fields", index), "This group of fields can't be shared.", field, expected)
    for index, programme in enumerate(ground.programmes):
        if programme not in programmes:
            expected = one_of(sorted(programmes), programme)
            reader.fault(("programmes", index), "There is no such programme.", programme, expected)
    for field in ALWAYS:
        if isinstance(reader.data.get("fields"), list) and field not in ground.fields:
            found = ", ".join(ground.fields) or "nothing"
            reader.fault(
                "fields", "This group of fields is always read along.", found, f"“{field}” among them"
            )


def _check_ages(reader: Reader, access: Access) -> None:
    """On every day on which a number begins, a young person decides together before they decide alone."""
    pairs = (
        ("consent-together-age", "consent-alone-age"),
        ("consent-days", "consent-longest-days"),
    )
    for lower, upper in pairs:
        values = [one for one in access.parameters if one.id in (lower, upper)]
        for on in sorted({one.from_ for one in values}):
            low, high = (
                value_on_or_none([one for one in values if one.id == id], on) for id in (lower, upper)
            )
            if low is not None and high is not None and low.value > high.value:
                message = f"From {on} on “{lower}” is more than “{upper}”."
                reader.fault("parameter", message, f"{low.value:g}", f"at most {high.value:g}")
