"""Reporting what was measured: one or many values, all of them or none; correcting one, and taking one away."""

from collections.abc import Sequence

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said as clearly
from veerkracht.register.csv_files import Report
from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Organisation
from veerkracht.register.permissions import require
from veerkracht.register.quality import reading
from veerkracht.register.quality.access import require_recorder
from veerkracht.register.quality.measured import Measured, refuse_first, wrong_words, wrongs_of
from veerkracht.register.quality.models import IndicatorValue
from veerkracht.register.quality.writing import (
    as_measured,
    is_same,
    lock,
    next_version,
    require_last,
    standing,
    write,
    wrong_beside,
)
from veerkracht.rulebook.types import Text

_AGAIN = "reported again"


def record_values(
    organisation: Organisation, *, by: Actor, values: Sequence[Measured], fictitious: bool = False
) -> list[IndicatorValue]:
    """Report what an organisation measured, all of it or nothing.

    Raises `Refused` for another organisation than one's own, and `Invalid` at its field for what can't be: more than
    all, no denominator, a period that is no period of the indicator, is not over or overlaps another.
    """
    require_recorder(by, organisation)
    for one in values:
        _check(one, organisation)
    require_recorder(by, organisation, {one.indicator for one in values})
    with clearly(), transaction.atomic():
        lock([organisation])
        there = list(standing([organisation]))
        written = []
        for one in values:
            refuse_first(wrong_beside(one, organisation, there))
            version = next_version(organisation, one)
            why = _AGAIN if version > 1 else ""
            value = write(organisation, one, by=by, version=version, why=why, fictitious=fictitious)
            record(by, "create", value, detail={"indicator": one.indicator, "from": str(one.from_)})
            there.append(value)
            written.append(value)
    return written


def correct_value(value: IndicatorValue, *, by: Actor, measured: Measured, why: str) -> IndicatorValue:
    """Say what should have been reported of the same indicator and period, and why it was not: a new version.

    Raises `Conflict` when somebody corrected it before us, and `Invalid` as `record_values`, without a reason, and for
    what changes nothing or is of something else.
    """
    require_recorder(by, value.organisation, [value.indicator])
    _check(measured, value.organisation)
    refuse_first(wrong_words("why", why))
    old = as_measured(value)
    if (measured.indicator, measured.from_, measured.service) != (old.indicator, old.from_, old.service):
        raise Invalid(_OF_SOMETHING_ELSE, "from")
    if is_same(value, measured) and measured.source == old.source:
        raise Invalid(_CHANGES_NOTHING, "numerator")
    return _follow(value, measured, by=by, why=why, withdrawn=False)


def withdraw_value(value: IndicatorValue, *, by: Actor, why: str) -> IndicatorValue:
    """Take a value away that should not be there, with the reason; what it said stays on record.

    Raises `Conflict` when somebody changed it before us, and `Invalid` without a reason.
    """
    require_recorder(by, value.organisation, [value.indicator])
    refuse_first(wrong_words("why", why))
    return _follow(value, as_measured(value), by=by, why=why, withdrawn=True)


def import_values(data: bytes, file: str, *, by: Actor, dry_run: bool = False) -> Report:
    """Report the values in a CSV file: all of them, or none and why.

    What is there already just so is left alone. Raises `Refused` for who may report nothing; a row of an organisation
    that is not theirs is a fault as that of one that isn't there.
    """
    require("quality.record", by, by.programme)
    with clearly(), transaction.atomic():
        rows, report = reading.read(data, file, by)
        if report.faults or dry_run:
            return report
        lock({row.organisation for row in rows})
        # Looked at again under the lock: somebody may have reported the same meanwhile.
        rows, report = reading.read(data, file, by)
        if report.faults:
            return report
        for row in rows:
            version = next_version(row.organisation, row.measured)
            why = _AGAIN if version > 1 else ""
            write(row.organisation, row.measured, by=by, version=version, why=why)
        record(by, "create", "indicatorvalue", detail={"rows": len(rows), "sha256": report.fingerprint})
        return report.written(len(rows))


def _follow(
    value: IndicatorValue, measured: Measured, *, by: Actor, why: str, withdrawn: bool
) -> IndicatorValue:
    with clearly(), transaction.atomic():
        lock([value.organisation])
        require_last(value)
        new = write(
            value.organisation,
            measured,
            by=by,
            version=value.version + 1,
            why=why.strip(),
            withdrawn=withdrawn,
            fictitious=value.fictitious,
        )
        record(by, "change", new, detail={"indicator": new.indicator, "withdrawn": withdrawn})
    return new


def _check(said: Measured, organisation: Organisation) -> None:
    refuse_first(wrongs_of(said, clock.today()))
    if said.service is not None and said.service.organisation_id != organisation.pk:
        raise Invalid(
            Text(
                nl="Deze dienst is niet van deze organisatie.", en="This service is not of this organisation."
            ),
            "service",
        )


_OF_SOMETHING_ELSE = Text(
    nl="Een verbetering gaat over dezelfde indicator en periode: trek deze waarde in en geef een andere op.",
    en="A correction is of the same indicator and period: withdraw this value and report another.",
)
_CHANGES_NOTHING = Text(
    nl="Dit is wat er al staat: er is niets te verbeteren.",
    en="This is what it says already: there is nothing to correct.",
)
