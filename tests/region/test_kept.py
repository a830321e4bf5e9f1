"""What is made of a table once, and made anew for another."""

from veerkracht.region.kept import once_for


class Table:
    """Equal to every other: only which one it is tells them apart."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table)

    __hash__ = None


def test_it_is_made_once_for_a_table_and_for_what_else_is_asked():
    made = []

    @once_for
    def named(table: Table, language: str) -> str:
        made.append(language)
        return f"{language} {len(made)}"

    one, other = Table(), Table()
    assert [named(one, "nl"), named(one, "en"), named(one, "nl")] == ["nl 1", "en 2", "nl 1"]
    assert [named(other, "nl"), named(other, "nl"), named(one, "nl")] == ["nl 3", "nl 3", "nl 4"]
    assert made == ["nl", "en", "nl", "nl"]
