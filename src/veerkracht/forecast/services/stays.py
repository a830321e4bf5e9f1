"""How long a wait or a stay lasts and what someone becomes in it, drawn by who it is and what for."""

import math

import numpy as np

from veerkracht.forecast import luck
from veerkracht.forecast.arrays import Real
from veerkracht.forecast.compiling import inlined
from veerkracht.forecast.services import layout
from veerkracht.forecast.services import work as of
from veerkracht.forecast.services.layout import YEAR, Inputs
from veerkracht.forecast.services.work import Work


@inlined
def draw(work: Work, person: int, purpose: int) -> float:
    """A uniform number, the same for this request and purpose in every plan."""
    return luck.chance(np.uint64(work.person[person, of.KEY]), purpose)


@inlined
def exponential(work: Work, person: int, purpose: int) -> float:
    return luck.lapse(np.uint64(work.person[person, of.KEY]), purpose)


@inlined
def pick(weights: Real, chance: float) -> int:
    """The row that a chance between 0 and 1 falls in; never one without weight."""
    left = chance * weights.sum()
    last = np.int64(0)
    for row in range(weights.shape[0]):
        if weights[row] > 0.0:
            last = np.int64(row)
            left -= weights[row]
            if left < 0.0:
                break
    return int(last)


@inlined
def patience(inputs: Inputs, work: Work, person: int) -> None:
    """When a wait that begins now would end by death or withdrawal."""
    kind = work.person[person, of.CLASS]
    hazard = inputs.by_class[layout.DEATH, kind] + inputs.by_class[layout.WITHDRAWAL, kind]
    work.moment[person, of.UNTIL] = math.inf
    if hazard > 0.0:
        waits = exponential(work, person, luck.EXIT) / hazard * YEAR
        work.moment[person, of.UNTIL] = work.now[of.NOW] + waits
        work.moment[person, of.FATE] = draw(work, person, luck.EXIT_KIND)


@inlined
def _scale(inputs: Inputs, kind: int, second: int) -> float:
    return float(inputs.by_class[layout.SECOND_SCALE if second else layout.SCALE, kind])


@inlined
def stay(inputs: Inputs, work: Work, person: int) -> None:
    """When a stay that begins now ends."""
    kind = work.person[person, of.CLASS]
    share = inputs.by_class[layout.SECOND_SHARE, kind]
    second = 1 if share > 0.0 and draw(work, person, luck.STAY_KIND) < share else 0
    power = inputs.by_class[layout.SECOND_POWER if second else layout.POWER, kind]
    length = _scale(inputs, kind, second)
    if power == 1.0:
        length *= exponential(work, person, luck.STAY)
    elif power > 0.0:
        length *= math.pow(exponential(work, person, luck.STAY), power)
    work.person[person, of.SECOND] = second
    work.moment[person, of.UNTIL] = work.now[of.NOW] + length


@inlined
def rest_of_stay(inputs: Inputs, work: Work, person: int) -> None:
    """When a stay ends that is found under way: long stays are found more often, at any moment of theirs."""
    kind = work.person[person, of.CLASS]
    share = inputs.by_class[layout.SECOND_SHARE, kind]
    first_mean = (1.0 - share) * _mean(inputs, kind, 0)
    second_mean = share * _mean(inputs, kind, 1)
    second = 1 if draw(work, person, luck.STAY_KIND) * (first_mean + second_mean) < second_mean else 0
    power = inputs.by_class[layout.SECOND_POWER if second else layout.POWER, kind]
    length = _scale(inputs, kind, second) * math.pow(_found(work, person, power), power)
    work.person[person, of.SECOND] = second
    work.moment[person, of.UNTIL] = work.now[of.NOW] + length * draw(work, person, luck.PRESENT)


@inlined
def _mean(inputs: Inputs, kind: int, second: int) -> float:
    power = inputs.by_class[layout.SECOND_POWER if second else layout.POWER, kind]
    return _scale(inputs, kind, second) * math.gamma(1.0 + power)


@inlined
def _found(work: Work, person: int, power: float) -> float:
    """What takes the place of the exponential in a stay that is found under way: a gamma of shape 1 + power.

    Marsaglia and Tsang 2000, ACM TOMS 26:363, "A simple method for generating gamma variables".
    """
    third = power + 2.0 / 3.0
    width = 1.0 / math.sqrt(9.0 * third)
    for attempt in range(1, 100):
        first = draw(work, person, luck.STAY + of.APART * (3 * attempt))
        second = draw(work, person, luck.STAY + of.APART * (3 * attempt + 1))
        z = math.sqrt(-2.0 * math.log(first)) * math.cos(2.0 * math.pi * second)
        cube = (1.0 + width * z) ** 3
        tried = math.log(draw(work, person, luck.STAY + of.APART * (3 * attempt + 2)))
        if cube > 0.0 and tried < 0.5 * z * z + third * (1.0 - cube + math.log(cube)):
            return third * cube
    return 1.0 + power


@inlined
def next_change(work: Work, person: int, way: int) -> float:
    """The moment at which someone goes over to another class. `way`: while waiting or while served."""
    kind = work.person[person, of.CLASS]
    hazard = work.leave[way, kind]
    if hazard <= 0.0:
        return math.inf
    purpose = (luck.MOVE if way == layout.WHILE_WAITING else luck.CHANGE) + of.APART * work.person[
        person, of.STEP
    ]
    return float(work.now[of.NOW] + exponential(work, person, purpose) / hazard * YEAR)


@inlined
def new_class(inputs: Inputs, work: Work, person: int, way: int) -> int:
    """The class that someone goes over to."""
    kind = work.person[person, of.CLASS]
    purpose = (luck.MOVE_TO if way == layout.WHILE_WAITING else luck.CHANGE_TO) + of.APART * work.person[
        person, of.STEP
    ]
    return pick(inputs.move[way, kind], draw(work, person, purpose))


@inlined
def at_new_pace(inputs: Inputs, work: Work, person: int, target: int) -> None:
    """What is left of a stay goes on at the pace of another class."""
    second = work.person[person, of.SECOND]
    scale = _scale(inputs, work.person[person, of.CLASS], second)
    left = work.moment[person, of.UNTIL] - work.now[of.NOW]
    if scale > 0.0:
        left *= _scale(inputs, target, second) / scale
    work.moment[person, of.UNTIL] = work.now[of.NOW] + left


@inlined
def at_new_patience(inputs: Inputs, work: Work, person: int, target: int) -> None:
    """What is left of the patience of who waits goes on at the hazard of another class."""
    kind, now = work.person[person, of.CLASS], work.now[of.NOW]
    before = inputs.by_class[layout.DEATH, kind] + inputs.by_class[layout.WITHDRAWAL, kind]
    after = inputs.by_class[layout.DEATH, target] + inputs.by_class[layout.WITHDRAWAL, target]
    left = work.moment[person, of.UNTIL] - now
    if after <= 0.0:
        left = math.inf
    elif before > 0.0:
        left *= before / after
    else:
        left = exponential(work, person, luck.EXIT + of.APART * work.person[person, of.STEP]) / after * YEAR
        work.moment[person, of.FATE] = draw(work, person, luck.EXIT_KIND)
    work.moment[person, of.UNTIL] = now + left
