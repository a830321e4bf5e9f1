"""A role for one programme reaches the lines of that programme, and no others."""

import pytest

from tests.factories import make_actor
from tests.money.test_refusals import ON, PAPER, Books, everything
from veerkracht.register.errors import Refused
from veerkracht.register.money import actions
from veerkracht.register.money.actions import Amounts, NewLine
from veerkracht.rulebook.types import Text

pytestmark = pytest.mark.django_db


def test_a_role_for_one_programme_changes_no_line_of_another_or_of_none_and_no_year(today):
    books = Books()
    before = everything()
    books.by = make_actor("budget-officer", programme="residential-care")
    for act in (
        lambda: books.open(),
        lambda: books.vote(1, 1),
        lambda: books.commit(),
        lambda: books.transfer(1, 0),
        lambda: books.correct("committed"),
        lambda: actions.reduce_commitment(books.commitment, by=books.by, on=ON, cents=1, text="x"),
        lambda: actions.recover(books.commitment, by=books.by, on=ON, cents=1, text="x"),
        lambda: actions.carry_over(
            books.line, by=books.by, from_year=2024, amounts=Amounts(1, 0), decided=PAPER
        ),
        lambda: actions.open_year(2025, by=make_actor("treasurer", programme="residential-care")),
    ):
        with pytest.raises(Refused):
            act()
    assert everything() == before
    own = NewLine("OWN", Text("Eigen", "Own"), ON, programme="residential-care")
    assert actions.open_line(own, by=books.by).programme == "residential-care"
