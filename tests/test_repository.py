"""Tests of the repository itself: what no single part can hold alone."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import polib
import pytest
from django.utils.translation.template import templatize

from veerkracht.cli.test import IN_A_BROWSER

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "veerkracht"
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
REGISTRIES = re.compile(r"pypi\.org|pythonhosted\.org|registry\.npmjs|npmjs\.org|deb\.debian\.org")
MACHINE_PATHS = re.compile(r"(?<![\w.}])/(?:work|root|opt)/\w")
NEVER_COMMITTED = re.compile(r"(^|/)(uv\.lock|pylock.*\.toml|package-lock\.json)$|\.(mo|sqlite3|pyc)$")
# Each looks once at a page on which it may still have to come; for each there is an `expect` that looks until it is so.
# Counting rows of the database is no looking at a page.
LOOKS_ONCE = re.compile(
    r"\.(is_visible|is_hidden|is_enabled|is_checked|inner_text|all_inner_texts|all_text_contents|text_content"
    r"|input_value)\(\)|\.url(\.endswith| ==)| in \w+\.url\b"
    r"|(?<!objects)(?<!\))\.count\(\)|(locator|get_by_\w+)\(.*\.count\(\)"
)
# Which region is in use when nothing is said, and the examples on the help pages.
MAY_KNOW_FLANDERS = re.compile(r"region/__init__\.py|cli/\w+\.py")
# Words that are the same in every language, and languages, which are named in their own.
SAME_EVERYWHERE = {"Veerkracht", "Nederlands", "English", "EUPL-1.2", "CSV", "PDF", "HTML", "JSON"}


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def text_of(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def lines_with(pattern: re.Pattern[str], files: list[Path]) -> list[str]:
    return [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for file in files
        for number, line in enumerate((text_of(file) or "").splitlines(), 1)
        if pattern.search(line)
    ]


def python_files() -> list[Path]:
    return [file for file in tracked() if file.suffix == ".py" and "migrations" not in file.parts]


def test_no_registry_is_named() -> None:
    assert lines_with(REGISTRIES, tracked()) == []


def test_what_follows_on_a_click_is_waited_for() -> None:
    tests = sorted((ROOT / IN_A_BROWSER).glob("test_*.py"))
    assert lines_with(LOOKS_ONCE, tests) == []


def test_no_path_of_a_machine_is_named() -> None:
    assert lines_with(MACHINE_PATHS, tracked()) == []


def test_nothing_made_by_a_machine_is_committed() -> None:
    names = [str(file.relative_to(ROOT)) for file in tracked()]
    assert [name for name in names if NEVER_COMMITTED.search(name)] == []


def test_files_are_short() -> None:
    lengths = {
        str(file.relative_to(ROOT)): len((text_of(file) or "").splitlines())
        for file in [*python_files(), ROOT / "veerkracht"]
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_functions_are_short() -> None:
    too_long = [
        f"{file.relative_to(ROOT)}:{node.lineno} {node.name}: {length(node)} lines"
        for file in python_files()
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and length(node) > LONGEST_FUNCTION
    ]
    assert too_long == []


def test_what_asks_a_browser_is_where_it_is_looked_for() -> None:
    asking = {file.parent for file in python_files() if "pytest.mark." + "browser" in file.read_text()}
    assert asking == {ROOT / IN_A_BROWSER}


def test_no_code_knows_flanders() -> None:
    code = [
        file
        for file in tracked()
        if file.is_relative_to(SOURCE)
        and file.suffix in {".py", ".html"}
        and not MAY_KNOW_FLANDERS.fullmatch(str(file.relative_to(SOURCE)))
    ]
    assert lines_with(re.compile("flanders|flemish|vlaanderen|vlaams", re.IGNORECASE), code) == []


def test_the_floors_hold() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports"))], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


# ── the lock


def pins(name: str) -> dict[str, str]:
    """Package → version, from a list in which every pin must carry a hash."""
    entries = (ROOT / "requirements" / f"{name}.txt").read_text().replace("\\\n", " ").splitlines()
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    return dict(entry.split()[0].split("==") for entry in entries)


def plain(requirement: str) -> str:
    return re.split(r"[\s\[<>=!~;]", requirement)[0].lower().replace("_", "-")


def test_the_lock_holds_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    run = {plain(each) for each in [*project["project"]["dependencies"], *groups["build"]]}
    dev = run | {plain(each) for each in groups["dev"]}
    assert run - set(pins("run")) == set()
    assert dev - set(pins("dev")) == set()
    assert set(pins("uv")) == {"uv"}


def test_both_lists_pin_the_same_versions() -> None:
    run, dev = pins("run"), pins("dev")
    assert {name: dev.get(name) for name in run} == run


# ── every text in both languages

TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html")) + sorted(SOURCE.rglob("templates/**/*.txt"))
CALLS = {"gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "_"}
WITH_CONTEXT = {"pgettext", "pgettext_lazy"}
VISIBLE_ATTRIBUTE = re.compile(r'\b(?:aria-label|aria-description|title|alt|placeholder)="([^"]*)"')
# What a page says side by side in each language, since it can't know which one is wanted.
IN_BOTH_LANGUAGES = re.compile(r'<(?!html)(\w+)[^>]*\blang="(?:nl|en)"[^>]*>.*?</\1>', re.DOTALL)
NOT_READ = re.compile(
    r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->|<style.*?</style>|<script.*?</script>"
    r"|{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}|{%.*?%}|{{.*?}}",
    re.DOTALL,
)


def marked_in(code: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        words = node.args[1:2] if name in WITH_CONTEXT else node.args[:1]
        if name in CALLS and words and isinstance(words[0], ast.Constant):
            found.add(str(words[0].value))
    return found


QUOTED = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
# What `templatize` makes of a page: calls in Python between X's that stand for the rest of it.
CALL_IN_TEMPLATE = re.compile(rf"\b(?:(?:n?gettext|_)\(\s*|pgettext\(\s*{QUOTED}\s*,\s*){QUOTED}")


def marked_in_template(text: str) -> set[str]:
    return {ast.literal_eval(said) for _context, said in CALL_IN_TEMPLATE.findall(templatize(text))}


@pytest.fixture(scope="module")
def dutch() -> dict[str, polib.POEntry]:
    entries: dict[str, polib.POEntry] = {}
    for file in SOURCE.rglob("locale/nl/LC_MESSAGES/*.po"):
        entries |= {entry.msgid: entry for entry in polib.pofile(str(file)) if not entry.obsolete}
    return entries


def test_every_marked_text_has_its_dutch(dutch: dict[str, polib.POEntry]) -> None:
    marked = {text for file in TEMPLATES for text in marked_in_template(file.read_text())}
    marked |= {text for file in SOURCE.rglob("*.py") for text in marked_in(file.read_text())}
    assert sorted(marked - {""} - set(dutch)) == []


def test_the_dutch_is_whole(dutch: dict[str, polib.POEntry]) -> None:
    assert sorted(entry.msgid for entry in dutch.values() if entry.fuzzy or not entry.translated()) == []


def test_the_dutch_fills_in_the_same_values(dutch: dict[str, polib.POEntry]) -> None:
    holes = re.compile(r"%\(\w+\)[sd]|{\w+}")
    unequal = [
        entry.msgid
        for entry in dutch.values()
        for said in [entry.msgstr, *entry.msgstr_plural.values()]
        if said and set(holes.findall(said)) - set(holes.findall(entry.msgid + (entry.msgid_plural or "")))
    ]
    assert unequal == []


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(SOURCE)))
def test_no_text_of_a_page_is_left_unmarked(file: Path) -> None:
    page = IN_BOTH_LANGUAGES.sub(" ", NOT_READ.sub(" ", file.read_text()))
    attributes = VISIBLE_ATTRIBUTE.findall(page)
    words = re.sub(r"<[^>]*>", "\n", page).split("\n") + attributes
    bare = [re.sub(r"&\w+;", "", word).strip(" ·–—|:()") for word in words]
    assert [word for word in bare if re.search(r"[^\W\d_]{2}", word) and word not in SAME_EVERYWHERE] == []
