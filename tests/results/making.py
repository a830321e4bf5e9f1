"""A region with a few measures, and reports about them."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from tests import factories
from veerkracht import region
from veerkracht.region.money.model import (
    Envelope,
    Figure,
    Line,
    LineCreditStated,
    Measure,
    Milestone,
    Money,
    Realised,
    Reconciliation,
    Stated,
)
from veerkracht.register.people.actors import Actor
from veerkracht.register.results import actions
from veerkracht.register.results.models import Report
from veerkracht.rulebook.types import Source, Text

SOURCE = Source("Made up for a test")
SAID = Stated("announced", 4_800_000_00, date(2020, 9, 28), SOURCE)
UNKNOWN = Stated("agreed", None, date(2020, 11, 24), SOURCE)


def text(words: str) -> Text:
    return Text(words, words)


HOUSES = Milestone(
    "houses",
    text("Houses open"),
    "output",
    definition=text("Houses that receive young people at least three days a week"),
    unit=text("houses"),
    baseline=5.0,
    target=24.0,
    target_on=date(2023, 6, 30),
)
CALL = Milestone(
    "call",
    text("Call published"),
    "milestone",
    definition=text("The call stands in the official journal"),
    target_on=date(2021, 6, 30),
)
VAGUE = Milestone("wellbeing", text("Young people feel better"), "outcome")
QUEUE = Milestone(
    "queue",
    text("Days of waiting"),
    "outcome",
    definition=text("Days between asking and a first talk, median"),
    unit=text("days"),
    baseline=90.0,
    target=30.0,
    target_on=date(2025, 12, 31),
)
SHARE = Milestone(
    "reached",
    text("Young people reached"),
    "output",
    definition=text("Different young people in a year"),
    unit=text("persons"),
    target=9000.0,
    target_on=date(2023, 12, 31),
    realised=(Realised(date(2022, 6, 30), 4000.0, SOURCE),),
)


def measure(id: str, *milestones: Milestone, **facts: Any) -> Measure:
    given = {
        "name": text(id.capitalize()),
        "kind": "project",
        "envelope": "recovery",
        "decision": "",
        "sentences": (),
        "stated": (SAID,),
        "recurrent": False,
        "from_date": date(2021, 1, 1),
        "until_date": None,
        "milestones": milestones,
    }
    return Measure(id, **{**given, **facts})


ITEM = Reconciliation(
    id="how-much",
    name=text("525 or 538 million"),
    about=("recovery",),
    figures=(
        Figure(text("On 28 September"), 525_000_000_00, SOURCE),
        Figure(text("On 1 October"), 538_000_000_00, SOURCE),
    ),
    explanation=text("Not known."),
    owner=text("Department of finance"),
    opened_on=date(2023, 1, 1),
)
MONEY = Money(
    envelopes={"recovery": Envelope("recovery", text("Recovery"), True, True, (SAID,))},
    measures={
        "youth-houses": measure("youth-houses", HOUSES, CALL, VAGUE),
        "early-talks": measure(
            "early-talks", QUEUE, SHARE, programme="personal-budget", stated=(SAID, UNKNOWN)
        ),
    },
    lines={
        "HOUSES": Line(
            code="HOUSES",
            name=text("Houses"),
            measure="youth-houses",
            programme="",
            article="GE0-1GDE2OA-WT",
            area="",
            from_date=date(2021, 1, 1),
            credits=(
                LineCreditStated(2023, "initial", 1_600_000_00, 1_200_000_00, SOURCE),
                LineCreditStated(2023, "revised", 1_700_000_00, None, SOURCE),
                LineCreditStated(2030, "initial", 1_00, 1_00, SOURCE),
            ),
        )
    },
    reconciliations={"how-much": ITEM},
)


def with_money(money: Money = MONEY) -> region.Region:
    """The region in use, had its files told this of money."""
    return replace(region.current(), money=money)


def reported(
    on: date = date(2022, 6, 30), value: str | None = "12", done: bool | None = None, **facts: Any
) -> actions.Reported:
    given = {"evidence": "Counted by the network", "document": "Yearbook 2022", **facts}
    return actions.Reported(on, value=None if value is None else Decimal(value), done=done, **given)


def report(
    by: Actor | None = None, milestone: str = "houses", of: str = "youth-houses", **facts: Any
) -> Report:
    by = by or factories.make_actor("measure-owner")
    corrects = facts.pop("corrects", None)
    return actions.report_result(of, milestone, reported(**facts), by=by, corrects=corrects)


def confirmed(by: Actor | None = None, agrees: bool = True, **facts: Any) -> Report:
    """A report that somebody else judged."""
    made = report(**facts)
    by = by or factories.make_actor("budget-officer")
    actions.confirm_result(made, by=by, agrees=agrees, text="" if agrees else "Counted twice")
    return made


def json_text(value: Any) -> str:
    return json.dumps(value)
