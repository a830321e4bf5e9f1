"""Every command that the docs name exists, with the options that they name."""

import importlib
import re
import shlex
from pathlib import Path

import click
import pytest

from veerkracht.cli import COMMANDS, group, module_of

DOCS = Path(__file__).parents[2] / "docs"
# At the beginning of a line of code, after a prompt or a setting, or between backticks in a sentence.
_COMMAND = re.compile(
    r"(?:^[ $]*|`|&& |= )(?:[A-Z_]+=\S+ )*(?:\./|\.venv/bin/)?veerkracht ([a-z][^`#|>&\\\n]*)", re.MULTILINE
)


def named() -> list[tuple[str, str]]:
    return [
        (page.name, found[1].strip())
        for page in sorted(DOCS.glob("*.md"))
        for found in _COMMAND.finditer(page.read_text())
    ]


@pytest.mark.parametrize(("page", "line"), named())
def test_a_command_in_the_docs_exists(page, line):
    words = shlex.split(line.replace("…", "").replace("'", ""))
    assert words[0] in COMMANDS, f"{page}: {line}"
    command = group.get_command(click.Context(group), words[0])
    rest = words[1:]
    while isinstance(command, click.Group) and rest and rest[0] in command.commands:
        command, rest = command.commands[rest[0]], rest[1:]
    known = {option for param in command.params for option in (*param.opts, *param.secondary_opts)}
    own = rest[: rest.index("--")] if "--" in rest else rest
    asked = {word.split("=")[0].strip("[]") for word in own if word.strip("[").startswith("--")}
    assert asked <= known | {"--help"}, f"{page}: {line}"


def test_every_command_has_a_module():
    assert [
        name for name in COMMANDS if importlib.util.find_spec(f"veerkracht.cli.{module_of(name)}") is None
    ] == []


def test_the_docs_name_commands():
    assert len({line.split()[0] for _page, line in named()}) > 10
