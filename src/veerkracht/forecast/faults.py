"""What can be asked of a forecast that it can't do; each says what to change, in both languages."""

from veerkracht.rulebook.errors import Fault
from veerkracht.rulebook.types import Text


class ForecastFault(Fault):
    """A forecast can't be made as asked. `text` says it in both languages; `str()` gives the English."""

    def __init__(self, text: Text | str) -> None:
        # The argument itself is kept: a fault that comes back from another process is made anew from it.
        super().__init__(text)
        self.text = text if isinstance(text, Text) else Text(text, text)

    def __str__(self) -> str:
        return self.text.en
