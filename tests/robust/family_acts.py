"""What people do on their own pages at the same moment as somebody else."""

from veerkracht.register.cases.protection import chosen
from veerkracht.register.lists.actions import answer_together, stop_together
from veerkracht.register.lists.models import Together
from veerkracht.register.people.actors import Actor, actor_named
from veerkracht.register.people.models import Person


def agree(together: int, person: int) -> None:
    answer_together(_asked(together), by=_own(person), person=Person.objects.get(pk=person), agree=True)


def stop(together: int, person: int) -> None:
    asked = _asked(together)
    stop_together(asked, asked.request, by=_own(person))


def use_code(code: str, person: int) -> None:
    chosen.use_representation_code(code, by=_own(person))


def _own(person: int) -> Actor:
    return actor_named(Person.objects.get(pk=person).number)


def _asked(together: int) -> Together:
    return Together.objects.get(pk=together)
