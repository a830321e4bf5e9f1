"""Luck that two plans share: a draw depends on who and what it is for, never on what was drawn before it.

A draw is a hash of (seed, run, stream, who, purpose). Two plans with one seed thus give the same person the
same luck, so that their difference shows the plans and not the dice, and the answer is the same on any number
of workers. The hash is the finaliser of SplitMix64 (Steele, Lea, Flood 2014, OOPSLA, "Fast splittable
pseudorandom number generators"), once for each part of the key.

All arithmetic is on `np.uint64`: Numba makes a float of an unsigned and a signed integer together, and a hash
that does so quietly loses its low bits.
"""

import hashlib
import math

import numpy as np

from veerkracht.forecast.compiling import compiled, plain

# What a draw is for. Never renumber: it would change every stored forecast.
ARRIVE, EXIT, MOVE, COST, DECLINE, NEW_HOLDER, LEAVE, TAKE_UP, PARAMETER = range(1, 10)
EXIT_KIND, MOVE_TO, STAY, STAY_KIND, CHANGE, CHANGE_TO, GO_ON, CHOOSE, CLASS, PRESENT = range(10, 20)

_GAMMA = np.uint64(0x9E3779B97F4A7C15)
_M1 = np.uint64(0xBF58476D1CE4E5B9)
_M2 = np.uint64(0x94D049BB133111EB)
_S12, _S27, _S30, _S31 = np.uint64(12), np.uint64(27), np.uint64(30), np.uint64(31)
# Fifty-two bits and a half fit a float exactly; with one bit more the half would be rounded away.
_HALF, _SCALE = 0.5, 2.0**-52


@plain
def mix(state: np.uint64, part: np.uint64) -> np.uint64:
    """Stir one part of a key into a state of 64 bits."""
    z = (np.uint64(state) ^ np.uint64(part)) + _GAMMA
    z = (z ^ (z >> _S30)) * _M1
    z = (z ^ (z >> _S27)) * _M2
    return z ^ (z >> _S31)


@plain
def of_run(seed: int, run: int) -> np.uint64:
    """The state from which all luck of one run comes."""
    return mix(mix(_GAMMA, np.uint64(seed)), np.uint64(run))


@plain
def uniform(run_state: np.uint64, who: int, purpose: int) -> float:
    """A number between 0 and 1, both excluded."""
    bits = mix(mix(run_state, np.uint64(purpose)), np.uint64(who))
    return (np.float64(bits >> _S12) + _HALF) * _SCALE


@plain
def chance(key: np.uint64, purpose: int) -> float:
    """A number between 0 and 1, both excluded, for one whose key has been mixed already."""
    return (np.float64(mix(key, np.uint64(purpose)) >> _S12) + _HALF) * _SCALE


def _layers() -> np.ndarray:
    """Where the 256 layers of equal size end that cover the exponential density, and its height there."""
    ends = [_TAIL_SIZE * math.exp(_TAIL), _TAIL]
    while len(ends) < 256:
        ends.append(-math.log(_TAIL_SIZE / ends[-1] + math.exp(-ends[-1])))
    ends.append(0.0)
    return np.array([ends, [math.exp(-end) for end in ends]])


_TAIL, _TAIL_SIZE = 7.69711747013104972, 0.0039496598225815571993
_LAYERS = _layers()
_LAYER, _U11 = np.uint64(255), np.uint64(11)


@plain
def lapse(key: np.uint64, purpose: int) -> float:
    """A unit exponential for one whose key has been mixed already, without a logarithm but once in fifty times.

    Marsaglia and Tsang 2000, J. Stat. Soft. 5(8), "The ziggurat method for generating random variables".
    """
    bits = mix(key, np.uint64(purpose))
    while True:
        layer = np.int64(bits & _LAYER)
        drawn = (np.float64(bits >> _U11) + _HALF) * 2.0**-53 * _LAYERS[0, layer]
        if drawn < _LAYERS[0, layer + 1]:
            return float(drawn)
        bits = mix(bits, _GAMMA)
        other = (np.float64(bits >> _S12) + _HALF) * _SCALE
        if layer == 0:
            return _TAIL - math.log(other)
        low, high = _LAYERS[1, layer], _LAYERS[1, layer + 1]
        if low + other * (high - low) < math.exp(-drawn):
            return float(drawn)
        bits = mix(bits, _M1)


@plain
def exponential(run_state: np.uint64, who: int, purpose: int) -> float:
    """A unit exponential."""
    return -math.log(uniform(run_state, who, purpose))


@plain
def normal(run_state: np.uint64, who: int, purpose: int) -> float:
    """A standard normal (Box-Muller, one of the pair)."""
    first = uniform(run_state, who, purpose)
    second = uniform(run_state, who, -purpose)
    return math.sqrt(-2.0 * math.log(first)) * math.cos(2.0 * math.pi * second)


def name_key(name: str) -> int:
    """A number for a name (a parameter, a measure), the same on every machine."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=7).digest(), "big")


@compiled
def _normals(seed: int, runs: int, who: int) -> np.ndarray:
    drawn = np.empty(runs)
    for run in range(runs):
        drawn[run] = normal(of_run(seed, run), who, PARAMETER)
    return drawn


def normals(seed: int, runs: int, name: str) -> np.ndarray:
    """One standard normal a run, for the parameter with this name."""
    drawn: np.ndarray = _normals(seed, runs, name_key(name))
    return drawn


@compiled
def chances(seed: int, stream: int, size: int) -> np.ndarray:
    """Uniform numbers for 0 to `size`, the same whenever they are asked for."""
    drawn = np.empty(size)
    state = of_run(seed, stream)
    for who in range(size):
        drawn[who] = uniform(state, who, PARAMETER)
    return drawn
