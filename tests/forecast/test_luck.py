"""Luck: the hash is what it says, its draws are uniform and independent of one another."""

import numpy as np
import pytest
from scipy import stats

from veerkracht.forecast import luck

_ALL = (1 << 64) - 1


def in_python(state: int, part: int) -> int:
    """The same hash in Python's whole numbers, which never lose a bit."""
    z = ((state ^ (part & _ALL)) + 0x9E3779B97F4A7C15) & _ALL
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _ALL
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _ALL
    return z ^ (z >> 31)


def uniform_in_python(seed: int, run: int, who: int, purpose: int) -> float:
    state = in_python(in_python(0x9E3779B97F4A7C15, seed), run)
    return ((in_python(in_python(state, purpose), who) >> 12) + 0.5) * 2.0**-52


@pytest.mark.parametrize("seed", [0, 1, 7, 2**40])
@pytest.mark.parametrize("who", [0, 1, 17, 2**44 + 3, 2**62])
@pytest.mark.parametrize("purpose", [1, 9, -4, 195])
def test_compiled_and_python_agree_to_the_last_bit(seed, who, purpose):
    state = np.uint64(luck.of_run(seed, 3))
    assert luck.uniform(state, who, purpose) == uniform_in_python(seed, 3, who, purpose)


def draws(runs: int, people: int, purpose: int, seed: int = 5) -> np.ndarray:
    return np.array(
        [
            [luck.uniform(np.uint64(luck.of_run(seed, run)), who, purpose) for who in range(people)]
            for run in range(runs)
        ]
    )


def test_draws_are_uniform():
    drawn = draws(40, 500, luck.EXIT).ravel()
    assert stats.kstest(drawn, "uniform").pvalue > 0.001
    counts = np.bincount((drawn * 64).astype(int), minlength=64)
    assert stats.chisquare(counts).pvalue > 0.001
    # The last bits as well: a hash in floats would have lost them.
    last = np.bincount((drawn * 2**52).astype(np.uint64) % 16, minlength=16)
    assert stats.chisquare(last).pvalue > 0.001


def test_draws_of_neighbours_are_independent():
    one = draws(60, 300, luck.EXIT)
    other = draws(60, 300, luck.MOVE)
    pairs = {
        "two purposes": (one, other),
        "two people": (one[:, :-1], one[:, 1:]),
        "two runs": (one[:-1], one[1:]),
        "two seeds": (one, draws(60, 300, luck.EXIT, seed=6)),
        "purpose and its pair": (one, draws(60, 300, -luck.EXIT)),
    }
    for what, (first, second) in pairs.items():
        z = stats.pearsonr(first.ravel(), second.ravel()).statistic * np.sqrt(first.size)
        assert abs(z) < 4, what


def test_pairs_fill_the_square():
    one, other = draws(40, 500, luck.EXIT).ravel(), draws(40, 500, luck.COST).ravel()
    counts, _, _ = np.histogram2d(one, other, bins=12, range=[[0, 1], [0, 1]])
    assert stats.chisquare(counts.ravel()).pvalue > 0.001


def test_normal_and_exponential_have_their_shape():
    state = np.uint64(luck.of_run(1, 0))
    normal = np.array([luck.normal(state, who, luck.COST) for who in range(20_000)])
    waits = np.array([luck.exponential(state, who, luck.EXIT) for who in range(20_000)])
    assert stats.kstest(normal, "norm").pvalue > 0.001
    assert stats.kstest(waits, "expon").pvalue > 0.001


def test_a_name_has_one_number_and_another_name_another():
    assert luck.name_key("exit.group-1") == luck.name_key("exit.group-1")
    assert luck.name_key("exit.group-1") != luck.name_key("exit.group-2")
    first, again = luck.normals(3, 50, "cost"), luck.normals(3, 50, "cost")
    assert (first == again).all()
    # More runs begin with the same runs.
    assert (luck.normals(3, 80, "cost")[:50] == first).all()


def test_lapses_are_exponential_also_far_out():
    state = np.uint64(luck.of_run(11, 0))
    drawn = np.array(
        [luck.lapse(np.uint64(luck.mix(state, np.uint64(who))), luck.STAY) for who in range(100_000)]
    )
    assert stats.kstest(drawn, "expon").pvalue > 1e-4
    assert abs((drawn.mean() - 1.0) * np.sqrt(len(drawn))) < 4
    # Beyond this the ziggurat has no layers, and draws by a logarithm.
    far = drawn[drawn > 7.69711747013104972]
    expected = len(drawn) * np.exp(-7.69711747013104972)
    assert abs(len(far) - expected) < 4 * np.sqrt(expected)
    assert stats.kstest(far - 7.69711747013104972, "expon").pvalue > 1e-4
