"""The population at the beginning: counts in bands become single ages, and later counts correct earlier ones."""

import numpy as np

from veerkracht.forecast.arrays import Real


def split(counted: Real, firsts: tuple[int, ...], profile: Real) -> Real:
    """Bands of ages by single age: float64[areas, sexes, ages] from float64[sexes, bands, areas].

    Within a band persons are spread like those of the profile (a larger population, [sexes, ages]), so that the
    cohorts of a war or a boom keep their size; the persons of each band stay what they are.
    """
    ages = profile.shape[1]
    single = np.zeros((counted.shape[2], counted.shape[0], ages))
    for number, (low, high) in enumerate(_bands(firsts, ages)):
        part = profile[:, low:high]
        spread = part / part.sum(-1, keepdims=True)
        single[:, :, low:high] = counted[:, number].T[:, :, None] * spread
    return single


def scaled_to_bands(persons: Real, counted: Real, firsts: tuple[int, ...]) -> Real:
    """The persons of each area, sex and age, so that each band holds as many as were counted."""
    scaled = persons.copy()
    for number, (low, high) in enumerate(_bands(firsts, persons.shape[2])):
        there = persons[:, :, low:high].sum(-1)
        wanted = counted[:, number].T
        even = np.broadcast_to((wanted / (high - low))[:, :, None], persons[:, :, low:high].shape)
        ratio = np.divide(wanted, there, out=np.zeros_like(wanted), where=there > 0)
        scaled[:, :, low:high] = np.where(
            there[:, :, None] > 0, persons[:, :, low:high] * ratio[:, :, None], even
        )
    return scaled


def factors_to_totals(persons: Real, totals: Real) -> Real:
    """By what each area is multiplied to hold its published total, [areas]; where none is known, by the mean of the
    others."""
    there = persons.sum((1, 2))
    known = np.isfinite(totals) & (there > 0)
    mean = totals[known].sum() / there[known].sum() if known.any() else 1.0
    return np.where(known, np.where(known, totals, 0.0) / np.maximum(there, 1e-9), mean)


def _bands(firsts: tuple[int, ...], ages: int) -> list[tuple[int, int]]:
    return list(zip(firsts, (*firsts[1:], ages), strict=True))
