"""Each sentence of the government's text, with the measures that answer it and whether their money is known."""

from dataclasses import dataclass

from veerkracht.region.money import Envelope, Sentence
from veerkracht.register.people.actors import Actor
from veerkracht.register.spending.measures import Listed, Row, measures, region_money


@dataclass(frozen=True)
class Answered:
    """A sentence; `envelopes`: those that announce it; `rows`: the measures that answer it."""

    sentence: Sentence
    envelopes: tuple[Envelope, ...]
    rows: tuple[Row, ...]

    @property
    def known(self) -> int:
        """How many of its measures have an amount."""
        return sum(row.amount is not None for row in self.rows)


def sentences(actor: Actor) -> tuple[Answered, ...]:
    """In the order of the text. As many queries as `measures`. Raises `Refused`."""
    listed: Listed = measures(actor)
    money = region_money()
    return tuple(
        Answered(
            sentence,
            tuple(one for one in money.envelopes.values() if sentence.id in one.sentences),
            tuple(row for row in listed.rows if sentence.id in row.measure.sentences),
        )
        for sentence in money.sentences.values()
    )
