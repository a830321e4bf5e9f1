"""However a region's files are spoilt: faults, never a crash, and nothing used of what is wrong."""

import shutil
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.region.conftest import REGIONS
from veerkracht import region
from veerkracht.region.cases import run_cases

FILES = sorted(
    path.relative_to(REGIONS / "testland").as_posix()
    for path in (REGIONS / "testland").rglob("*")
    if path.suffix in (".toml", ".csv")
)
# What people type by accident, in the place of a value.
VALUES = [
    "",
    '""',
    "[]",
    "{}",
    "[[]]",
    "-1",
    "1e400",
    "nan",
    "true",
    "2020-01-01",
    '"x"',
    "{ nl = 1 }",
    "[1, {}]",
    ",",
]


@st.composite
def spoilt(draw: st.DrawFn, text: str) -> str:
    lines = text.splitlines()
    number = draw(st.integers(0, len(lines) - 1))
    kind = draw(st.sampled_from(["drop", "twice", "value", "value", "cut", "cell"]))
    line = lines[number]
    if kind == "drop":
        del lines[number]
    elif kind == "twice":
        lines.insert(number, line)
    elif kind == "value" and " = " in line:
        lines[number] = f"{line.split(' = ')[0]} = {draw(st.sampled_from(VALUES))}"
    elif kind == "cell" and "," in line:
        cells = line.split(",")
        cells[draw(st.integers(0, len(cells) - 1))] = draw(st.sampled_from(VALUES))
        lines[number] = ",".join(cells)
    else:
        lines[number] = line[: draw(st.integers(0, len(line)))]
    return "\n".join(lines)


@settings(max_examples=60)
@given(st.data(), st.sampled_from(FILES))
def test_a_spoilt_file_gives_faults_and_no_crash(tmp_path_factory, data: st.DataObject, file: str) -> None:  # type: ignore[no-untyped-def]
    folder = Path(shutil.copytree(REGIONS / "testland", tmp_path_factory.mktemp("spoilt") / "region"))
    (folder / file).write_text(data.draw(spoilt((folder / file).read_text())))
    faults = region.check(folder)
    if not faults:
        run_cases(region.load(folder))
    assert all(str(fault) and fault.file for fault in faults)
