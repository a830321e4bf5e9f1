"""What sources say of the money, as rows: of envelopes, measures and budget lines in the files. No database."""

from collections.abc import Iterator
from typing import Any

from veerkracht.region.money.model import Envelope, Line, Measure, Money, Stated
from veerkracht.region.open_money import OpenMoney
from veerkracht.register.formulas import guarded
from veerkracht.register.published.money_columns import (
    BUDGET,
    PHASE_OF_STATUS,
    PHASE_OF_VERSION,
    Row,
    euro,
    row_of,
)
from veerkracht.rulebook.types import Source, Text


def budget_rows(money: Money, publisher: OpenMoney, language: str, last_year: int) -> list[Row]:
    """Every amount that a source states, each with that source, and up to a budget year those of lines.

    Figures that contradict each other stand beside each other; an amount that nobody knows is a row that says so.
    """
    told = Told(money, publisher, language)
    return [row_of(BUDGET, one) for one in (*told.envelopes(), *told.measures(), *told.lines(last_year))]


class Told:
    """What the files say of a thing, as the columns of a row."""

    def __init__(self, money: Money, publisher: OpenMoney, language: str):
        self.money, self.publisher, self.language = money, publisher, language
        self.entity = {
            "entity_id": publisher.organisation_id(publisher.enterprise_number),
            "entity": publisher.publisher.get(language),
        }

    def envelopes(self) -> Iterator[dict[str, Any]]:
        for envelope in self.money.envelopes.values():
            yield from self._stated("envelope", envelope.id, envelope.stated, self._of_envelope(envelope))

    def measures(self) -> Iterator[dict[str, Any]]:
        for measure in self.money.measures.values():
            yield from self._stated("measure", measure.id, measure.stated, self.of_measure(measure))

    def lines(self, last_year: int) -> Iterator[dict[str, Any]]:
        for line in self.money.lines.values():
            for credit in (one for one in line.credits if one.year <= last_year):
                phase = PHASE_OF_VERSION[credit.version]
                for side in ("commitment", "payment"):
                    cents = getattr(credit, f"{side}_cents")
                    if cents is None:
                        continue
                    yield {
                        **self.of_line(line),
                        "id": f"line:{line.code}:{credit.year}:{credit.version}:{side}",
                        "level": "line",
                        "phase": phase,
                        "status": credit.version,
                        "fiscal_year": credit.year,
                        "credit": side,
                        "note": self._note(line.note, credit.note),
                        "unknown": False,
                        phase: euro(cents),
                        **_source(credit.source),
                    }

    def of_measure(self, measure: Measure) -> dict[str, Any]:
        envelope = self.money.envelopes.get(measure.envelope)
        return {
            **(self._of_envelope(envelope) if envelope else self.entity),
            "measure": measure.id,
            "measure_name": guarded(measure.name.get(self.language)),
            "measure_kind": measure.kind,
            "recurrent": measure.recurrent,
        }

    def _of_envelope(self, envelope: Envelope) -> dict[str, Any]:
        return {
            **self.entity,
            "envelope": envelope.id,
            "envelope_name": guarded(envelope.name.get(self.language)),
            "recurrent": envelope.recurrent,
            "new_money": envelope.new_money,
        }

    def of_line_code(self, code: str, measure_id: str) -> dict[str, Any]:
        """A line of the register, of which the files may say more, or nothing at all."""
        line, measure = self.money.lines.get(code), self.money.measures.get(measure_id)
        if line:
            return {**self.of_line(line), "note": self._note(line.note)}
        return self.of_measure(measure) if measure else self.entity

    def of_line(self, line: Line) -> dict[str, Any]:
        measure = self.money.measures.get(line.measure)
        given = self.of_measure(measure) if measure else self.entity
        return {**given, "line": line.code, "article": guarded(line.article)}

    def _note(self, *notes: Text) -> str:
        return guarded(" ".join(filter(None, (one.get(self.language) for one in notes))))

    def _stated(
        self, level: str, id: str, stated: tuple[Stated, ...], facts: dict[str, Any]
    ) -> Iterator[dict[str, Any]]:
        for place, one in enumerate(stated, 1):
            phase = PHASE_OF_STATUS[one.status]
            yield {
                **facts,
                "id": f"{level}:{id}:{place}",
                "level": level,
                "phase": phase,
                "status": one.status,
                "stated_on": one.on,
                "note": self._note(one.note),
                "unknown": one.cents is None,
                phase: euro(one.cents),
                **_source(one.source),
            }


def _source(source: Source | None) -> dict[str, str]:
    return {"source_title": guarded(source.title), "source_url": source.url} if source else {}
