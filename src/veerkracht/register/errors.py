"""The register's clear errors. Each says what is wrong in Dutch and in English."""

from django.utils.translation import get_language

from veerkracht.rulebook.errors import Fault
from veerkracht.rulebook.types import Text


def text_of(fault: Fault) -> Text:
    """What a fault says in both languages; what is only said in English stands in both."""
    text = getattr(fault, "text", None)
    return text if isinstance(text, Text) else Text(str(fault), str(fault))


class RegisterFault(Fault):
    """An error with a text that a person reads; `str()` gives it in the language of the moment (English by
    default).
    """

    def __init__(self, text: Text):
        super().__init__(text.en)
        self.text = text

    def __str__(self) -> str:
        return self.text.get("nl" if (get_language() or "en").startswith("nl") else "en")


class Refused(RegisterFault):
    """May not. The text never tells whether the thing exists."""

    TEXT = Text(
        nl="Dit bestaat niet, of u mag het niet zien of doen.",
        en="This does not exist, or you may not see or do it.",
    )

    def __init__(self, text: Text = TEXT):
        super().__init__(text)


class OnlyLooks(Refused):
    """Who may look at somebody's file and do nothing tried to do something. They know of the person: it is said."""

    TEXT = Text(
        nl="U kijkt hier alleen mee: u kunt hier niets doen in de naam van iemand anders.",
        en="You only look here: you can do nothing in somebody else's name.",
    )

    def __init__(self, text: Text = TEXT):
        super().__init__(text)


class Invalid(RegisterFault):
    """What was asked breaks a rule of the register; `field` names what to change, "" when it is not one
    field.
    """

    def __init__(self, text: Text, field: str = ""):
        super().__init__(text)
        self.field = field


class Conflict(RegisterFault):
    """Somebody else changed it in the meantime; `changes` says what, one text a line, when that is known."""

    def __init__(self, text: Text, changes: tuple[Text, ...] = ()):
        super().__init__(text)
        self.changes = changes
