"""The gates to results: for who may follow the money."""

from veerkracht.register.errors import Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import EVERY_PROGRAMME, may, require
from veerkracht.register.results.defined import money, programme_of
from veerkracht.register.results.models import ReconciliationNote, Report
from veerkracht.register.results.queries import ItemView, ResultView, all_results, item_view, of_milestone


def list_results(actor: Actor) -> list[ResultView]:
    """Every milestone of the measures that an actor may know of, what asks for attention first."""
    require("money.read", actor, actor.programme)
    record(actor, "list", "result")
    found = all_results()
    return [one for one in found if actor.programme in ("", programme_of(one.measure.id))]


def get_result(actor: Actor, measure_id: str, milestone_id: str) -> ResultView:
    """One milestone with all its reports. Raises `Refused`, the same whether it exists or not."""
    found = of_milestone(measure_id, milestone_id)
    if found is None or not may("money.read", actor, found.measure.programme):
        record(actor, "refused", "result", detail={"asked": f"{measure_id[:60]} {milestone_id[:60]}"})
        raise Refused()
    record(actor, "read", "result", detail={"measure": measure_id, "milestone": milestone_id})
    return found


def get_report(actor: Actor, id: int) -> Report:
    """A report by its number. Raises `Refused`, the same whether it exists or not."""
    found = Report.objects.filter(pk=id).first()
    if found is None or not may("money.read", actor, programme_of(found.measure)):
        record(actor, "refused", "report", detail={"asked": str(id)[:20]})
        raise Refused()
    return found


def get_item(actor: Actor, item_id: str) -> ItemView:
    """Figures that do not agree, with all that was said of them. Raises `Refused`."""
    if item_id not in money().reconciliations or not may("money.read", actor, EVERY_PROGRAMME):
        record(actor, "refused", "reconciliation", detail={"asked": item_id[:60]})
        raise Refused()
    record(actor, "read", "reconciliation", detail={"item": item_id})
    return item_view(item_id)


def get_note(actor: Actor, id: int) -> ReconciliationNote:
    """A note by its number. Raises `Refused`, the same whether it exists or not."""
    found = ReconciliationNote.objects.filter(pk=id).first()
    if found is None or not may("money.read", actor, EVERY_PROGRAMME):
        record(actor, "refused", "note", detail={"asked": str(id)[:20]})
        raise Refused()
    return found
