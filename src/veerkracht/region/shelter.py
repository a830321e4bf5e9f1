"""What follows when a safe place was found tonight: how a stay ends, consents, counselling, the helpline's form.

One file, `crisis/stays.toml`. How long a stay may last and what can be done then stands in the programme of the help
itself (`rulebook.now`); that a stay has an end, that somebody agrees and that something follows is no region's to say.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from veerkracht.region.ids import UNREAD_DATE, HasId, Named, read_by_id, read_explained, read_id
from veerkracht.region.reader import Reader, one_of
from veerkracht.rulebook.dated import value_on_or_none
from veerkracht.rulebook.now import HAND_OVER, Follow, NowProgramme
from veerkracht.rulebook.stay_terms import StayNorm, norm_for
from veerkracht.rulebook.types import Assumption, Dated, Source, Text

FILE = "crisis/stays.toml"
RESIDENTIAL, AT_HOME = "residential", "home"
_WHERE = (RESIDENTIAL, AT_HOME)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGround(Dated):
    """A ground on which help goes on without the consent of who else must agree."""

    id: str
    name: Text
    text: Text = field(default_factory=Text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Module(Dated):
    """A form of crisis counselling. `where`: in residential care or at home.

    `start_hours`: within how long after the question the first talk is. `lasts_days`: how long it lasts at most.
    `case_load`: how many families one full-time worker follows at once.
    """

    id: str
    name: Text
    text: Text
    where: str
    start_hours: int
    lasts_days: int
    case_load: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line that somebody in danger can call. `number` as it is dialled; `text`: for whom, and when."""

    id: str
    name: Text
    number: str
    text: Text
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """A series of the region's figures that is shown beside campaigns, by a name that people read."""

    series: str
    name: Text


@dataclass(frozen=True, slots=True)
class ContactForm:
    """The helpline's form. `exit`: the harmless page to which the quick exit leads. `answer_hours`: within how long an
    answer is given. `kept_days`: after how long a message is cleared. `figures`: series of published calls, to show
    beside campaigns.
    """

    exit: str
    answer_hours: int
    kept_days: int
    kinds: tuple[Named, ...]
    senders: tuple[Named, ...]
    lines: tuple[Line, ...]
    figures: tuple[Published, ...] = ()
    source: Source | None = None
    assumption: Assumption | None = None


@dataclass(frozen=True)
class Shelter:
    """All that a region's file says of it. `norms`, `follows`: those of the programme for whose help the desk looks."""

    norms: tuple[StayNorm, ...]
    follows: dict[str, Follow]
    end_reasons: dict[str, Named]
    grounds: tuple[ConsentGround, ...]
    modules: tuple[Module, ...]
    contact: ContactForm | None

    def norm(self, clock: str, kind: str, start: datetime) -> StayNorm | None:
        """The norm of a clock for a kind of help that began then; None when the region knows none."""
        return norm_for(self.norms, clock, kind, start)

    def hands_over_to(self, programme: str) -> bool:
        """Whether a stay is handed over to a kind of help."""
        named = [one.programmes for one in self.follows.values() if one.does == HAND_OVER]
        return any(programme in (programmes or (programme,)) for programmes in named)

    def is_for_children(self, programme: str) -> bool:
        """Whether a kind of help is handed over to for the children of a stay alone."""
        return any(programme in one.for_children for one in self.follows.values())

    def ground(self, id: str, on: date) -> ConsentGround | None:
        """A ground that holds on a day; None when there is none."""
        return value_on_or_none([one for one in self.grounds if one.id == id], on)

    def module(self, id: str, on: date) -> Module | None:
        """A form of counselling that holds on a day; None when there is none."""
        return value_on_or_none([one for one in self.modules if one.id == id], on)


def read_shelter(
    reader: Reader, programme: NowProgramme | None, series: Collection[str] = ()
) -> Shelter | None:
    """What a file says; None when it has a fault. `programme`: of the help for which a desk looks. `series`: the
    figures that it may name.
    """
    before = len(reader.faults.all)
    norms = programme.norms if programme else ()
    follows = {one.id: one for one in programme.follows} if programme else {}
    end_reasons = read_by_id(reader, "end_reason", read_explained)
    if not end_reasons:
        reader.fault("end_reason", "A stay ends for a reason.", "nothing", "at least one [[end_reason]]")
    grounds = tuple(map(_ground, reader.tables("consent_ground")))
    _check_once(reader, "consent_ground", grounds)
    modules = tuple(map(_module, reader.tables("module")))
    _check_once(reader, "module", modules)
    contact = reader.table("contact")
    form = _contact(contact, series) if contact else None
    shelter = Shelter(norms, follows, end_reasons, grounds, modules, form)
    reader.done()
    return shelter if len(reader.faults.all) == before else None


def _check_ends(reader: Reader, dated: Dated) -> None:
    if dated.until is not None and dated.until <= dated.from_:
        reader.fault("until", "It ends before it begins.", dated.until, f"a day after {dated.from_}")


class _DatedWithId(HasId, Protocol):
    @property
    def from_(self) -> date: ...
    @property
    def until(self) -> date | None: ...


def _check_once(reader: Reader, key: str, found: tuple[_DatedWithId, ...]) -> None:
    """Two of one id never hold on one day."""
    for index, one in enumerate(found):
        for other in found[:index]:
            ends_before = one.until is not None and one.until <= other.from_
            begins_after = other.until is not None and other.until <= one.from_
            if one.id == other.id and not (ends_before or begins_after):
                reader.fault(
                    (key, index, "id"), "This id holds twice on one day.", one.id, "another id or day"
                )


def _ground(reader: Reader) -> ConsentGround:
    source, assumption = reader.origin()
    ground = ConsentGround(
        id=read_id(reader),
        name=reader.words("name"),
        text=reader.words("text", required=False),
        from_=reader.day("from") or UNREAD_DATE,
        until=reader.day("until", required=False),
        source=source,
        assumption=assumption,
    )
    _check_ends(reader, ground)
    reader.done()
    return ground


def _module(reader: Reader) -> Module:
    source, assumption = reader.origin()
    module = Module(
        id=read_id(reader),
        name=reader.words("name"),
        text=reader.words("text", required=False),
        where=reader.choice("where", _WHERE),
        start_hours=reader.integer("start_hours", low=1) or 1,
        lasts_days=reader.integer("lasts_days", low=1) or 1,
        case_load=reader.integer("case_load", low=1) or 1,
        from_=reader.day("from") or UNREAD_DATE,
        until=reader.day("until", required=False),
        source=source,
        assumption=assumption,
    )
    _check_ends(reader, module)
    reader.done()
    return module


def _contact(reader: Reader, series: Collection[str]) -> ContactForm:
    source, assumption = reader.origin()
    exit_to = reader.string("exit")
    if exit_to and not exit_to.startswith("https://"):
        reader.fault("exit", "This is not a safe web address.", exit_to, "https://…")
    form = ContactForm(
        exit=exit_to,
        answer_hours=reader.integer("answer_hours", low=1) or 1,
        kept_days=reader.integer("kept_days", low=1) or 1,
        kinds=tuple(read_by_id(reader, "kind", read_explained).values()),
        senders=tuple(read_by_id(reader, "sender", read_explained).values()),
        lines=tuple(read_by_id(reader, "line", _line).values()),
        figures=tuple(_published(table, series) for table in reader.tables("figure")),
        source=source,
        assumption=assumption,
    )
    for key, options in (("kind", form.kinds), ("sender", form.senders), ("line", form.lines)):
        if not options:
            reader.fault(key, "There is nothing to choose.", "nothing", f"at least one [[contact.{key}]]")
    reader.done()
    return form


def _published(reader: Reader, series: Collection[str]) -> Published:
    found = Published(reader.string("series"), reader.words("name"))
    if found.series and found.series not in series:
        reader.fault("series", "There is no such series.", found.series, one_of(sorted(series), found.series))
    reader.done()
    return found


def _line(reader: Reader) -> Line:
    source, _assumption = reader.origin()
    line = Line(read_id(reader), reader.words("name"), reader.string("number"), reader.words("text"), source)
    if line.number and not line.number.replace(" ", "").isdigit():
        reader.fault("number", "This is not a number to dial.", line.number, "digits and spaces")
    reader.done()
    return line
