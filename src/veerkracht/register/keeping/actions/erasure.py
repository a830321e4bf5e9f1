"""A person asks to be erased, where the law allows it."""

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid
from veerkracht.register.keeping import erasing
from veerkracht.register.keeping.queries.due import asked_rules, holds
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.permissions import EVERY_PROGRAMME, require
from veerkracht.rulebook.types import Text


def erase(person: Person, *, by: Actor) -> Person:
    """Take a person out of the register because they asked, when a rule of each of their programmes lets them.

    Raises `Invalid` when something runs or was granted, when a programme has no such rule, or under a legal hold.
    """
    require("person.erase", by, EVERY_PROGRAMME)
    require("person.erase", by, person)
    with said(), transaction.atomic():
        # Locked, so that nobody asks anew or puts a hold on it while it goes.
        person = Person.objects.select_for_update().get(pk=person.pk)
        today = clock.today()
        rules = asked_rules(person, today)
        if rules is None:
            raise Invalid(
                Text(
                    nl="Dit mag nog niet: er loopt iets, er werd iets toegekend, of geen regel laat het toe.",
                    en="This may not be done yet: something runs or was granted, or no rule allows it.",
                )
            )
        if holds(today).filter(person=person).exists():
            raise Invalid(
                Text(nl="Dit dossier wordt wettelijk bewaard.", en="This file is under a legal hold.")
            )
        record(by, "change", person, person_id=person.pk, detail={"erasure": "asked"})
        reason = ", ".join(f"{programme}:{rule.id}" for programme, rule in sorted(rules.items()))
        erasing.pseudonymise(person, by=by, reason=reason)
    return person
