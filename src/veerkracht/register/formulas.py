"""What keeps a spreadsheet from running as a formula what somebody wrote in a field.

An apostrophe in front makes it text; import takes it off again. A text that begins with apostrophes of its own before
such a sign gets one more, so that nothing is lost on the way there and back.
"""

import re

# As spreadsheets read them; of full width too, as some do.
_SIGNS = "[=+\\-@\t\r\n＝＋－＠]"
# For the regular expressions of Python and of Polars alike.
FORMULA = f"^'*{_SIGNS}"
GUARDED = f"^'('*{_SIGNS})"
_formula, _guarded = re.compile(FORMULA), re.compile(GUARDED)


def guarded(text: str) -> str:
    """The text as a cell of a file that a spreadsheet may open."""
    return f"'{text}" if _formula.match(text) else text


def unguarded(cell: str) -> str:
    """What was written, from a cell that `guarded` made."""
    return _guarded.sub(r"\1", cell)
