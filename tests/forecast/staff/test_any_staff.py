"""Whatever the numbers of staff and whatever the work: the books are kept and nothing is below zero."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from veerkracht.forecast.staff import layout as at
from veerkracht.forecast.staff.step import step

MONTHS = 8


@st.composite
def any_staff(draw: st.DrawFn) -> at.Staff:
    sectors, professions, markets = (draw(st.integers(1, 3)) for _ in range(3))
    luck = np.random.default_rng(draw(st.integers(0, 10_000)))
    staff = at.empty(sectors, professions, markets, MONTHS)
    for part in (staff.sector, staff.job, staff.market):
        part[:] = luck.uniform(0, 0.9, part.shape)
    staff.paid[:] = luck.exponential(1.0, staff.paid.shape) * draw(st.sampled_from([0.0, 0.1, 10.0]))
    staff.newcomers[:] = luck.exponential(5.0, staff.newcomers.shape) * draw(
        st.sampled_from([0.0, 1.0, 100.0])
    )
    staff.stock[at.FTE] = luck.exponential(100.0, staff.stock.shape[1:]) * draw(st.sampled_from([0.0, 1.0]))
    return staff


@settings(max_examples=60)
@given(any_staff(), st.lists(st.floats(0, 1e4), min_size=MONTHS + 1, max_size=MONTHS + 1))
def test_the_books_are_kept_and_nothing_is_below_zero(staff: at.Staff, work: list[float]) -> None:
    for month, units in enumerate(work):
        step(staff, month, np.full(staff.state.shape[1:], units))
        assert ((staff.state[at.FILL] >= 0) & (staff.state[at.FILL] <= 1)).all()
        assert (staff.pool >= 0).all()
    history = staff.history
    assert np.isfinite(history).all()
    assert (history >= -1e-9).all()
    gone = history[at.H_QUITS] + history[at.H_RETIRED]
    kept = history[at.H_FTE, ..., :-1] + (history[at.H_HIRED] - gone)[..., 1:]
    np.testing.assert_allclose(history[at.H_FTE, ..., 1:], kept, rtol=1e-9, atol=1e-6)
