"""What was cleared was cleared lawfully, and wholly."""

from collections.abc import Iterable

from django.db.models import Q

from veerkracht.register.documents.models import Document
from veerkracht.register.log import models as in_log
from veerkracht.register.log.in_register import models as in_register
from veerkracht.register.log.models import LogEntry
from veerkracht.register.payments.models import BankAccount
from veerkracht.register.people.models import Person, User
from veerkracht.register.sharing.models import Address, ConsultationNote
from veerkracht.register.verify.invariant import Check
from veerkracht.rulebook.types import Text


def checks() -> dict[str, Check]:
    """Each invariant by name: what it says, and a function that gives where it is broken."""
    return {
        "permit_is_in_the_log": (
            Text(
                nl="Wat gewist werd, staat in het log: door wie en volgens welke regel.",
                en="What was cleared stands in the log: by whom, and by which rule.",
            ),
            _permits,
        ),
        "pseudonymised_means_nothing_left": (
            Text(
                nl="Van wie gepseudonimiseerd is, blijft niets dat zegt wie het was.",
                en="Of who is pseudonymised nothing is left that says who it was.",
            ),
            _left,
        ),
    }


def _permits() -> Iterable[str]:
    for name, model in (("log", in_log.Permit), ("register", in_register.Permit)):
        for id, entry in model.objects.order_by("id").values_list("id", "log_entry"):
            if not LogEntry.objects.filter(pk=entry, verb=LogEntry.Verb.DELETE).exists():
                yield f"permit {id} of the {name}"


def _left() -> Iterable[str]:
    gone = Person.objects.exclude(pseudonymised_on=None)
    told = gone.filter(~Q(national_number_sealed="") | Q(national_number_key__isnull=False))
    yield from told.order_by("number").values_list("number", flat=True)
    for model, whose, left in (
        (Address, "person", {}),
        (BankAccount, "person", {"number_sealed__gt": ""}),
        (Document, "person", {"destroyed_at": None}),
        (ConsultationNote, "consultation__person", {}),
        (User, "person", {"is_active": True}),
    ):
        rows = model._default_manager.filter(**{f"{whose}__in": gone, **left})
        yield from rows.order_by("pk").values_list(f"{whose}__number", flat=True)
