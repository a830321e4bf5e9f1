"""The name of what is counted: by it, and by who is in it, a count is rounded the same wherever it is shown."""


def cell_name(programme: str, measure: str, *, area: str = "", group: str = "", age: str = "") -> str:
    """`measure`: waiting, helped …; `area`, `group` and `age` are empty for all of them together."""
    return "|".join((programme, measure, area, group, age))
