"""Why a request is where it is, in both languages."""

from dataclasses import replace
from datetime import date

import pytest

from tests.rulebook.making import HALVES, LAW, ON, programme, request, table, words
from veerkracht.rulebook import sentences
from veerkracht.rulebook.errors import TableFault
from veerkracht.rulebook.explain import Place, explain
from veerkracht.rulebook.rounds import share_out
from veerkracht.rulebook.types import Column, Text

ADULT = programme().conditions[0]
LIST = table(
    request(1, priority_group=2, priority_date=date(2021, 1, 1)),
    request(2, priority_group=2, priority_date=date(2021, 1, 2)),
    request(3, priority_group=2, priority_date=date(2021, 1, 2)),
    request(4, priority_group=2, priority_date=date(2021, 1, 2)),
    request(5, priority_group=2, priority_date=date(2021, 1, 3)),
    request(6, priority_group=1),
    request(7, priority_group=2, priority_date=date(2020, 1, 1), complete=False),
    request(8, priority_group=2, priority_date=date(2021, 1, 2), complete=None),
    request(9, route="emergency", priority_group=0),
    request(10, priority_group=0),
)


def sentences_of(id: int, language: str = "en") -> list[str]:
    return [text.get(language) for text in explain(LIST, programme(), ON, id).sentences]


def test_the_place_and_who_is_before_by_which_key() -> None:
    found = explain(LIST, programme(), ON, 4)
    assert found.place == Place(
        pot="group-2", name=words("group 2"), place=4, of=5, before=found.place.before, taking_part=True
    )  # fmt: skip
    assert [(before.key, before.count) for before in found.place.before] == [("priority_date", 1), ("id", 2)]
    assert sentences_of(4) == [
        "Place 4 of 5 in group 2 (en).",
        "1 request before you has an earlier priority date.",
        "2 requests before you are otherwise equal, but came into the register earlier.",
    ]
    assert sentences_of(4, "nl") == [
        "Plaats 4 van 5 in group 2 (nl).",
        "1 vraag voor u heeft een vroegere prioriteringsdatum.",
        "2 vragen voor u zijn verder gelijk, maar kwamen eerder in het register.",
    ]


def test_the_place_is_that_of_the_round() -> None:
    positions = dict(share_out(LIST, programme(), ON, 1).lines.select("id", "position").rows())
    assert {id_: explain(LIST, programme(), ON, id_).place.place for id_ in positions} == positions


def test_who_is_first_has_nobody_before() -> None:
    assert sentences_of(1) == ["Place 1 of 5 in group 2 (en).", "Nobody is before you."]


def test_a_condition_that_is_not_met_gives_its_reason_and_where_one_would_be() -> None:
    found = explain(LIST, programme(), ON, 7)
    assert [(reason.id, reason.status) for reason in found.conditions] == [
        ("adult", "met"),
        ("complete", "unmet"),
    ]
    assert found.conditions[1].source == LAW
    assert found.eligible is False
    assert sentences_of(7)[:2] == [
        "incomplete (en)",
        "Your request does not take part now. If it did, it would be in place 1 in group 2 (en).",
    ]
    assert found.changes[0] == words("send")


def test_a_condition_that_is_unknown_says_what_is_missing() -> None:
    found = explain(LIST, programme(), ON, 8)
    assert found.conditions[1].status == "unknown"
    assert found.conditions[1].text == Text(
        "We weten nog niet of dit klopt: “complete (nl)” Wat ontbreekt: dossier volledig.",
        "We do not know yet whether this is so: “complete (en)” What is missing: file complete.",
    )


def test_a_route_outside_the_queue() -> None:
    found = explain(LIST, programme(), ON, 9)
    assert found.route == programme().routes[0]
    assert sentences_of(9) == [
        "Your request is handled outside the queue: emergency (en).",
        "What this route grants lasts 6 months.",
        "Place 1 of 1 in emergency (en).",
        "Nobody is before you.",
    ]
    assert found.changes == ()


def test_without_a_group_there_is_no_place() -> None:
    found = explain(LIST, programme(), ON, 10)
    assert (found.place, found.kept_out) == (None, ("no-group",))
    assert sentences_of(10) == [
        "The request has no priority group yet.",
        "Your request has no place in a queue yet.",
    ]


def test_a_part_and_what_stays() -> None:
    found = explain(LIST, programme(partials=(HALVES,)), ON, 1)
    assert (found.share, [text.en for text in found.sentences][-2:]) == (
        0.5,
        ["In a round you would now get 50% of what you ask.", "You keep waiting for the rest."],
    )


def test_what_would_change_it_is_said_in_the_words_of_the_programme() -> None:
    assert [text.en for text in explain(LIST, programme(), ON, 1).changes] == [
        "If your situation changes, your group may change. by weight (en)",
        "by date (en)",
        "Sometimes it can be done outside the queue: emergency (en).",
    ]


def test_the_rules_it_rests_on_have_their_sources() -> None:
    basis = explain(LIST, programme(), ON, 1).basis
    assert [(rule.kind, rule.source) for rule in basis] == [
        ("order", LAW),
        ("group", LAW),
        ("priority-date", LAW),
        ("split", LAW),
        ("point-value", LAW),
    ]


def test_another_key_is_explained_by_the_meaning_of_its_column() -> None:
    heavy = programme(orders=(replace(programme().orders[0], by=("-points", "id")),))
    rows = table(request(1, points=20.0), request(2))
    assert [text.en for text in explain(rows, heavy, ON, 2).sentences] == [
        "Place 2 of 2 in group 1 (en).",
        "1 request goes before you because of: care points asked.",
    ]


def test_a_column_of_the_programme_is_named_by_its_first_words() -> None:
    long = Column(
        "weight",
        "integer",
        Text("Gewicht: van 1 tot 9. Meer is zwaarder.", "Weight: from 1 to 9. More is heavier."),
    )
    ruled = programme(
        columns=(*programme().columns[:-1], long), conditions=(replace(ADULT, rule="weight > 3"),)
    )
    found = explain(table(request(1, weight=None)), ruled, ON, 1)
    assert found.sentences[0].en == (
        "We do not know yet whether this is so: “adult (en)” What is missing: Weight."
    )


def test_a_place_that_is_known_need_not_be_found_again() -> None:
    known = explain(LIST, programme(), ON, 4)
    alone = explain(LIST.filter(LIST["id"] == 4), programme(), ON, 4, place=known.place)
    assert alone == known


def test_a_request_that_is_served_has_no_place() -> None:
    rows = table(request(1, state="served"))
    assert explain(rows, programme(), ON, 1).place is None


def test_an_unknown_request_is_an_error() -> None:
    with pytest.raises(TableFault) as fault:
        explain(LIST, programme(), ON, 99)
    assert str(fault.value) == "There is no request 99 in the table."


@pytest.mark.parametrize("texts", [sentences.ROUND_REASONS, sentences.KEPT_OUT])
def test_every_reason_has_words_in_both_languages(texts: dict[str, Text]) -> None:
    assert all(text.nl and text.en and text.nl != text.en for text in texts.values())


def test_dates_and_lists_in_words() -> None:
    assert sentences.day(date(2018, 1, 17)) == Text("17 januari 2018", "17 January 2018")
    three = [words("a"), words("b"), words("c")]
    assert sentences.listed(three) == Text("a (nl), b (nl) en c (nl)", "a (en), b (en) and c (en)")
    assert sentences.listed(three[:1]) == words("a")
    assert sentences.listed([]) == Text("", "")
