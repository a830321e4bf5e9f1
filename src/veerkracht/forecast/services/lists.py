"""Lists at stations: one for each class, in order of priority date, and who on them is next.

Whoever is served elsewhere, died or withdrew is not taken off; who comes first and is no longer there is skipped.
"""

from typing import Any

from veerkracht.forecast.compiling import inlined
from veerkracht.forecast.services import layout
from veerkracht.forecast.services import work as of
from veerkracht.forecast.services.layout import Tables
from veerkracht.forecast.services.work import Work

# Priority dates are compared in whole parts of a day of about a twelfth of a second.
_PARTS = 2.0**20


@inlined
def new_person(work: Work) -> int:
    """A free row; 0, which is nobody, when there is no room."""
    person = work.mark[of.FREE_PERSON]
    if person > 0:
        work.mark[of.FREE_PERSON] = work.person[person, of.STATION]
    elif work.mark[of.PERSONS] < work.person.shape[0]:
        person = work.mark[of.PERSONS]
        work.mark[of.PERSONS] = person + 1
    else:
        work.mark[of.FULL] = 1
    return int(person)


@inlined
def forget(work: Work, person: int) -> None:
    """A request has gone: its row is free."""
    if person > 0:
        work.person[person, of.STATE] = of.GONE
        work.person[person, of.STATION] = work.mark[of.FREE_PERSON]
        work.mark[of.FREE_PERSON] = person


@inlined
def _new_node(work: Work) -> int:
    node = work.mark[of.FREE_NODE]
    if node >= 0:
        work.mark[of.FREE_NODE] = work.node[node, of.NEXT_NODE]
        return int(node)
    node = work.mark[of.NODES]
    if node >= work.node.shape[0]:
        work.mark[of.FULL] = 1
        return -1
    work.mark[of.NODES] = node + 1
    return int(node)


@inlined
def enlist(tables: Tables, work: Work, person: int, station: int, rank: int) -> None:
    """Put someone who waits on the list of a station, in order of priority date."""
    node = _new_node(work)
    if node < 0:
        return
    line = (
        tables.station[layout.LISTS_FROM, station]
        + work.person[person, of.CLASS]
        - tables.station[layout.CLASSES_FROM, station]
    )
    work.node[node, of.NODE_PERSON] = person
    work.node[node, of.NODE_NUMBER] = work.person[person, of.NUMBER]
    work.node[node, of.OF_CHOICE] = rank
    work.station[station, of.LINED] += 1
    tail = work.line[line, of.TAIL]
    if work.line[line, of.HEAD] < 0:
        work.node[node, of.NEXT_NODE] = -1
        work.line[line, of.HEAD] = work.line[line, of.TAIL] = node
    elif work.moment[person, of.SINCE] >= work.now[of.NOW] or not _later(work, tail, person):
        work.node[node, of.NEXT_NODE] = -1
        work.node[tail, of.NEXT_NODE] = node
        work.line[line, of.TAIL] = node
    else:
        _insert(work, line, node, person)


@inlined
def _later(work: Work, node: int, person: int) -> bool:
    """Whether who stands at a node came later than somebody; who is no longer there did not."""
    other = work.node[node, of.NODE_PERSON]
    return bool(
        work.person[other, of.NUMBER] == work.node[node, of.NODE_NUMBER]
        and work.person[other, of.STATE] == of.WAITS
        and work.moment[other, of.SINCE] > work.moment[person, of.SINCE]
    )


@inlined
def _insert(work: Work, line: int, node: int, person: int) -> None:
    """Before the first who came later: only for who went over to this class from another."""
    before, here = -1, work.line[line, of.HEAD]
    while here >= 0 and not _later(work, here, person):
        before, here = here, work.node[here, of.NEXT_NODE]
    work.node[node, of.NEXT_NODE] = here
    if before < 0:
        work.line[line, of.HEAD] = node
    else:
        work.node[before, of.NEXT_NODE] = node


@inlined
def _drop(work: Work, line: int, station: int) -> None:
    """Take the first node off a list."""
    node = work.line[line, of.HEAD]
    work.line[line, of.HEAD] = work.node[node, of.NEXT_NODE]
    work.node[node, of.NEXT_NODE] = work.mark[of.FREE_NODE]
    work.mark[of.FREE_NODE] = node
    work.station[station, of.LINED] -= 1


@inlined
def _first(work: Work, line: int, station: int) -> int:
    """Who waits first on a list, after skipping who is no longer there; -1 for nobody."""
    while True:
        node = work.line[line, of.HEAD]
        if node < 0:
            return -1
        person = work.node[node, of.NODE_PERSON]
        if (
            work.person[person, of.NUMBER] == work.node[node, of.NODE_NUMBER]
            and work.person[person, of.STATE] == of.WAITS
        ):
            if work.moment[person, of.UNTIL] > work.now[of.NOW]:
                return int(person)
            forget(work, person)
        _drop(work, line, station)


@inlined
def next_in_line(next_for: Any, tables: Tables, work: Work, station: int, free: int) -> int:
    """The list whose first is served next at a station with so many free units; -1 for nobody."""
    kind = tables.station[layout.CLASSES_FROM, station]
    lines = tables.station[layout.LISTS_FROM, station]
    rows = 0
    for line in range(lines, lines + tables.kind[layout.PROGRAMME_UNTIL, kind] - kind):
        person = _first(work, line, station)
        if person >= 0:
            own = work.person[person, of.CLASS]
            work.keys[rows, 0] = tables.kind[layout.WEIGHT, own]
            work.keys[rows, 1] = int(work.moment[person, of.SINCE] * _PARTS)
            work.keys[rows, 2] = work.person[person, of.NUMBER]
            work.first[0, rows] = tables.kind[layout.SIZE, own]
            work.first[1, rows] = line
            rows += 1
    row = next_for(work.keys, work.first[0], rows, free, tables.station[layout.STRICT, station] == 1)
    return int(work.first[1, row]) if row >= 0 else -1


@inlined
def take_first(work: Work, line: int, station: int) -> int:
    """Take the first off a list, and note which choice of theirs the station was."""
    node = work.line[line, of.HEAD]
    person = work.node[node, of.NODE_PERSON]
    work.mark[of.CHOICE] = work.node[node, of.OF_CHOICE]
    _drop(work, line, station)
    return int(person)
