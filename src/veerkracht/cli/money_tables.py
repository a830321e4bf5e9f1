"""The tables of `veerkracht money`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import click

from veerkracht.cli.numbers import day, number
from veerkracht.cli.output import table
from veerkracht.region.money import (
    Envelope,
    Figure,
    Measure,
    Milestone,
    Money,
    Reconciliation,
    Sentence,
    Stated,
)
from veerkracht.rulebook.types import Source, Text

_CENTS_IN_A_MILLION = 100_000_000
WORDS = {
    "envelopes": Text("Enveloppen", "Envelopes"),
    "measures": Text("Maatregelen", "Measures"),
    "milestones": Text("Wat er geleverd wordt", "What is delivered"),
    "stated": Text("Wat erover gezegd is", "What was said of it"),
    "envelope": Text("enveloppe", "envelope"),
    "measure": Text("maatregel", "measure"),
    "name": Text("naam", "name"),
    "amount": Text("miljoen {of}", "million {of}"),
    "status": Text("niveau", "level"),
    "on": Text("op", "on"),
    "source": Text("bron", "source"),
    "new": Text("nieuw", "new"),
    "planned": Text("al gepland of apart", "planned or apart"),
    "recurrent": Text("elk jaar", "every year"),
    "once": Text("eenmalig", "once"),
    "how": Text("hoe", "how"),
    "top": Text("bovenop", "on top of"),
    "what": Text("wat", "what"),
    "baseline": Text("start", "baseline"),
    "target": Text("doel", "target"),
    "reached": Text("bereikt", "reached"),
    "unknown": Text("onbekend", "unknown"),
    "unmeasured": Text("niet gemeten", "unmeasured"),
    "undefined": Text("niet omschreven", "undefined"),
    "figure": Text("cijfer", "figure"),
    "assumption": Text("aanname", "assumption"),
    "announced": Text("aangekondigd", "announced"),
    "agreed": Text("afgesproken", "agreed"),
    "voted": Text("gestemd", "voted"),
    "adjusted": Text("aangepast", "adjusted"),
    "executed": Text("uitgevoerd", "executed"),
    "disagree": Text("Niet verklaard", "Not explained"),
}


@dataclass(frozen=True)
class MoneyTables:
    """Prints what the files tell, in a language; amounts in millions of the region's currency."""

    money: Money
    currency: str
    language: str

    def envelopes(self, envelopes: Sequence[Envelope]) -> None:
        rows = [
            (one.id, one.name.get(self.language), *self._latest(one), self._how(one), one.on_top_of or "–")
            for one in envelopes
        ]
        self._table(("envelope", "name", "amount", "status", "on", "how", "top"), rows, "envelopes")

    def measures(self, measures: Sequence[Measure]) -> None:
        rows = [(one.id, one.name.get(self.language), *self._latest(one), one.envelope) for one in measures]
        self._table(("measure", "name", "amount", "status", "on", "envelope"), rows, "measures")

    def one(self, thing: Envelope | Measure | Sentence) -> None:
        """All that is known of one thing."""
        match thing:
            case Envelope():
                self._envelope(thing)
            case Measure():
                self._measure(thing)
            case Sentence():
                click.echo(f"{thing.text.get(self.language)}\n")
                self.measures(self.money.answers(thing.id))

    def _envelope(self, envelope: Envelope) -> None:
        self._head(envelope.name, self._how(envelope), envelope.note)
        self._stated(envelope.stated)
        if parts := self.money.children(envelope.id):
            self.envelopes(parts)
        if measures := self.money.measures_of(envelope.id):
            self.measures(measures)
        self._open(envelope.id)

    def _measure(self, measure: Measure) -> None:
        self._head(measure.name, measure.envelope, measure.note)
        self._stated(measure.stated)
        if measure.milestones:
            rows = [self._milestone(one) for one in measure.milestones]
            self._table(("what", "baseline", "target", "reached"), rows, "milestones")
        self._open(measure.id)

    def reconciliation(self, item: Reconciliation) -> None:
        click.echo(item.explanation.get(self.language))
        rows = [
            (
                one.label.get(self.language),
                self._figure(one),
                day(one.on) if one.on else "–",
                _title(one.source),
            )
            for one in item.figures
        ]
        self._table(("what", "figure", "on", "source"), rows, item.name)

    # -- parts -------------------------------------------------------------------------------------------

    def _open(self, id: str) -> None:
        for item in self.money.open_about(id):
            click.echo(f"{self._word('disagree')}: {item.name.get(self.language)}")

    def _head(self, name: Text, how: str, note: Text) -> None:
        click.echo(f"{name.get(self.language)} ({how})")
        if note.get(self.language):
            click.echo(note.get(self.language))
        click.echo("")

    def _stated(self, stated: Iterable[Stated]) -> None:
        rows = [
            (
                self._millions(one.cents),
                self._word(one.status),
                day(one.on),
                _title(one.source) or self._word("assumption"),
            )
            for one in stated
        ]
        self._table(("amount", "status", "on", "source"), rows, "stated")

    def _latest(self, thing: Envelope | Measure) -> tuple[str, str, str]:
        latest = self.money.amount_of(thing)
        if latest is None:
            return self._word("unknown"), "–", "–"
        return self._millions(latest.cents), self._word(latest.status), day(latest.on)

    def _how(self, envelope: Envelope) -> str:
        new = self._word("new" if envelope.new_money else "planned")
        return f"{new}, {self._word('recurrent' if envelope.recurrent else 'once')}"

    def _milestone(self, one: Milestone) -> tuple[str, str, str, str]:
        undefined = "" if one.definition.get(self.language) else f" ({self._word('undefined')})"
        target = self._number(one.target)
        if one.target is not None and one.target_on:
            target = f"{target} ({day(one.target_on)})"
        reached = [f"{self._number(last.value)} ({day(last.on)})" for last in one.realised[-1:]]
        return (
            one.name.get(self.language) + undefined,
            self._number(one.baseline),
            target,
            reached[0] if reached else self._word("unmeasured"),
        )

    def _figure(self, one: Figure) -> str:
        if one.number is None:
            return f"{self._millions(one.cents)} {self._word('amount')}"
        return f"{self._number(one.number)} {one.unit.get(self.language)}"

    def _number(self, value: float | None) -> str:
        if value is None:
            return self._word("unknown")
        return number(value, self.language, 0 if value == int(value) else 1)

    def _millions(self, cents: int | None) -> str:
        if cents is None:
            return self._word("unknown")
        # Figures that hardly differ must not look the same.
        decimals = 3 if cents % (_CENTS_IN_A_MILLION // 10) else 1
        return number(cents / _CENTS_IN_A_MILLION, self.language, decimals)

    def _word(self, name: str) -> str:
        return WORDS[name].fill(of=self.currency).get(self.language)

    def _table(self, headers: Sequence[str], rows: Sequence[Sequence[str]], title: str | Text) -> None:
        said = self._word(title) if isinstance(title, str) else title.get(self.language)
        table([self._word(name) for name in headers], rows, said)
        click.echo("")


def _title(source: Source | None) -> str:
    return source.title if source else ""
