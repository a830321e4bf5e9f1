"""Errors that a person reads.

Every error of Veerkracht that says something to a person derives from `Fault`; `str(fault)` is the
message. Anything else that is raised is a bug.
"""


class Fault(Exception):
    """A clear error: what was found, what was expected, and where."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else self.__class__.__name__


class RuleFault(Fault):
    """A rule or a programme can't be used as it is written."""


class DateFault(Fault):
    """Something was asked for a date on which nothing holds. Never a guess."""


class TableFault(Fault):
    """A table of requests misses a column or holds what no request can hold."""


class MoneyFault(Fault):
    """Money that can't be handed out as asked: none, negative, or not enough for what was promised."""
