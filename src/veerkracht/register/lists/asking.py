"""On which day somebody who is on a list just in case is asked again."""

from datetime import date

from veerkracht.register.lists.models import Entry
from veerkracht.register.lists.rules import lists
from veerkracht.rulebook.months import add_months


def next_asking(when_ready: str, state: str, on: date) -> date | None:
    """So many months after a day, as the region says; None for who wants to come now or stands aside."""
    if when_ready != Entry.Ready.LATER or state != Entry.State.WAITING:
        return None
    return add_months(on, lists().ask_again_months)
