"""What must hold before a round is prepared, reviewed or signed."""

from datetime import date

from veerkracht.register.care.actions.writing import check_day
from veerkracht.register.care.models import OPEN_ROUND_STATES, Round
from veerkracht.register.constraints import MESSAGES
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.money.queries import grantable
from veerkracht.register.money.words import euro
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.types import Programme, Text


def check_rounds(rules: Programme) -> None:
    """Raise `Invalid` for a programme that hands out no money in rounds."""
    if rules.handout != "round" or rules.resource != "money":
        raise Invalid(
            Text(
                nl=f"{rules.name.nl} deelt geen geld uit in rondes.",
                en=f"{rules.name.en} does not hand out money in rounds.",
            ),
            "programme",
        )


def check_date(rules: Programme, on: date) -> None:
    """Raise `Invalid` for a day before the programme began, or on which nothing can be decided (`check_day`)."""
    if on < rules.begins:
        began, day = f"{rules.begins:%d-%m-%Y}", f"{on:%d-%m-%Y}"
        raise Invalid(
            Text(
                nl=f"{rules.name.nl} begon op {began}: op {day} kan er geen ronde zijn.",
                en=f"{rules.name.en} began on {began}: there can be no round on {day}.",
            ),
            "on",
        )
    check_day(on)


def check_amount(money_cents: int) -> None:
    """Raise `Invalid` unless it is more than zero cents."""
    if money_cents <= 0:
        raise Invalid(
            Text(
                "Een ronde deelt meer dan nul euro uit; gevraagd: {asked} euro.",
                "A round hands out more than zero euro; asked: {asked} euro.",
            ).fill(asked=euro(money_cents)),
            "money",
        )


def check_free(programme: str, money_cents: int, on: date) -> None:
    """Raise `Invalid` for more than what is free of the programme, or than what its budget line can still commit from
    that day on.
    """
    free = grantable(programme, on)
    if money_cents > free:
        raise Invalid(
            Text(
                "Van wat gestemd is, is {there} euro vrij; gevraagd: {asked} euro.",
                "Of the voted money {there} euro is free; asked: {asked} euro.",
            ).fill(there=euro(free), asked=euro(money_cents)),
            "money",
        )


def check_no_open_round(programme: str) -> None:
    """Raise `Conflict` while another round on the same list is not signed or cancelled."""
    other = Round.objects.filter(programme=programme, state__in=OPEN_ROUND_STATES).first()
    if other:
        raise Conflict(
            Text(
                nl=f"Ronde {other.pk} op deze lijst staat nog open: teken of annuleer die eerst.",
                en=f"Round {other.pk} on this list is still open: sign or cancel it first.",
            )
        )


def check_round_state(round: Round, *states: str) -> None:
    """Raise `Invalid` unless a round is in one of these states."""
    if round.state not in states:
        raise Invalid(
            Text(
                nl=f"Dit kan niet bij ronde {round.pk}: haar toestand is “{round.state}”.",
                en=f"This can't be done to round {round.pk}: its state is “{round.state}”.",
            ),
            "state",
        )


def check_signer(round: Round, by: Actor) -> None:
    """Raise `Invalid` for who prepared the round: two people sign for it."""
    if round.prepared_by_id == by.user_id:
        raise Invalid(MESSAGES["signer_is_not_the_preparer"], "signed_by")
