"""The smoother against what Bayes' rule gives exactly: figures that are a straight line of the numbers, plus chance."""

import numpy as np
import pytest

from veerkracht.forecast.calibration.smoother import PASSES, Played, moving, one_pass

SETS = 3000
SLOPES = np.array([[2.0, 0.0], [1.0, 3.0], [0.0, 0.0]])  # of three numbers, on two figures
CHANCE, DEVIATION = 1.5, 0.5
SEEN = np.array([3.0, -4.0])
WEIGHT = 0.5  # of every figure


def played(z: np.ndarray, random: np.random.Generator, fades: float = 1.0) -> list[Played]:
    runs = 10.0 + z @ SLOPES + CHANCE * random.standard_normal((len(z), 2))
    return [Played(runs, 10.0 + SEEN, np.full(2, DEVIATION), fades)]


def fitted(seed: int, fades: float = 1.0) -> np.ndarray:
    random = np.random.default_rng(seed)
    z = random.standard_normal((SETS, 3))
    for _ in range(PASSES):
        z = one_pass(z, played(z, random, fades), random)
    return z


def exact(fades: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Mean and covariance of the numbers, given what was seen."""
    noise = np.eye(2) * (CHANCE**2 + DEVIATION**2) * fades / WEIGHT
    covariance = np.linalg.inv(np.eye(3) + SLOPES @ np.linalg.inv(noise) @ SLOPES.T)
    return covariance @ SLOPES @ np.linalg.inv(noise) @ SEEN, covariance


@pytest.mark.parametrize("fades", [1.0, 3.0])
def test_mean_and_spread_are_those_of_bayes_rule(fades):
    z, (mean, covariance) = fitted(1, fades), exact(fades)
    assert z.mean(axis=0) == pytest.approx(mean, abs=0.12)
    assert z.std(axis=0) == pytest.approx(np.sqrt(np.diag(covariance)), abs=0.08)
    assert np.corrcoef(z.T)[0, 1] == pytest.approx(
        covariance[0, 1] / np.sqrt(covariance[0, 0] * covariance[1, 1]), abs=0.1
    )


def test_older_figures_say_less():
    assert fitted(1, 9.0)[:, 0].std() > fitted(1, 1.0)[:, 0].std()


def test_a_number_that_moves_no_figure_is_told_from_those_that_do():
    random = np.random.default_rng(2)
    z = random.standard_normal((300, 3))
    assert moving(z, played(z, random)).tolist() == [True, True, False]


def test_without_figures_nothing_moves():
    random = np.random.default_rng(3)
    z = random.standard_normal((100, 3))
    nothing = [Played(np.zeros((100, 0)), np.zeros(0), np.zeros(0))]
    assert moving(z, nothing).tolist() == [False, False, False]
