"""What must hold of an amount, a day or a year before anything is posted."""

from datetime import date

from veerkracht.register import clock
from veerkracht.register.errors import Invalid
from veerkracht.register.money.models import BudgetYear, Line
from veerkracht.register.money.words import YEAR_CLOSED, YEAR_NOT_OPEN, euro
from veerkracht.rulebook.types import Text

# Ten thousand billion euro: more than any budget, far less than a database can add up.
MOST_CENTS = 10**15


def check_amount(cents: int, field: str = "amount_cents") -> None:
    """Raise `Invalid` unless it is whole cents above zero, in the one currency of the books."""
    check_whole(cents, field)
    if cents <= 0:
        raise Invalid(
            Text(
                "Een bedrag is meer dan nul euro; gevonden: {found}.",
                "An amount is more than zero euro; found: {found}.",
            ).fill(found=euro(cents)),
            field,
        )


def check_whole(cents: int, field: str = "amount_cents") -> None:
    """Raise `Invalid` unless it is whole cents, of either sign; never a float, which can't hold a cent exactly."""
    if not isinstance(cents, int) or isinstance(cents, bool):
        raise Invalid(
            Text(
                "Een bedrag is een geheel aantal cent; gevonden: {found}.",
                "An amount is a whole number of cents; found: {found}.",
            ).fill(found=repr(cents)),
            field,
        )
    if abs(cents) > MOST_CENTS:
        raise Invalid(
            Text("Dit bedrag is te groot: {found} euro.", "This amount is too large: {found} euro.").fill(
                found=euro(cents)
            ),
            field,
        )


def check_day(on: date, line: Line | None = None) -> None:
    """Raise `Invalid` for a day in the future, or before the line began."""
    if on > clock.today():
        raise Invalid(
            Text(
                "Geboekt wordt ten laatste vandaag; gevonden: {on}.",
                "Nothing is booked later than today; found: {on}.",
            ).fill(on=on),
            "on",
        )
    if line and on < line.from_date:
        raise Invalid(
            Text("Lijn {line} bestaat sinds {day}.", "Line {line} exists since {day}.").fill(
                line=line.code, day=line.from_date
            ),
            "on",
        )


def check_open(year: int) -> BudgetYear:
    """The year, open. After the accounts are locked it can't close any more before the transaction ends.

    Raises `Invalid` for one that is not opened, or is closed.
    """
    found = BudgetYear.objects.filter(year=year).first()
    if found is None or found.opened_at is None:
        raise Invalid(YEAR_NOT_OPEN.fill(year=str(year)), "year")
    check_not_closed(found)
    return found


def check_not_closed(year: BudgetYear) -> None:
    """Raise `Invalid` for a year whose accounts are closed."""
    if year.closed_at is not None:
        raise Invalid(YEAR_CLOSED.fill(year=str(year.year)), "year")


def check_text(text: str) -> str:
    """What something is for, without needless blanks. Raises `Invalid` unless that is 1 to 200 characters."""
    said = " ".join(text.split())
    if not 0 < len(said) <= 200:
        raise Invalid(
            Text(
                "Zeg in 1 tot 200 tekens waarvoor het is; gevonden: {found} tekens.",
                "Say in 1 to 200 characters what it is for; found: {found} characters.",
            ).fill(found=len(said)),
            "text",
        )
    return said
