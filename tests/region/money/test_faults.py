"""What is wrong in a money file: each with its line, what was found and what was expected."""

import pytest

from tests.region.money.conftest import ReadMoney

NAME = 'name = { nl = "Naam", en = "Name" }\n'
SOURCE = 'source = { title = "Invented" }\n'
WHY = 'assumption = { why = { nl = "Verzonnen.", en = "Invented." } }\n'


def stated(kind: str, amount: str = "amount = 100", rest: str = SOURCE) -> str:
    return f'[[{kind}.stated]]\nstatus = "announced"\non = 2023-01-10\n{amount}\n{rest}'


def envelope(id: str = "e", more: str = "", *, amount: str = "amount = 100", rest: str = SOURCE) -> str:
    head = f'[[envelope]]\nid = "{id}"\n{NAME}new_money = true\nrecurrent = true\n{more}'
    return head + stated("envelope", amount, rest)


def measure(more: str = 'envelope = "e"\n', *, amount: str = "amount = 50", milestone: str = "") -> str:
    head = f'[[measure]]\nid = "m"\n{NAME}kind = "grant"\nrecurrent = true\nfrom = 2023-06-01\n{more}'
    return head + stated("measure", amount) + milestone


def milestone(more: str) -> str:
    return f'[[measure.milestone]]\nid = "k"\n{NAME}kind = "output"\nunit = {{ nl = "huis", en = "house" }}\n{more}'


def grant(more: str = 'area = "north"\namount = 1\n', *, on: str = "2023-06-01", rest: str = SOURCE) -> str:
    given = measure().replace("recurrent = true", "recurrent = false")
    return envelope() + given + f"[[measure.grant]]\n{NAME}on = {on}\n{more}{rest}"


FIGURE = f'[[reconciliation.figure]]\nlabel = {{ nl = "a", en = "a" }}\namount = 1\n{SOURCE}'


def reconciliation(figures: str = FIGURE + FIGURE, about: str = "e") -> str:
    texts = "".join(f'{key} = {{ nl = "a", en = "a" }}\n' for key in ("explanation", "owner"))
    return (
        f'[[reconciliation]]\nid = "r"\n{NAME}about = ["{about}"]\n{texts}opened_on = 2023-02-01\n' + figures
    )


def decision(on: str = "2023-02-01", envelope: str = "e") -> str:
    return f'[[decision]]\nid = "d"\n{NAME}kind = "call"\nenvelopes = ["{envelope}"]\non = {on}\n{SOURCE}'


def line(credit: str) -> str:
    head = f'[[line]]\ncode = "L-1"\n{NAME}measure = "m"\nfrom = 2023-01-01\n'
    return envelope() + measure() + head + f'[[line.credit]]\nversion = "initial"\n{credit}\n{SOURCE}'


FAULTS = {
    "a measure without an envelope": (
        envelope() + measure(""),
        "11: measure[m].envelope: This is missing. Found nothing; expected a text.",
    ),
    "a measure of an unknown envelope": (
        envelope() + measure('envelope = "f"\n'),
        "17: measure[m].envelope: There is no such envelope. Found f; expected one of: e.",
    ),
    "an envelope on top of itself": (
        envelope(more='on_top_of = "e"\n'),
        "6: envelope[e].on_top_of: This envelope comes on top of itself. Found e; expected an envelope that does not "
        "lead back here.",
    ),
    "an envelope within itself": (
        envelope(more='within = "e"\n'),
        "6: envelope[e].within: This envelope is a part of itself. Found e; expected an envelope that does not lead "
        "back here.",
    ),
    "an envelope paid out of itself": (
        envelope(more='fed_by = ["e"]\n'),
        "6: envelope[e].fed_by: This envelope is paid out of itself. Found e; expected envelopes that do not lead "
        "back here.",
    ),
    "on top of what it is a part of": (
        envelope() + envelope("f", 'within = "e"\non_top_of = "e"\n'),
        "17: envelope[f].on_top_of: This comes on top of what it is a part of. Found e; expected an envelope that "
        "this one is no part of.",
    ),
    "another currency": (
        envelope(amount='amount = { amount = 100, currency = "USD" }'),
        "9: envelope[e].stated[1].amount.currency: This is another currency than that of the region: they are not "
        "mixed. Found USD; expected GBP.",
    ),
    "a negative amount": (
        envelope(amount="amount = -1"),
        "9: envelope[e].stated[1].amount: This number is not possible here. Found -1; expected a number of at least 0.",
    ),
    "three decimals": (
        envelope(amount="amount = 1.005"),
        "9: envelope[e].stated[1].amount: This amount has parts of a cent. Found 1.005; expected an amount with at "
        "most two decimals.",
    ),
    "an amount that is known and unknown": (
        envelope(amount="amount = 1\nunknown = true"),
        "10: envelope[e].stated[1].unknown: This amount is known and unknown. Found both; expected amount, or unknown "
        "= true.",
    ),
    "nothing said of the amount": (
        envelope().split("[[envelope.stated]]")[0],
        "1: envelope[e].stated: Nothing is said of the amount. Found nothing; expected [[….stated]] with status, "
        "amount (or unknown = true), on and source.",
    ),
    "two amounts of one day": (
        envelope() + stated("envelope", "amount = 101"),
        "13: envelope[e].stated[2].on: Two amounts are stated of one day. Found announced on 2023-01-10; expected "
        "one; what differs is a [[reconciliation]].",
    ),
    "no source and no assumption": (
        envelope(rest=""),
        '6: envelope[e].stated[1].source: This has no source. Found nothing; expected source = { title = "…", url = '
        '"…" } or assumption = { why = { nl = "…", en = "…" } }.',
    ),
    "a source that is not there": (
        envelope(rest='source = "speach"\n'),
        "10: envelope[e].stated[1].source: There is no source of this name. Found speach; expected nothing (there is "
        "none).",
    ),
    "a range that does not hold the amount": (
        envelope(rest=WHY.replace("} }", "}, low = 101, high = 120 }")),
        "10: envelope[e].stated[1].assumption: The range does not hold the amount. Found 101.00 to 120.00; expected "
        "low and high around 100.00.",
    ),
    "whether it is new money is not said": (
        envelope().replace("new_money = true\n", ""),
        "1: envelope[e].new_money: This is missing. Found nothing; expected not yet planned (true) or already planned "
        "(false).",
    ),
    "parts that are more than the whole": (
        envelope() + envelope("f", 'within = "e"\n', amount="amount = 100.01"),
        "6: envelope[e].stated: The parts are more than the whole. Found 100.01 of parts; expected at most 100.00, or "
        "an open [[reconciliation]] about e.",
    ),
    "measures that are more than their envelope": (
        envelope() + measure(amount="amount = 100.01"),
        "6: envelope[e].stated: The parts are more than the whole. Found 100.01 of measures; expected at most 100.00, "
        "or an open [[reconciliation]] about e.",
    ),
    "a path that goes back in time": (
        envelope(more="path = [{ year = 2024, amount = 1 }, { year = 2024, unknown = true }]\n"),
        "6: envelope[e].path[2].year: The years of a path follow each other. Found 2024; expected a year after 2024.",
    ),
    "decided before it was announced": (
        envelope() + decision("2023-01-09"),
        "16: decision[d].on: This was decided before the envelope e was announced. Found 2023-01-09; expected "
        "2023-01-10 or later.",
    ),
    "a decision on nothing that is known": (
        envelope() + decision(envelope="f"),
        "15: decision[d].envelopes[1]: There is no such envelope. Found f; expected one of: e.",
    ),
    "a decision that does not fill the envelope": (
        envelope() + envelope("f") + decision(envelope="f") + measure('envelope = "e"\ndecision = "d"\n'),
        "35: measure[m].decision: This decision does not fill the envelope of the measure. Found d; expected a "
        "decision that fills one of: e.",
    ),
    "a milestone before its measure": (
        envelope() + measure(milestone=milestone("target = 5\ntarget_on = 2023-05-31\n" + SOURCE)),
        "29: measure[m].milestone[k].target_on: This milestone is dated before its measure. Found 2023-05-31; "
        "expected 2023-06-01 or later.",
    ),
    "reached before the measure began": (
        envelope()
        + measure(
            milestone=milestone('realised = [{ on = 2023-05-31, value = 5, source = { title = "a" } }]\n')
        ),
        "28: measure[m].milestone[k].realised: This was reached before the measure began. Found 2023-05-31; expected "
        "2023-06-01 or later; what was there before is the baseline.",
    ),
    "an outcome without a date": (
        envelope() + measure(milestone=milestone('realised = [{ value = 5, source = { title = "a" } }]\n')),
        "28: measure[m].milestone[k].realised[1].on: This is missing. Found nothing; expected a date such as "
        "2024-01-31, without quotes.",
    ),
    "reached in the future": (
        envelope()
        + measure(
            milestone=milestone('realised = [{ on = 2199-01-01, value = 5, source = { title = "a" } }]\n')
        ),
        "28: measure[m].milestone[k].realised[1].on: This was reached on a day that is still to come. Found "
        "2199-01-01; expected a day up to today; what is meant to come is the target.",
    ),
    "a measure that ends before it begins": (
        envelope() + measure('envelope = "e"\nuntil = 2023-06-01\n'),
        "18: measure[m].until: This ends before it begins. Found 2023-06-01; expected a date after 2023-06-01.",
    ),
    "a measure of a plan that is not there": (
        envelope() + measure('envelope = "e"\nplan_measures = ["extras"]\n'),
        "18: measure[m].plan_measures[1]: There is no such measure of a plan. Found extras; expected “extra”, or one "
        "of: extra, once.",
    ),
    "a programme that is not there": (
        envelope() + measure('envelope = "e"\nprogramme = "day-honey"\n'),
        "18: measure[m].programme: There is no such programme. Found day-honey; expected “day-money”, or one of: "
        "day-money, family-team, home-place, respite-place.",
    ),
    "a sector that is not there": (
        envelope() + measure('envelope = "e"\nsector = "home"\n'),
        "18: measure[m].sector: There is no such sector. Found home; expected “homes”, or one of: clinics, homes.",
    ),
    "an area that is not there": (
        envelope() + measure('envelope = "e"\narea = "east"\n'),
        "18: measure[m].area: There is no such area. Found east; expected the code of a municipality, a zone, a "
        "region or a province of areas.csv.",
    ),
    "a sentence that nothing answers": (
        '[[sentence]]\nid = "s"\nnl = "Zin."\nen = "Sentence."\n',
        "2: sentence[s].id: No measure answers this sentence. Found s; expected a measure with this id in its "
        "sentences; its amount may be unknown.",
    ),
    "a sentence in one language": (
        '[[sentence]]\nid = "s"\nnl = "Zin."\n' + envelope() + measure('envelope = "e"\nsentences = ["s"]\n'),
        "1: sentence[s].en: This is missing. Found nothing; expected a text.",
    ),
    "a credit twice": (
        line(
            "year = 2023\ncommitment = 1\n"
            + SOURCE
            + '[[line.credit]]\nversion = "initial"\nyear = 2023\npayment = 1'
        ),
        "34: line[1].credit[2].version: This version of the year is there twice. Found initial of 2023; expected one "
        "each.",
    ),
    "a grant to an area that is no municipality": (
        grant('area = "z1"\namount = 1\n'),
        "26: measure[m].grant[1].area: There is no such municipality. Found z1; expected the code of a municipality "
        "of areas.csv.",
    ),
    "a grant below zero": (
        grant('area = "north"\namount = -1\n'),
        "27: measure[m].grant[1].amount: This number is not possible here. Found -1; expected a number of at least 0.",
    ),
    "a grant with parts of a cent": (
        grant('area = "north"\namount = 1.005\n'),
        "27: measure[m].grant[1].amount: This amount has parts of a cent. Found 1.005; expected an amount with at "
        "most two decimals.",
    ),
    "a grant of before its measure": (
        grant(on="2023-05-31"),
        "25: measure[m].grant[1].on: This grant was decided before its measure. Found 2023-05-31; expected "
        "2023-06-01 or later.",
    ),
    "a grant that ends before it was decided": (
        grant('area = "north"\namount = 1\nuntil = 2023-06-01\n'),
        "28: measure[m].grant[1].until: This ends before it was decided. Found 2023-06-01; expected a date after "
        "2023-06-01.",
    ),
    "a grant without a source": (
        grant(rest=""),
        '23: measure[m].grant[1].source: This has no source. Found nothing; expected source = { title = "…", '
        'url = "…" } or assumption = { why = { nl = "…", en = "…" } }.',
    ),
    "a grant that is an assumption": (
        grant(rest=WHY),
        "28: measure[m].grant[1].assumption: What was awarded is no assumption: only a source can say it. Found an "
        "assumption alone; expected a source.",
    ),
    "grants of more than the whole": (
        grant('area = "north"\namount = 50.01\n'),
        "23: measure[m].grant: The grants are more than the whole. Found 50.01; expected at most 50.00, or an open "
        "[[reconciliation]] about m.",
    ),
    "a credit that says nothing": (
        line("year = 2023"),
        "28: line[1].credit[1].commitment: This says nothing of a credit. Found nothing; expected commitment (VAK), "
        "payment (VEK) or both.",
    ),
    "a credit of before the line": (
        line("year = 2022\ncommitment = 1"),
        "30: line[1].credit[1].year: This credit is of a year before the line. Found 2022; expected 2023 or later.",
    ),
    "a single figure that does not agree": (
        envelope() + reconciliation(FIGURE),
        "18: reconciliation[r].figure: Figures that do not agree are at least two. Found 1; expected at least two "
        "[[reconciliation.figure]].",
    ),
    "about what is not there": (
        envelope() + reconciliation(about="f"),
        "14: reconciliation[r].about[1]: There is no such envelope or measure. Found f; expected one of: e.",
    ),
    "a figure of a day on which nothing was said": (
        envelope()
        + reconciliation(FIGURE + FIGURE.replace(f"amount = 1\n{SOURCE}", 'of = "e"\non = 2023-01-11\n')),
        "25: reconciliation[r].figure[2].on: Nothing is stated of e on this day. Found 2023-01-11; expected one of: "
        "2023-01-10.",
    ),
    "an id twice": (
        envelope() + envelope(),
        "12: envelope[e].id: This envelope is there twice. Found e; expected another id than in m.",
    ),
    "a word that is not known": (
        envelope(more="new_moeny = true\n"),
        "6: envelope[e].new_moeny: This key is not known here. Found new_moeny; expected “new_money”.",
    ),
}


@pytest.mark.parametrize("what", FAULTS)
def test_a_bad_money_file_says_where_and_what_to_change(read: ReadMoney, what: str) -> None:
    text, expected = FAULTS[what]
    assert read(text)[1] == [expected]


def test_the_same_blocks_unspoilt_have_no_fault(read: ReadMoney) -> None:
    blocks = envelope() + envelope("f", 'within = "e"\n') + decision() + reconciliation()
    text = blocks + measure('envelope = "e"\ndecision = "d"\n', milestone=milestone("target = 5\n" + SOURCE))
    assert read(text)[1] == []
    assert read(grant())[1] == read(grant('area = "north"\nunknown = true\n'))[1] == []


@pytest.mark.parametrize(("key", "message"), [("on_top_of", "comes on top of"), ("within", "is a part of")])
def test_a_circle_of_envelopes_is_a_fault_of_each(read: ReadMoney, key: str, message: str) -> None:
    text = envelope("e", f'{key} = "f"\n') + envelope("f", f'{key} = "g"\n') + envelope("g", f'{key} = "e"\n')
    assert [fault.split(" Found")[0] for fault in read(text)[1]] == [
        f"{number}: envelope[{id}].{key}: This envelope {message} itself."
        for number, id in ((6, "e"), (17, "f"), (28, "g"))
    ]


def test_an_assumption_needs_both_ends_of_its_range(read: ReadMoney) -> None:
    assert [fault.split(":")[1] for fault in read(envelope(rest=WHY))[1]] == [
        " envelope[e].stated[1].assumption.high",
        " envelope[e].stated[1].assumption.low",
    ]


def test_parts_that_do_not_agree_with_the_whole_may_stand_open(read: ReadMoney) -> None:
    text = envelope() + envelope("f", 'within = "e"\n', amount="amount = 101") + reconciliation()
    money, faults = read(text)
    assert faults == []
    assert [one.id for one in money.open_about("e")] == ["r"]
    closed = text.replace("opened_on", 'state = "settled"\nopened_on')
    assert [fault.split(" Found")[0] for fault in read(closed)[1]] == [
        "6: envelope[e].stated: The parts are more than the whole."
    ]


def test_one_off_parts_are_not_weighed_against_yearly_money(read: ReadMoney) -> None:
    once = envelope("f", 'within = "e"\n', amount="amount = 101").replace(
        "recurrent = true", "recurrent = false"
    )
    assert read(envelope() + once)[1] == []


def test_a_named_source_may_stand_in_any_file(read: ReadMoney) -> None:
    named = '[[source]]\nid = "speech"\ntitle = "Speech"\nurl = "https://example.org"\n'
    money, faults = read(named + envelope(rest='source = "speech"\n'))
    assert faults == []
    (said,) = money.envelopes["e"].stated
    assert said.source is not None
    assert (said.source.title, said.source.url) == ("Speech", "https://example.org")
