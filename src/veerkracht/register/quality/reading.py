"""A CSV file of values read: every row that could be reported, and every fault with its line and field."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from veerkracht.region.csv_lines import NO_NUMBER, Row
from veerkracht.register import clock
from veerkracht.register.csv_files import Brought, Report, brought
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Organisation
from veerkracht.register.quality.access import (
    covers,
    is_of,
    list_own_organisations,
    list_own_services,
)
from veerkracht.register.quality.measured import Measured, indicator_of, wrongs_of
from veerkracht.register.quality.models import IndicatorValue
from veerkracht.register.quality.writing import is_same, standing, wrong_beside
from veerkracht.register.supply.fields import NAME_OR_NUMBER, NO_SERVICE, NOT_YOURS, by_name_or_number
from veerkracht.register.supply.models import Service
from veerkracht.rulebook.types import Text

COLUMNS = (
    "organisation",
    "service",
    "indicator",
    "from",
    "until",
    "numerator",
    "denominator",
    "spread",
    "stratum",
    "source",
)
# What an export adds; an import passes it over.
BESIDE = ("version", "recorded_at", "fictitious")
_TWICE = Text(nl="Deze waarde staat er twee keer.", en="This value stands there twice.")
_CAN_NOT_BE = Text(nl="Dit kan niet.", en="This can't be.")
_OTHER_PROGRAMME = Text(nl="Dit is niet van uw zorgvorm.", en="This is not of your programme.")
_OF_YOURS = Text(nl="een van uw zorgvorm", en="one of your programme")
_SERVICE = Text(nl="de naam van een dienst, of niets", en="the name of a service, or nothing")
_DECIMAL = Text(nl="een getal met een punt, zoals 12 of 12.5", en="a number with a point, such as 12 or 12.5")


@dataclass(frozen=True)
class Read:
    """One row that can be reported."""

    line: int
    organisation: Organisation
    measured: Measured


def read(data: bytes, file: str, by: Actor) -> tuple[list[Read], Report]:
    """The rows of a file that are new and can be reported, and the report on all of it; nothing is written."""
    given = brought(data, file, COLUMNS, BESIDE)
    known = _Known(by)
    found = [row for row in map(known.row, given.rows) if row]
    there = list(standing(row.organisation for row in found).select_related("organisation", "service"))
    new = _new(found, there, given)
    return new, Report.on(given, already=len(found) - len(new))


def _new(found: list[Read], there: list[IndicatorValue], file: Brought) -> list[Read]:
    """The rows that are not there yet; one whose period overlaps another's, there or in the file, is a fault."""
    by_key = {_key_of(one): one for one in there}
    new, in_file = [], dict[tuple[object, ...], int]()
    for row in found:
        key = _key(row)
        first = in_file.setdefault(key, row.line)
        if first != row.line:
            expected = Text(
                nl=f"elke waarde één keer (zie regel {first})", en=f"each value once (see line {first})"
            )
            file.fault(row.line, "from", _TWICE, row.measured.from_, expected)
        elif key in by_key and is_same(by_key[key], row.measured):
            continue
        else:
            for wrong in wrong_beside(row.measured, row.organisation, there):
                file.fault(row.line, wrong.field, _CAN_NOT_BE, wrong.found, wrong.expected)
            new.append(row)
    return new


def _key(row: Read) -> tuple[object, ...]:
    said = row.measured
    return row.organisation.pk, said.service.pk if said.service else None, said.indicator, said.from_


def _key_of(value: IndicatorValue) -> tuple[object, ...]:
    return value.organisation_id, value.service_id, value.indicator, value.from_date


class _Known:
    """The organisations and services for which somebody may report, by how a file names them."""

    def __init__(self, by: Actor):
        self.by = by
        self.organisations = by_name_or_number(list_own_organisations(by))
        self.services = {(one.organisation_id, one.name): one for one in list_own_services(by)}

    def row(self, row: Row) -> Read | None:
        """What a row reports; None, with its faults noted, when that can't be."""
        named = row.text("organisation")
        organisation = self.organisations.get(named)
        if named and (organisation is None or not is_of(self.by, organisation.pk)):
            row.fault("organisation", NOT_YOURS, named, NAME_OR_NUMBER)
        service = self._service(row, organisation)
        from_, until = row.day("from"), row.day("until")
        numerator, spread = _decimal(row, "numerator"), _decimal(row, "spread", required=False)
        denominator, source = row.integer("denominator", low=1), row.text("source")
        if row.wrong or not (organisation and from_ and until and denominator) or numerator is None:
            return None
        measured = Measured(
            indicator=row.text("indicator"),
            from_=from_,
            until=until,
            numerator=numerator,
            denominator=denominator,
            source=source,
            spread=spread,
            stratum=row.text("stratum", required=False),
            service=service,
        )
        for wrong in wrongs_of(measured, clock.today()):
            row.fault(wrong.field, _CAN_NOT_BE, wrong.found, wrong.expected)
        if not row.wrong and not covers(self.by, indicator_of(measured.indicator)):
            row.fault("indicator", _OTHER_PROGRAMME, measured.indicator, _OF_YOURS)
        return None if row.wrong else Read(row.line, organisation, measured)

    def _service(self, row: Row, organisation: Organisation | None) -> Service | None:
        name = row.text("service", required=False)
        if not name or organisation is None:
            return None
        service = self.services.get((organisation.pk, name))
        if service is None:
            row.fault("service", NO_SERVICE, name, _SERVICE)
        return service


def _decimal(row: Row, field: str, *, required: bool = True) -> Decimal | None:
    text = row.text(field, required=required)
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        row.fault(field, NO_NUMBER, text, _DECIMAL)
        return None
    return value
