"""The line of every key of a TOML file."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from veerkracht.region.toml_lines import NotToml, parse

TEXT = '''# a comment = "no key"
id = "a"            # with a comment
"quoted key" = 1
dotted.key = 2

[table]
list = [
  "one",            # ] in a comment
  "two = [",
]
inline = { nl = "x", en = "y" }

[[item]]
text = """
first = 1
[not.a.table]
"""
literal = \'\'\'
second = "2"
\'\'\'
after = true
[item.inner]
deep = 1

[[item]]
id = "second"
[[item.part]]
n = 1
[[item.part]]
n = 2
[item.part.more]
x = "\\""
y = 1
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("id",), 2),
        (("quoted key",), 3),
        (("dotted",), 4),
        (("dotted", "key"), 4),
        (("table",), 6),
        (("table", "list"), 7),
        (("table", "list", 1), 7),
        (("table", "inline", "en"), 11),
        (("item",), 13),
        (("item", 0), 13),
        (("item", 0, "text"), 14),
        (("item", 0, "literal"), 18),
        (("item", 0, "after"), 21),
        (("item", 0, "inner", "deep"), 23),
        (("item", 1, "id"), 26),
        (("item", 1, "part", 0, "n"), 28),
        (("item", 1, "part", 1, "n"), 30),
        (("item", 1, "part", 1, "more"), 31),
        (("item", 1, "part", 1, "more", "x"), 32),
        (("item", 1, "part", 1, "more", "y"), 33),
        (("item", 1, "missing"), 25),
        (("nothing", "here"), 0),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_the_line_of_a_path(path: tuple[str | int, ...], line: int, ends: str) -> None:
    document = parse(TEXT.replace("\n", ends))
    assert document.line(path) == line
    assert document.data == tomllib.loads(TEXT)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\nb =\n", 2),
        ("a = 1\n\na = 2\n", 3),
        ('a = """\nnever\n', 3),
        ("[a]\n[a]\n", 2),
        ("a = [1,\n", 2),
    ],
)
def test_what_is_not_toml_says_where(text: str, line: int) -> None:
    with pytest.raises(NotToml) as error:
        parse(text)
    assert error.value.line == line


values = st.sampled_from(
    ['"#"', "'[['", '"""a\nb = 1\n"""', "[1,\n2]", "{ a = 1 }", "true", '"\\"="', "2020-01-01", "'''\n'''"]
)


@given(st.lists(st.tuples(st.sampled_from(["", "# x\n", "\n\n", "  "]), values), max_size=12))
def test_any_values_before_a_key_leave_its_line_right(parts: list[tuple[str, str]]) -> None:
    text = "".join(f"{before}k{number} = {value}\n" for number, (before, value) in enumerate(parts))
    document = parse(text)
    for number in range(len(parts)):
        line = next(
            n for n, line in enumerate(text.split("\n"), 1) if line.strip().startswith(f"k{number} =")
        )
        assert document.line((f"k{number}",)) == line


def test_a_table_of_a_list_has_its_own_line_and_a_table_inside_it_that_of_the_list() -> None:
    text = 'list = [\n  { a = 1 }, { a = 2 },\n  # { a = 3 }\n  { a = "{", b = [{ c = 1 }] },\n]\nother = [{ a = 1 }]\n'
    document = parse(text)
    assert [document.line(("list", number, "a")) for number in range(3)] == [2, 2, 4]
    assert [document.line(path) for path in (("list",), ("list", 2, "b", 0, "c"), ("other", 0))] == [1, 4, 6]
