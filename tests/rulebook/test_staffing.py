"""Places that staff can keep open: exact, in order, and never more than the norm allows."""

from datetime import date
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from veerkracht.rulebook.staffing import Norm, available, in_force, needed, staffed
from veerkracht.rulebook.types import Text

DAY = date(2024, 1, 15)


def norm(id: str, professions: tuple[str, ...], fte: int, places: int, kind: str = "", **more) -> Norm:
    days = {"from_": date(2020, 1, 1), **more}
    text = Text(id, id)
    return Norm(
        id=id, text=text, professions=professions, fte=Fraction(fte), places=places, kind=kind, **days
    )


CARERS = norm("carers", ("nurse", "assistant"), 13, 30)
NURSES = norm("nurses", ("nurse",), 5, 30)
STUDIO = norm("studio", ("nurse", "assistant"), 1, 30, "studio")


def test_the_scarcest_staff_decides():
    both = (CARERS, NURSES)
    there = available(both, {"nurse": Fraction(1), "assistant": Fraction(12)})
    # 13 carers are enough for 30 places, but one nurse for no more than 6.
    assert sum(staffed(both, [""] * 30, there)) == 6
    assert needed(both, [""] * 6) == {"carers": Fraction(13, 5), "nurses": Fraction(1)}


def test_exactly_enough_is_enough():
    there = available((CARERS,), {"nurse": Fraction(5), "assistant": Fraction("7.99")})
    assert sum(staffed((CARERS,), [""] * 30, there)) == 29
    there = available((CARERS,), {"nurse": Fraction(5), "assistant": Fraction(8)})
    assert sum(staffed((CARERS,), [""] * 31, there)) == 30


def test_a_kind_has_its_own_norm_and_others_that_of_all():
    there = available((CARERS, STUDIO), {"nurse": Fraction(13, 30), "assistant": Fraction(0)})
    assert staffed((CARERS, STUDIO), ["studio", "room", "room"], there) == [True, True, False]


def test_unknown_staff_says_nothing():
    assert available((CARERS,), {"nurse": Fraction(5)}) is None
    assert available((), {}) == {}


def test_a_norm_holds_from_its_day_until_the_day_before_its_end():
    dated = norm("old", ("nurse",), 1, 1, until=DAY)
    assert (in_force([dated], date(2024, 1, 14)), in_force([dated], DAY)) == ((dated,), ())


@settings(max_examples=40, deadline=None)
@given(
    kinds=st.lists(st.sampled_from(["", "studio"]), max_size=12),
    nurses=st.fractions(0, 6, max_denominator=100),
    assistants=st.fractions(0, 6, max_denominator=100),
)
def test_never_more_places_than_staff_and_one_more_would_be_too_many(kinds, nurses, assistants):
    norms = (CARERS, NURSES, STUDIO)
    there = available(norms, {"nurse": nurses, "assistant": assistants})
    open_ = [kind for kind, is_open in zip(kinds, staffed(norms, kinds, there), strict=True) if is_open]
    used = needed(norms, open_)
    assert all(used[id] <= there[id] for id in used)
    for kind in {
        kind for kind, is_open in zip(kinds, staffed(norms, kinds, there), strict=True) if not is_open
    }:
        more = needed(norms, [*open_, kind])
        assert any(more[id] > there[id] for id in more)
