"""Saying what a measure reached, and saying so for it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from veerkracht.region.money.model import Measure, Milestone
from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.results.defined import measure_of, milestone_of, programme_of
from veerkracht.register.results.models import DECIMALS, FIGURES, Confirmation, Report
from veerkracht.register.results.states import counted_in_units
from veerkracht.rulebook.types import Text

_MOST = Decimal(10) ** (FIGURES - DECIMALS)
_LENGTHS = {"evidence": 1000, "document": 300, "url": 500}
_is_address = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True)
class Reported:
    """What is said to be reached on a day: a `value` where the milestone has a unit, else whether it is `done`.

    `evidence`: what shows it, in words; `document` (its title) or `url`: where that can be read.
    """

    on: date
    evidence: str
    value: Decimal | None = None
    done: bool | None = None
    document: str = ""
    url: str = ""


def report_result(
    measure_id: str,
    milestone_id: str,
    reported: Reported,
    *,
    by: Actor,
    corrects: Report | None = None,
    fictitious: bool = False,
) -> Report:
    """Report what was reached of a milestone. It counts once somebody else confirmed it.

    `corrects`: the report that this one replaces. Raises `Refused`, `Invalid` naming the field (an unknown milestone,
    a day before its measure or in the future, no number, below zero, without evidence), and `Conflict` when somebody
    corrected the same report just before.
    """
    require("result.report", by, programme_of(measure_id))
    measure = measure_of(measure_id)
    milestone = milestone_of(measure, milestone_id)
    _check_day(measure, reported.on)
    _check_value(milestone, reported)
    _check_evidence(reported)
    with said(), transaction.atomic():
        if corrects:
            _check_correction(corrects, measure_id, milestone_id)
        report = Report.objects.create(
            measure=measure_id,
            milestone=milestone_id,
            on=reported.on,
            value=reported.value,
            done=reported.done,
            evidence=reported.evidence.strip(),
            document=reported.document.strip(),
            url=reported.url.strip(),
            corrects=corrects,
            fictitious=fictitious,
            reported_at=clock.now(),
            by_id=by.user_id,
            by_name=by.name,
        )
        record(by, "create", report, detail={"measure": measure_id, "milestone": milestone_id})
    return report


def confirm_result(report: Report, *, by: Actor, agrees: bool, text: str = "") -> Confirmation:
    """Say that a report is right, or that it is not and why. Only what is confirmed counts.

    Raises `Refused`, `Invalid` for who reported it themself, for a report that was corrected and for a disagreement
    without words, and `Conflict` when somebody said so already.
    """
    require("result.confirm", by, programme_of(report.measure))
    text = text.strip()
    if by.user_id is None or by.user_id == report.by_id:
        raise Invalid(
            Text(
                nl="Wie een resultaat meldt, bevestigt het niet zelf: dat doet iemand anders.",
                en="Who reports a result does not confirm it: somebody else does.",
            )
        )
    _check_length("text", text, 1000)
    if not agrees and not text:
        raise Invalid(Text(nl="Zeg wat er niet klopt.", en="Say what is not right."), "text")
    with said(), transaction.atomic():
        # Locked, so that it can't be corrected between this look and the confirmation.
        locked = Report.objects.select_for_update().get(pk=report.pk)
        if locked.corrections.exists():
            raise Invalid(
                Text(
                    nl="Deze melding is verbeterd: kijk naar de nieuwe.",
                    en="This report was corrected: look at the new one.",
                )
            )
        confirmation = Confirmation.objects.create(
            report=locked,
            agrees=agrees,
            text=text,
            at=clock.now(),
            by_id=by.user_id,
            by_name=by.name,
            reported_by_id=locked.by_id,
        )
        record(by, "create", confirmation, detail={"report": locked.pk, "agrees": agrees})
    return confirmation


def _check_day(measure: Measure, on: date) -> None:
    today = clock.today()
    if on > today:
        raise Invalid(
            Text(
                nl=f"{on:%d-%m-%Y} moet nog komen: meld wat bereikt is, ten laatste op {today:%d-%m-%Y}.",
                en=f"{on:%d-%m-%Y} is still to come: report what was reached, on {today:%d-%m-%Y} at the latest.",
            ),
            "on",
        )
    begins = measure.from_date
    if begins and on < begins:
        raise Invalid(
            Text(
                nl=f"{on:%d-%m-%Y} is vóór de maatregel begon: kies een dag vanaf {begins:%d-%m-%Y}.",
                en=f"{on:%d-%m-%Y} is before the measure began: choose a day from {begins:%d-%m-%Y}.",
            ),
            "on",
        )


def _check_value(milestone: Milestone, reported: Reported) -> None:
    if not counted_in_units(milestone):
        if reported.done is None or reported.value is not None:
            raise Invalid(
                Text(nl="Zeg of het gedaan is: ja of nee.", en="Say whether it is done: yes or no."), "done"
            )
        return
    value = reported.value
    if value is None or reported.done is not None:
        unit = milestone.unit
        raise Invalid(Text(nl=f"Geef een getal ({unit.nl}).", en=f"Give a number ({unit.en})."), "value")
    # Also for what Python calls a number and nobody else does.
    if not value.is_finite() or not 0 <= value < _MOST or value != round(value, DECIMALS):
        raise Invalid(
            Text(
                nl=f"Een getal van 0 tot {_MOST:,} met hoogstens {DECIMALS} decimalen; gevonden: {value}.",
                en=f"A number from 0 to {_MOST:,} with at most {DECIMALS} decimals; found: {value}.",
            ),
            "value",
        )


def _check_evidence(reported: Reported) -> None:
    for name, longest in _LENGTHS.items():
        _check_length(name, getattr(reported, name), longest)
    if not reported.evidence.strip():
        raise Invalid(Text(nl="Zeg waaruit het blijkt.", en="Say what shows it."), "evidence")
    url = reported.url.strip()
    if not url and not reported.document.strip():
        raise Invalid(
            Text(
                nl="Geef de titel van een document of een webadres waar het te lezen is.",
                en="Give the title of a document or a web address where it can be read.",
            ),
            "document",
        )
    if url:
        try:
            _is_address(url)
        except ValidationError:
            raise Invalid(
                Text(nl=f"Dit is geen webadres: {url[:100]}.", en=f"This is not a web address: {url[:100]}."),
                "url",
            ) from None


def _check_length(field: str, text: str, longest: int) -> None:
    if len(text) > longest:
        raise Invalid(
            Text(
                nl=f"Hoogstens {longest} tekens; gevonden: {len(text)}.",
                en=f"At most {longest} characters; found: {len(text)}.",
            ),
            field,
        )


def _check_correction(corrects: Report, measure_id: str, milestone_id: str) -> None:
    # Locked, so that it isn't confirmed or corrected in between.
    locked = Report.objects.select_for_update().get(pk=corrects.pk)
    if (locked.measure, locked.milestone) != (measure_id, milestone_id):
        raise Invalid(
            Text(
                nl="Een verbetering gaat over dezelfde mijlpaal als wat ze verbetert.",
                en="A correction is about the same milestone as what it corrects.",
            ),
            "corrects",
        )
