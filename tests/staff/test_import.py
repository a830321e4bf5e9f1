"""Figures from a file: all or nothing, with every fault on its line; twice does no harm; a correction says why."""

import json
from pathlib import Path

import pytest

from tests.staff.conftest import agency, make_home
from tests.supply.conftest import of_another
from veerkracht.cli import main
from veerkracht.register import verify
from veerkracht.register.errors import Refused
from veerkracht.register.people.actors import Actor
from veerkracht.register.staff.actions import import_figures
from veerkracht.register.staff.models import StaffCount, StaffFlow, TrainingInflow
from veerkracht.register.supply.models import Staffing

OF = "organisation,service,profession,sector,area"
COUNTS = f"{OF},on,persons,fte,vacancies,sick_share,under_30,from_30_to_49,over_50,source,reason"
FLOWS = f"{OF},from,until,starters,quit,retired,dismissed,moved,other,source,reason"
TRAINING = "profession,school_year,first_year,graduates,source,reason"
GOOD = "The agency,A home,nurse,residential-care,11001,2023-12-31,10,8.05,2,0.105,,,4,Loonadministratie,"


def data(header: str, *lines: str) -> bytes:
    return "\n".join([header, *lines]).encode()


def bad(**cells: str) -> str:
    """The good line with some cells changed."""
    values = dict(zip(COUNTS.split(","), GOOD.split(","), strict=True)) | cells
    return ",".join(values.values())


def faults(report) -> list[tuple[int, str, str]]:
    return [(one.line, one.field, one.found.en) for one in report.faults]


def test_a_file_is_taken_in_once_and_twice_does_no_harm(home, admission):
    whole = 'The agency,,other,residential-care,11002,2023-12-31,3,"2,5",,,,,,Loonadministratie,'
    file = data(COUNTS, GOOD, whole)
    dry = import_figures(file, "a.csv", by=admission, dry_run=True)
    assert (dry.faults, dry.rows, StaffCount.objects.count()) == ((), 2, 0)
    first, again = (import_figures(file + b"\n,,,\n", "a.csv", by=admission) for _ in range(2))
    assert [(one.added, one.corrected, one.already, one.faults) for one in (first, again)] == [
        (2, 0, 0, ()),
        (0, 0, 2, ()),
    ]
    rows = StaffCount.objects.order_by("id").values_list(
        "fte_hundredths", "sick_per_thousand", "over_50", "by_name"
    )
    assert list(rows) == [(805, 105, 4, admission.name), (250, None, None, admission.name)]
    assert (Staffing.objects.get().fte_hundredths, verify.run()) == (805, [])


def test_other_figures_are_a_correction_and_need_a_reason(home, admission):
    import_figures(data(COUNTS, GOOD), "a.csv", by=admission)
    without = import_figures(data(COUNTS, bad(fte="7.5")), "a.csv", by=admission)
    assert (faults(without), StaffCount.objects.count()) == ([(2, "reason", "nothing")], 1)
    better = import_figures(data(COUNTS, bad(fte="7.5", reason="Te veel geteld")), "a.csv", by=admission)
    assert (better.corrected, StaffCount.objects.get(replaced_by=None).reason) == (1, "Te veel geteld")
    assert Staffing.objects.get().fte_hundredths == 750
    unasked = import_figures(data(COUNTS, bad(on="2023-06-30", reason="Zomaar")), "a.csv", by=admission)
    assert faults(unasked) == [(2, "reason", "Zomaar")]


def test_every_fault_stands_on_its_line_and_nothing_is_taken_in(home, admission):
    lines = [
        GOOD,
        bad(profession="wizard"),
        bad(area="99999", on="2023-01-01"),
        bad(organisation="Another house"),
        bad(service="Nowhere"),
        bad(on="2024-02-01"),
        bad(on="31-12-2023"),
        bad(persons="-1"),
        bad(fte="8.055"),
        bad(fte="10.01", on="2023-03-31"),
        bad(sick_share="1.1", on="2023-02-28"),
        bad(source="", on="2023-04-30"),
        bad(persons="", fte="", vacancies="", sick_share="", over_50="", on="2023-05-31"),
        GOOD,
        "The agency,A home",
        bad(persons="=1+1"),
    ]
    report = import_figures(data(COUNTS, *lines), "a.csv", by=admission)
    assert faults(report) == [
        (3, "profession", "wizard"),
        (4, "area", "99999"),
        (4, "area", "99999"),
        (5, "organisation", "Another house"),
        (6, "service", "Nowhere"),
        (7, "on", "2024-02-01"),
        (8, "on", "31-12-2023"),
        (9, "persons", "-1"),
        (10, "fte", "8.055"),
        (11, "fte", "10.01"),
        (12, "sick_share", "1.1"),
        (13, "source", "nothing"),
        (14, "persons", "nothing"),
        (15, "profession", "nurse"),
        (16, "", "2 fields"),
        (17, "persons", "=1+1"),
    ]
    assert (StaffCount.objects.count(), report.rows, report.added) == (0, 15, 0)
    assert all(one.expected.nl and one.expected.en for one in report.faults)


def test_another_organisation_that_is_there_and_one_that_is_not_are_answered_alike(home):
    stranger = of_another("admission")
    said = {
        str(one.expected.nl)
        for name in ("The agency", "Nobody")
        for one in import_figures(
            data(COUNTS, bad(organisation=name, service="")), "a.csv", by=stranger
        ).faults
    }
    assert (len(said), StaffCount.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("content", "line", "field", "expected"),
    [
        (b"", 0, "", f"a header: {COUNTS}"),
        (COUNTS.replace("fte", "vte").encode(), 1, "fte", "“fte”"),
        (FLOWS.replace("other", "others").encode(), 1, "other", "“other”"),
        (f"{TRAINING},more".encode(), 1, "more", f"only {TRAINING.replace(',', ', ')}"),
        (b"\xff\xfe\x00", 1, "", "text in UTF-8"),
        (b'"a', 1, "", "comma-separated values"),
        (b"x" * 5_000_001, 0, "", "at most 5000000 bytes"),
    ],
)
def test_what_is_no_such_file(db, content, line, field, expected):
    report = import_figures(content, "a.csv", by=Actor.for_command("tests"))
    assert [(one.line, one.field, one.expected.en) for one in report.faults] == [(line, field, expected)]


def test_who_came_and_went_has_a_period_that_does_not_overlap(home, admission):
    line = "The agency,,nurse,residential-care,11001,{},{},3,1,,,,,HR,"
    good = data(FLOWS, line.format("2022-01-01", "2022-12-31"), line.format("2023-01-01", "2023-12-31"))
    assert [import_figures(good, "a.csv", by=admission).added for _ in range(2)] == [2, 0]
    periods = (
        ("", "2023-12-31"),
        ("2021-07-01", "2022-06-30"),
        ("2020-01-01", "2020-12-31"),
        ("2020-12-31", "2021-01-31"),
    )
    wrong = data(FLOWS, *(line.format(*period) for period in periods))
    found = [(line, field) for line, field, _found in faults(import_figures(wrong, "a.csv", by=admission))]
    assert (found, StaffFlow.objects.count()) == (
        [(2, "from"), (3, "from"), (5, "profession")],
        2,
    )


def test_training_is_of_the_region_so_a_command_brings_it(admission):
    file = data(TRAINING, "nurse,2022,7000,,Onderwijs,", "nurse,2023,7100,,Onderwijs,")
    with pytest.raises(Refused):
        import_figures(file, "a.csv", by=admission)
    command = Actor.for_command("tests")
    assert (import_figures(file, "a.csv", by=command).added, TrainingInflow.objects.count()) == (2, 2)
    wrong = import_figures(data(TRAINING, "wizard,20x3,-1,,,"), "a.csv", by=command)
    assert [(line, field) for line, field, _ in faults(wrong)] == [(2, "first_year"), (2, "school_year")]


def test_the_commands_take_in_write_and_show(home, tmp_path: Path, capsys):
    agency()
    make_home("Short", 2, area="11002")
    file = tmp_path / "counts.csv"
    file.write_bytes(data(COUNTS, GOOD, bad(profession="care-assistant", fte="0.1")))
    codes = []
    for words in (
        ["staff", "import", str(file)],
        ["staff", "export", "--out", str(tmp_path / "out.csv")],
        ["staff", "import", str(tmp_path / "out.csv"), "--json"],
        ["staff", "places", "--json"],
        ["staff", "places"],
        ["staff", "places", "--programme", "nonsense"],
    ):
        with pytest.raises(SystemExit) as left:
            main(words)
        codes.append(left.value.code)
        out = capsys.readouterr().out
        if words[-1] == "--json":
            found = json.loads(out)
            if words[1] == "import":
                assert (found["already"], found["added"], found["faults"]) == (2, 0, [])
            else:
                assert [(one["service"], one["open"], one["staffed"], one["unknown"]) for one in found] == [
                    ("A home", 3, 3, ""),
                    ("Short", 2, None, "no-count"),
                ]
    assert codes == [0, 0, 0, 0, 0, 1]
    file.write_bytes(data(COUNTS, bad(fte="x")))
    with pytest.raises(SystemExit) as left:
        main(["staff", "import", str(file)])
    assert (left.value.code, "a number of 0 or more" in capsys.readouterr().out) == (1, True)
