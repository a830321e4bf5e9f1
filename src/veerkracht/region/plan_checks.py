"""What a plan refers to must exist: other plans, programmes, areas, staff, envelopes, and the rules it changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from veerkracht.region.circles import leads_back
from veerkracht.region.ids import UNREAD_DATE
from veerkracht.region.model import Region
from veerkracht.region.money import Envelope as MoneyEnvelope
from veerkracht.region.plan_files import PlanFile
from veerkracht.region.plans import Envelope, Measure, Plan
from veerkracht.region.reader import Reader, one_of
from veerkracht.region.rule_changes import ChangeFault, changed
from veerkracht.rulebook.errors import RuleFault
from veerkracht.rulebook.types import Programme
from veerkracht.rulebook.validation import faults as programme_faults

_AREAS = ("code", "zone", "region", "province")


def check_plan(region: Region, file: PlanFile) -> None:
    """Note every reference of a plan to what does not exist, with the line that refers."""
    plan, reader = file.plan, file.reader
    if plan.builds_on and plan.builds_on not in region.plans:
        expected = one_of(sorted(set(region.plans) - {plan.id}), plan.builds_on)
        reader.fault("builds_on", "There is no such plan.", plan.builds_on, expected)
    elif _builds_on_itself(region, plan):
        expected = "a plan that does not lead back here"
        reader.fault("builds_on", "This plan builds on itself.", plan.builds_on, expected)
    below = tuple(_below(region, plan))
    _check_ids(file, below)
    own = {one.id: one for other in (*below, plan) for one in other.envelopes}
    shared = region.money.envelopes if region.money else {}
    envelopes: dict[str, Envelope | MoneyEnvelope] = {**shared, **own}
    for envelope, table in file.envelopes:
        if envelope.id in shared:
            message = "The money of the region has an envelope of this id."
            table.fault("id", message, envelope.id, "another id, or only a measure with this envelope")
        _check_within(envelope, envelopes, table)
    measures = {one.id: one for other in (*below, plan) for one in other.measures}
    for measure, table in file.measures:
        _check_programme(region, measure, table)
        _check_staff(region, measure, table)
        _check_areas(region, measure, table)
        _check_top(region, plan, measure, measures, table)
        _check_envelope(measure, envelopes, table)


def _check_ids(file: PlanFile, below: tuple[Plan, ...]) -> None:
    seen = {measure.id for plan in below for measure in plan.measures}
    for measure, table in file.measures:
        if measure.id in seen:
            message = "This measure is there twice, here or in the plan this builds on."
            table.fault("id", message, measure.id, "another id")
        seen.add(measure.id)
    seen = {envelope.id for plan in below for envelope in plan.envelopes}
    for envelope, table in file.envelopes:
        if envelope.id in seen:
            message = "This envelope is there twice, here or in the plan this builds on."
            table.fault("id", message, envelope.id, "another id")
        seen.add(envelope.id)


def _below(region: Region, plan: Plan) -> Iterator[Plan]:
    done = {plan.id}
    below = region.plans.get(plan.builds_on)
    while below is not None and below.id not in done:
        done.add(below.id)
        yield below
        below = region.plans.get(below.builds_on)


def _builds_on_itself(region: Region, plan: Plan) -> bool:
    return leads_back(plan.id, lambda id: (region.plans[id].builds_on,) if id in region.plans else ())


# -- what a measure is for ---------------------------------------------------------------------------------


def _check_programme(region: Region, measure: Measure, table: Reader) -> None:
    programme = region.programmes.get(measure.programme)
    if programme is None:
        if measure.programme:
            expected = one_of(sorted(region.programmes), measure.programme)
            table.fault("programme", "There is no such programme.", measure.programme, expected)
        return
    if measure.kind in ("places", "cases") and programme.resource != measure.kind:
        message, expected = "The programme does not give this.", f"“{programme.resource}”"
        table.fault("kind", message, f"{measure.kind} for {programme.id}", expected)
    _check_dates(programme.begins, f"{programme.id} begins on {programme.begins}", measure, table)
    _check_pot(programme, measure, table)
    if measure.kind == "rule":
        _check_rule(programme, measure, table)


def _check_dates(begins: date, said: str, measure: Measure, table: Reader) -> None:
    """Nothing is done before there is anything to do it to."""
    first = min((step.from_ for step in measure.steps), default=measure.from_)
    if UNREAD_DATE < first < begins:
        key = "steps" if "steps" in table.data else "from"
        table.fault(key, "This date is before the data.", first, f"{begins} or later: {said}")


def _check_pot(programme: Programme, measure: Measure, table: Reader) -> None:
    routes = dict.fromkeys(route.pot for route in programme.routes)
    pots = [*(group.id for group in programme.groups), *routes]
    if measure.to and measure.to not in pots:
        table.fault("to", "The programme has no such pot.", measure.to, one_of(pots, measure.to))
    if measure.kind == "money" and measure.sector and programme.handout == "round":
        message = "This money would be spent twice: handed out in rounds, and on staff."
        table.fault("sector", message, measure.sector, "a sector or a programme, not both")


def _check_rule(programme: Programme, measure: Measure, table: Reader) -> None:
    """The draft with this change must be as sound as a programme file."""
    if not measure.section or not measure.change or programme_faults(programme):
        return
    try:
        changed(programme, [measure])
    except ChangeFault as fault:
        table.fault(fault.key, fault.message, fault.found, fault.expected)
    except RuleFault as fault:
        said = " ".join(str(fault).splitlines())
        table.fault("change", "The rules can't be used with this change.", said, "a change that fits")


def _check_staff(region: Region, measure: Measure, table: Reader) -> None:
    if measure.kind not in ("pay", "training") and not (measure.sector or measure.profession):
        return
    if region.staff is None:
        found, expected = "no staff.toml", "a file staff.toml with sectors and professions"
        table.fault("kind", "This region says nothing about staff.", found, expected)
        return
    sectors = [one.id for one in region.staff.sectors]
    professions = [one.id for one in region.staff.professions]
    if measure.sector and measure.sector not in sectors:
        expected = one_of(sectors, measure.sector)
        table.fault("sector", "There is no such sector.", measure.sector, expected)
    if measure.profession and measure.profession not in professions:
        expected = one_of(professions, measure.profession)
        table.fault("profession", "There is no such profession.", measure.profession, expected)
    begins = min((one.from_ for one in region.staff.parameters), default=UNREAD_DATE)
    _check_dates(begins, "the figures on staff begin then", measure, table)


def _check_areas(region: Region, measure: Measure, table: Reader) -> None:
    named = [measure.area] if measure.area else []
    if not (named or measure.shares):
        return
    known = {code for column in _AREAS for code in region.areas.get_column(column)}
    wrong = [("area", area) for area in named if area not in known]
    wrong += [("shares", area) for area in measure.shares if area not in known]
    for key, area in wrong:
        expected = "the code of a municipality, a zone, a region or a province of areas.csv"
        path = (key, area) if key == "shares" else (key,)
        table.fault(path, "There is no such area.", area, expected)


# -- what it comes on top of, and what pays it ---------------------------------------------------------------


def _check_top(
    region: Region, plan: Plan, measure: Measure, measures: dict[str, Measure], table: Reader
) -> None:
    top = measure.on_top_of
    if not top:
        return
    known = [*sorted(set(region.plans) - {plan.id}), *(id for id in measures if id != measure.id)]
    if leads_back(measure.id, lambda id: (measures[id].on_top_of,) if id in measures else ()):
        expected = "a plan or measure that does not lead back here"
        table.fault("on_top_of", "This measure comes on top of itself.", top, expected)
    elif top not in known:
        table.fault("on_top_of", "There is no such plan or measure.", top, one_of(known, top))


def _check_envelope(
    measure: Measure, envelopes: Mapping[str, Envelope | MoneyEnvelope], table: Reader
) -> None:
    if measure.envelope and measure.envelope not in envelopes:
        expected = one_of(sorted(envelopes), measure.envelope)
        table.fault("envelope", "There is no such envelope.", measure.envelope, expected)


def _check_within(
    envelope: Envelope, envelopes: Mapping[str, Envelope | MoneyEnvelope], table: Reader
) -> None:
    outer = envelope.within
    if not outer:
        return
    if leads_back(envelope.id, lambda id: (envelopes[id].within,) if id in envelopes else ()):
        expected = "an envelope that does not lead back here"
        table.fault("within", "This envelope is a part of itself.", outer, expected)
    elif outer not in envelopes:
        expected = one_of(sorted(set(envelopes) - {envelope.id}), outer)
        table.fault("within", "There is no such envelope.", outer, expected)
