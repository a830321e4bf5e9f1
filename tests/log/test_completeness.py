"""Nothing is done, read or tried without a line in the log: every action and gate that there is, found by looking."""

import ast
import importlib
import inspect
import textwrap
from functools import cache

import pytest

from tests.factories import make_person, make_user
from tests.log.everything import actions, called, gates
from veerkracht.register.errors import Refused
from veerkracht.register.log import chain
from veerkracht.register.log.models import LogEntry
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Membership, Organisation
from veerkracht.register.permissions import require

# Which verbs ask and write down hangs on no database.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

# Pieces that an action calls after it asked, or that only answer yes or no: they open nothing by themselves.
PIECES = {
    "assessments.access.is_resident",
    "assessments.access.known_to",
    "assessments.access.may_read",
    "assessments.access.may_record",
    "assessments.access.require_list",
    "assessments.access.require_recorder",
    "assessments.access.require_records",
    "care.actions.askers.require_asker",
    "care.actions.budgets.stop",
    "care.actions.deaths.write_death",
    "care.actions.grants.let_go",
    "care.actions.hand_out.hand_out",
    "care.actions.round_checks.check_signer",
    "care.actions.writing.write_step",
    "cases.actions.consents.signature",
    "cases.actions.consultations.membership_in",
    "cases.actions.referrals.end_resting_on",
    "cases.actions.workers.take_up",
    "lists.access.is_home_of",
    "lists.access.may_ask_for_others",
    "lists.access.may_ask_oneself",
    "lists.access.may_change",
    "lists.access.may_come_together",
    "lists.access.require_change",
    "lists.access.require_for_others",
    "lists.access.require_home",
    "lists.access.require_register",
    "crisis.access.gives_shelter",
    "crisis.access.is_of",
    "crisis.access.on_duty",
    "crisis.access.require_desk",
    "crisis.access.require_duty",
    "money.actions.payments.cancel_payments",
    "money.actions.payments.request_payments",
    "money.actions.payments.settle_payments",
    "offers.access.require_answer",
    "offers.access.require_of",
    "offers.actions.lapsing.lapse_of",
    "quality.access.covers",
    "quality.access.is_of",
    "quality.access.known_to",
    "quality.access.require_recorder",
    "residence.access.require_of",
    "residence.access.stay_of",
    "roles.actions.is_lent_by",
    "shelter.access.get_guests",
    "shelter.access.is_of",
    "shelter.access.is_of_service",
    "shelter.access.of",
    "shelter.access.require_of",
    "shelter.actions.counselling.asked",
    "shelter.actions.stays.opened",
    "staff.access.require_recorder",
    "supply.access.is_of",
    "supply.access.concerns",
    "supply.access.knows",
    "supply.access.may_settle",
    "supply.access.require_of",
    "supply.access.require_own",
    "supply.actions.holds.hold_until",
    "supply.actions.holds.keep_longer",
}
# What is refused otherwise, and why.
OTHERWISE = {
    "cases.actions.notices.read_notices": "one's own notices: there is nothing to refuse",
    "cases.actions.consultations.remove_member": "a row that isn't there; tests/sharing tries real ones",
    "documents.access.documents_of": "shows nothing, as for a case without documents",
}
ALL = {**actions(), **gates()}


@pytest.fixture
def nobody(db) -> Actor:
    """Somebody who is signed in, in a role that the matrix doesn't know."""
    user = make_user("reader", username="nobody")
    held = Membership(
        pk=999_999, user=user, organisation=Organisation(pk=999_999, name="Elsewhere"), role="nobody"
    )
    return Actor(user=user, membership=held)


@pytest.mark.parametrize("name", sorted(ALL.keys() - PIECES - OTHERWISE.keys()))
def test_who_may_not_is_refused_and_it_is_written_down(name, nobody):
    person = make_person()
    before = LogEntry.objects.count()
    with pytest.raises(Refused):
        called(ALL[name], nobody, person)
    entries = LogEntry.objects.order_by("id")[before:]
    assert [(one.verb, one.user_id) for one in entries] == [("refused", nobody.user_id)]


# What is done or shown without a line of its own, and why.
SILENT = {
    "assessments.access.get_person": "shows nothing; what is read or recorded of them is written down",
    "care.access.get_budget": "of a request whose file was opened, and that is written down",
    "care.access.list_rounds": "rounds name nobody; opening one is written down",
    "cases.actions.notices.read_notices": "one's own notices",
    "documents.access.get_document": "what is done with it is written down",
    "keeping.queries.people.get_person": "shows nothing; what is done with it is written down",
    "keeping.queries.runs.get_hold": "shows nothing; lifting it is written down",
    "keeping.queries.runs.holds_on": "shows nothing; lifting them is written down",
    "keeping.queries.runs.to_carry_out": "shows nothing; carrying it out is written down",
    "payments.access.get_line": "a line; nobody's file",
    "payments.access.get_order": "totals and organisations; what is done with it is written down",
    "payments.access.get_organisation": "an organisation; nobody's file",
    "payments.access.get_organisation_account": "masked, of an organisation; deciding on it is written down",
    "payments.access.get_person_account": "masked; deciding on it is written down",
    "payments.access.get_payment": "to an organisation; recovering it is written down",
    "plans.access.get_own_plan": "one's own plan; nobody's file",
    "plans.access.get_plan": "a plan; nobody's file",
    "plans.access.list_plans": "plans; nobody's file",
    "residence.access.get_price": "a price; putting it right is written down",
    "results.access.get_note": "a note on figures; nobody's file",
    "results.access.get_report": "a report on a measure; nobody's file",
    "supply.access.get_service": "a service; nobody's file",
    "supply.access.get_unit": "a place; nobody's file",
    "tokens.actions.own_tokens": "one's own keys",
}


def test_what_is_done_or_shown_is_written_down():
    """By reading the code: each action and gate leads to a line that isn't the refusal."""
    silent = {name for name, function in ALL.items() if name not in PIECES and not writes(function)}
    assert silent == set(SILENT)


def test_the_lists_of_exceptions_name_what_there_is():
    assert ALL.keys() >= {*PIECES, *OTHERWISE, *SILENT}


def writes(function, seen: frozenset = frozenset()) -> bool:
    """Whether a function of the register writes in the log other than by `require`, by itself or by what it calls."""
    if function in (record, chain.append):
        return True
    if function in seen or function is require or not function.__module__.startswith("veerkracht.register"):
        return False
    return any(writes(one, seen | {function}) for one in calls(function))


@cache
def calls(function) -> tuple:
    """The functions that a function names; a refusal it writes itself isn't counted."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    known = vars(importlib.import_module(function.__module__))
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and not _says_refused(node):
            named = _named(node.func, known)
            found += [inspect.unwrap(named)] if inspect.isfunction(named) else []
    return tuple(found)


def _named(node: ast.expr, known: dict):
    """What `name` or `module.name` stands for; None for anything else."""
    if isinstance(node, ast.Name):
        return known.get(node.id)
    return getattr(_named(node.value, known), node.attr, None) if isinstance(node, ast.Attribute) else None


def _says_refused(call: ast.Call) -> bool:
    return any(isinstance(one, ast.Constant) and one.value == "refused" for one in call.args)
