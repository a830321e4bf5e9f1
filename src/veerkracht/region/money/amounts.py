"""Reads amounts of money: cents in the currency of the region, and what a source says of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from veerkracht.region.ids import UNREAD_DATE
from veerkracht.region.money.model import NO_TEXT, STATUSES, Stated, YearAmount
from veerkracht.region.reader import Reader

_MOST = 10**15


@dataclass(frozen=True, slots=True)
class Amounts:
    """Reads amounts in one currency: `12_000_000`, or `{ amount = 12_000_000, currency = "EUR" }`."""

    currency: str

    def cents(self, reader: Reader, key: str = "amount", *, required: bool = True) -> int | None:
        """The cents under a key; None when there is nothing, or nothing that can be used."""
        if isinstance(reader.data.get(key), dict):
            inner = reader.table(key)
            return self._with_currency(inner) if inner else None
        value = reader.number(key, required=required, low=0)
        if value is None:
            return None
        cents = Decimal(str(reader.data[key])) * 100
        if cents != int(cents):
            expected = "an amount with at most two decimals"
            reader.fault(key, "This amount has parts of a cent.", reader.data[key], expected)
            return None
        if cents > _MOST:
            expected = f"at most {_MOST // 100}"
            reader.fault(key, "This amount is not possible here.", reader.data[key], expected)
            return None
        return int(cents)

    def _with_currency(self, reader: Reader) -> int | None:
        cents = self.cents(reader)
        currency = reader.string("currency")
        if currency and currency != self.currency:
            message = "This is another currency than that of the region: they are not mixed."
            reader.fault("currency", message, currency, self.currency)
        reader.done()
        return cents

    def known(self, reader: Reader, key: str = "amount") -> int | None:
        """The cents under a key, or None where the file says `unknown = true`; one of the two must be there."""
        unknown = reader.flag("unknown", default=False)
        cents = self.cents(reader, key, required=not unknown)
        if unknown and key in reader.data:
            reader.fault("unknown", "This amount is known and unknown.", "both", f"{key}, or unknown = true")
        return None if unknown else cents

    def stated(self, reader: Reader) -> tuple[Stated, ...]:
        """What sources say of the amount of an envelope or a measure, in the order of their days."""
        found: dict[tuple[date, str], Stated] = {}
        for table in reader.tables("stated"):
            stated = self._stated(table)
            if stated.on != UNREAD_DATE and (stated.on, stated.status) in found:
                said = f"{stated.status} on {stated.on}"
                expected = "one; what differs is a [[reconciliation]]"
                table.fault("on", "Two amounts are stated of one day.", said, expected)
            found[stated.on, stated.status] = stated
        if not found:
            expected = "[[….stated]] with status, amount (or unknown = true), on and source"
            reader.fault("stated", "Nothing is said of the amount.", "nothing", expected)
        return tuple(sorted(found.values(), key=lambda one: (one.on, STATUSES.index(one.status))))

    def _stated(self, reader: Reader) -> Stated:
        cents = self.known(reader)
        source, assumption = reader.origin(number=cents is not None)
        low, high = self._range(reader)
        stated = Stated(
            status=reader.choice("status", STATUSES),
            cents=cents,
            on=reader.day("on") or UNREAD_DATE,
            source=source,
            note=reader.words("note", required=False),
            low=low,
            high=high,
            why=assumption.why if assumption else NO_TEXT,
        )
        if low is not None and high is not None and cents is not None and not low <= cents <= high:
            found, expected = f"{low / 100:.2f} to {high / 100:.2f}", f"low and high around {cents / 100:.2f}"
            reader.fault("assumption", "The range does not hold the amount.", found, expected)
        reader.done()
        return stated

    def _range(self, reader: Reader) -> tuple[int | None, int | None]:
        """The ends of the range of an assumption, in cents."""
        inner = reader.data.get("assumption")
        table = reader.table("assumption") if isinstance(inner, dict) else None
        if table is None:
            return None, None
        low, high = (self.cents(table, key, required=False) for key in ("low", "high"))
        return low, high

    def path(self, reader: Reader) -> tuple[YearAmount, ...]:
        """The amount of each year of a growth path: `path = [{ year = 2021, amount = … }, …]`."""
        found: list[YearAmount] = []
        for table in reader.tables("path"):
            year = read_year(table)
            if found and year <= found[-1].year:
                expected = f"a year after {found[-1].year}"
                table.fault("year", "The years of a path follow each other.", year, expected)
            found.append(YearAmount(year, self.known(table)))
            table.done()
        return tuple(found)


def read_year(reader: Reader, key: str = "year") -> int:
    """A year under a key; 0 when there is none that can be used."""
    year = reader.integer(key)
    if year is not None and not 1990 <= year <= 2100:
        reader.fault(key, "This year is not possible here.", year, "a year from 1990 to 2100")
    return year or 0
