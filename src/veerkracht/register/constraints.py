"""What the databases themselves hold, by name; what is said when it would be broken is in `messages`."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import IntegrityError, OperationalError, models

from veerkracht.register.errors import Conflict, Invalid, RegisterFault
from veerkracht.register.messages import MESSAGES
from veerkracht.rulebook.types import Text

OUR_APPS = (
    "log",
    "log_in_register",
    "people",
    "sharing",
    "documents",
    "supply",
    "staff",
    "quality",
    "assessments",
    "money",
    "plans",
    "care",
    "residence",
    "keeping",
    "tokens",
    "results",
    "published",
    "payments",
    "lists",
    "offers",
    "crisis",
    "shelter",
)
# Broken only when somebody else was just before us.
_RACES = {
    "one_live_request_per_kind",
    "one_open_budget_per_programme",
    "one_open_round_per_programme",
    "one_live_hold_per_unit",
    "one_live_hold_per_request",
    "one_open_stay_per_unit",
    "resident_in_one_place",
    "residence_starts_and_ends_once",
    "day_price_version_once",
    "one_open_contribution_of_a_kind",
    "hold_step_once",
    "one_lasting_closure_per_unit",
    "one_standing_entry_per_home",
    "double_once",
    "one_live_vacancy_per_unit",
    "one_live_offer_per_entry",
    "offer_step_once",
    "order_step_once",
    "value_version_once",
    "assessment_once_a_day",
    "value_version_of_a_service_once",
    "line_credit_version_once",
    "one_correction_per_report",
    "one_confirmation_per_report",
    "one_settlement_per_explanation",
    "one_release_per_version",
    "money_release_version_once",
    "staff_count_once_of_service",
    "staff_count_once_of_organisation",
    "staff_flow_once_of_service",
    "staff_flow_once_of_organisation",
    "training_once_a_year",
    "crisis_stay_step_once",
    "counselling_step_once",
    "one_open_counselling_a_search",
    "campaign_reach_once",
    "one_open_shift_per_worker",
    "call_kept_once",
    "search_kept_once",
    "search_step_once",
    "one_place_per_known_person",
}


# Rules about several rows, held by triggers that name them.
_RAISED = ("residence_overlaps_another",)

BUSY = Text(
    nl="Iemand anders is hier op dit moment mee bezig. Er is niets gewijzigd: probeer het opnieuw.",
    en="Somebody else is busy with this at the moment. Nothing was changed: try again.",
)
# PostgreSQL's codes for: no lock in time, a deadlock, a transaction that can't be put in order.
_BUSY_STATES = {"55P03", "40P01", "40001"}


def named() -> dict[str, models.BaseConstraint]:
    """Every constraint of ours by its name."""
    return {
        constraint.name: constraint
        for model in apps.get_models()
        if model._meta.app_label in OUR_APPS
        for constraint in model._meta.constraints
    }


def broken(error: IntegrityError) -> str:
    """The name of the rule that a database says was broken; "" when it is none of ours.

    SQLite names a check, but of a unique rule only the columns.
    """
    text = str(error)
    if "append_only" in text:
        return "append_only"
    if raised := next((name for name in _RAISED if name in text), ""):
        return raised
    match = re.search(r"UNIQUE constraint failed: ([\w., ]+)", text)
    columns = match.group(1) if match else None
    for name, constraint in named().items():
        if columns is not None:
            if isinstance(constraint, models.UniqueConstraint) and _columns(name) == columns:
                return name
        elif re.search(rf"\b{name}\b", text):
            return name
    return ""


def fault(error: IntegrityError) -> RegisterFault | None:
    """What a person reads of a broken rule of the database; None when the rule is not one of ours."""
    name = broken(error)
    if not name:
        return None
    return Conflict(MESSAGES[name]) if name in _RACES else Invalid(MESSAGES[name])


def is_busy(error: BaseException) -> bool:
    """Whether a database gave way to somebody else: a lock not got in time, or two who waited for each other."""
    if not isinstance(error, OperationalError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state in _BUSY_STATES or "database is locked" in str(error)


@contextmanager
def said() -> Iterator[None]:
    """Turns a broken rule of the database, and a lock not got, into the clear error that a person reads.

    Raises `Conflict` when the database is busy, and what the rule's message says (`fault`) when one is broken.
    """
    try:
        yield
    except OperationalError as error:
        if not is_busy(error):
            raise
        raise Conflict(BUSY) from error
    except IntegrityError as error:
        clear = fault(error)
        if clear is None:
            raise
        raise clear from error


def _columns(name: str) -> str:
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name and isinstance(constraint, models.UniqueConstraint):
                fields = [model._meta.get_field(field).column for field in constraint.fields]
                return ", ".join(f"{model._meta.db_table}.{column}" for column in fields)
    return ""
