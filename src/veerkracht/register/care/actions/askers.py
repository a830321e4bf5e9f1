"""Who may ask for help: staff for somebody, and people themselves where the programme's file says so."""

from datetime import date

from veerkracht.register import clock
from veerkracht.register.errors import Invalid
from veerkracht.register.people.actors import PERSON, Actor
from veerkracht.register.permissions import Case, require
from veerkracht.rulebook.types import Programme, Text


def require_asker(rules: Programme, case: Case, by: Actor, on: date) -> None:
    """Raise `Refused`, and log it, unless an actor may record a request; a person asks for themself or for whom they
    speak. Raises `Invalid` for help that nobody asks for themself, and for another day than today: it counts from then.
    """
    if by.role != PERSON:
        require("request.ask", by, case)
        return
    require("request.ask-oneself", by, case)
    if not rules.ask_oneself:
        raise Invalid(
            Text(
                nl=f"{rules.name.nl}: dat vraagt een dienst of een toewijzer voor u aan.",
                en=f"{rules.name.en}: a service or an allocation officer asks for it on your behalf.",
            ),
            "programme",
        )
    if on != clock.today():
        raise Invalid(Text(nl="Uw vraag telt vanaf vandaag.", en="Your request counts from today."), "on")
