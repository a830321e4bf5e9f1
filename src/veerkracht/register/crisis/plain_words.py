"""Free text that others may read holds no name: what a call knows is refused, what looks like a name is asked about."""

import re
from collections.abc import Collection

from veerkracht.register.errors import Invalid
from veerkracht.register.people import areas
from veerkracht.register.people.names import plain
from veerkracht.rulebook.types import Text

# Shorter parts of a name ("de", "el") are words of every sentence.
_SHORTEST = 3
_TITLED = re.compile(r"\b(?:[Mm]evr(?:ouw)?|[Mm]w|[Mm]eneer|[Dd]hr|[Mm]rs?|[Mm]s)\b\.?\s+[A-ZÀ-Ý]\w+")
_TWO_CAPITALS = re.compile(
    r"(?<=[\w,;] )([A-ZÀ-Ý][\w'-]+) (?:(?:de|van|der|den|el|al|ben) )*([A-ZÀ-Ý][\w'-]+)"
)
_WORD = re.compile(r"[\w'-]+")


def plain_words(
    text: str, field: str, *, names: Collection[str] = (), longest: int = 300, is_sure: bool = False
) -> str:
    """A text with single spaces, without a name. `names`: parts of names, as they are searched.

    `is_sure`: who wrote it says that what looks like a name is none. Raises `Invalid` at the field, without the name.
    """
    text = " ".join(text.split())
    if len(text) > longest:
        raise Invalid(
            Text(
                nl=f"Hoogstens {longest} tekens; gevonden: {len(text)}.",
                en=f"At most {longest} characters; found: {len(text)}.",
            ),
            field,
        )
    parts = {name for name in names if len(name) >= _SHORTEST}
    if parts & {plain(word) for word in _WORD.findall(text)}:
        raise Invalid(
            Text(
                nl="Hier staat een naam uit deze oproep. Anderen kunnen dit lezen: schrijf het zonder naam.",
                en="A name of this call stands here. Others can read this: write it without a name.",
            ),
            field,
        )
    if not is_sure and looks_like_a_name(text):
        raise Invalid(
            Text(
                nl="Dit lijkt een naam. Anderen kunnen dit lezen: schrijf het zonder, of zeg dat het geen naam is.",
                en="This looks like a name. Others can read this: write it without a name, or say that it is none.",
            ),
            field,
        )
    return text


def looks_like_a_name(text: str) -> bool:
    """Whether somebody seems to be named: a title before a capital, or two capitals in the middle of a sentence."""
    if _TITLED.search(text):
        return True
    return any(not _is_place(*found.groups()) for found in _TWO_CAPITALS.finditer(text))


def _is_place(*words: str) -> bool:
    places = {part for name in areas.names().values() for part in _WORD.findall(name)}
    return all(word in places for word in words)
