"""The Katz category: one rule for one person and for whole columns, and clear words for what can't be scored."""

from itertools import product

import polars as pl
import pytest

from veerkracht.rulebook import katz
from veerkracht.rulebook.katz import ITEMS, Katz, KatzFault

ALONE = dict.fromkeys(ITEMS, 1)
FLAGS = {"disoriented": False, "dementia_diagnosed": False}


def test_a_column_is_judged_as_each_of_its_rows():
    rows = [
        {**dict(zip(ITEMS, scores, strict=True)), "disoriented": disoriented, "dementia_diagnosed": diagnosed}
        for scores in product((1, 2, 3, 4), (2, 3), (1, 3), (2, 4), (1, 4), (2, 3))
        for disoriented, diagnosed in product((False, True), repeat=2)
    ]
    one_by_one = [
        katz.category(
            Katz.of({item: row[item] for item in ITEMS}),
            disoriented=row["disoriented"],
            dementia_diagnosed=row["dementia_diagnosed"],
        )
        for row in rows
    ]
    assert katz.categories(pl.DataFrame(rows)).to_list() == one_by_one
    assert set(one_by_one) == set(katz.CATEGORIES)


def test_only_whether_an_item_is_3_or_more_counts():
    lighter, heavier = (dict.fromkeys(ITEMS, score) for score in (3, 4))
    for scores in (dict.fromkeys(ITEMS, 2), lighter):
        more = {item: score + 1 if score == 3 else 1 for item, score in scores.items()}
        found = {katz.category(Katz.of(one), **FLAGS) for one in (scores, more)}
        assert len(found) == 1
    assert katz.category(Katz.of(heavier), **FLAGS) == "C"


@pytest.mark.parametrize(
    ("scores", "item", "found"),
    [
        ({**ALONE, "eating": 5}, "eating", 5),
        ({**ALONE, "washing": 0}, "washing", 0),
        ({**ALONE, "toilet": True}, "toilet", True),
        ({**ALONE, "transfer": "3"}, "transfer", "3"),
        ({item: 1 for item in ITEMS if item != "continence"}, "continence", "nothing"),
        ({}, "washing", "nothing"),
        ({**ALONE, "walking": 3}, "walking", "an item that is not known"),
    ],
)
def test_what_is_no_katz_scale_is_refused(scores, item, found):
    with pytest.raises(KatzFault) as refused:
        Katz.of(scores)
    assert (refused.value.item, refused.value.found) == (item, found)
    assert str(refused.value).startswith(f"{item}: found {found}, expected ")


@pytest.mark.parametrize(("spoilt", "item"), [({"dressing": [2, 9]}, "dressing"), ({"eating": [1, None]}, "eating"),
                                              ({"disoriented": [True, None]}, "disoriented")])  # fmt: skip
def test_a_column_with_a_score_that_can_not_be_is_refused(spoilt, item):
    columns = {**{item: [1, 1] for item in ITEMS}, **{flag: [False, True] for flag in FLAGS}, **spoilt}
    with pytest.raises(KatzFault) as refused:
        katz.categories(pl.DataFrame(columns))
    assert refused.value.item == item
