"""Results as rows of a file that `import_assessments` reads."""

from collections.abc import Iterator

from veerkracht.register.assessments import access
from veerkracht.register.assessments.models import Assessment
from veerkracht.register.assessments.reading import BESIDE, COLUMNS, item_columns
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor

_WORDS = {True: "yes", False: "no", None: ""}


def heads() -> tuple[str, ...]:
    """The columns of the file."""
    return (*COLUMNS, *BESIDE, *item_columns())


def exported(actor: Actor) -> Iterator[tuple[object, ...]]:
    """Of each person whom an actor may know, the last result of each instrument, in the columns of `heads`.

    The look is logged, for each person too. Raises `Refused` for who may see no list of them.
    """
    found = list(access.list_current(actor).order_by("person__number", "instrument"))
    record(actor, "export", "assessment", detail={"rows": len(found)})
    for person in dict.fromkeys(one.person_id for one in found):
        record(actor, "export", "assessment", person_id=person, fields=["assessment"])
    return (_row(one) for one in found)


def _row(one: Assessment) -> tuple[object, ...]:
    answers = (one.items.get(name) for name in item_columns())
    return (
        one.person.number,
        one.instrument,
        one.on,
        one.author,
        one.author_kind,
        one.version,
        one.valid_until,
        *(_WORDS.get(answer, answer) if isinstance(answer, bool | None) else answer for answer in answers),
    )
