"""What must hold between the things of the money folder, and between them and the rest of the region."""

from __future__ import annotations

from collections.abc import Callable, Collection

from veerkracht.region.circles import leads_back
from veerkracht.region.ids import UNREAD_DATE
from veerkracht.region.model import Region
from veerkracht.region.money.model import Decision, Envelope, Line, Measure, Money
from veerkracht.region.money.reading import MoneyFiles
from veerkracht.region.reader import Reader, one_of

AREA_COLUMNS = ("code", "zone", "region", "province")


def check_money(region: Region, files: MoneyFiles) -> None:
    """Note every reference to what does not exist, every circle, and every part that is more than its whole."""
    money = files.money
    for envelope, reader in files.envelopes.pairs():
        _known(reader, "sentences", envelope.sentences, money.sentences, "sentence")
        _check_top(money, envelope, reader)
        _check_within(money, envelope, reader)
        _check_fed_by(money, envelope, reader)
        _check_parts(money, envelope, reader)
    for decision, reader in files.decisions.pairs():
        _check_decision(money, decision, reader)
    for measure, reader in files.measures.pairs():
        _check_measure(money, measure, reader)
        _check_grants(region, money, measure, reader)
        _check_refers(region, measure, reader)
    for line, reader in files.lines.pairs():
        _known(reader, "measure", _one(line.measure), money.measures, "measure")
        _check_place(region, line, reader)
    _check_reconciliations(files)
    _check_answers(files)


def _one(id: str) -> tuple[str, ...]:
    return (id,) if id else ()


def _known(reader: Reader, key: str, ids: Collection[str], known: Collection[str], what: str) -> None:
    """Note each id that nothing has, at its place in a list or at the key."""
    for index, id in enumerate(ids):
        if id not in known:
            path = (key, index) if isinstance(reader.data.get(key), list) else (key,)
            reader.fault(path, f"There is no such {what}.", id, one_of(sorted(known), id))


# -- envelopes ---------------------------------------------------------------------------------------------


def _check_top(money: Money, envelope: Envelope, reader: Reader) -> None:
    if _in_circle(money, envelope, lambda one: (one.on_top_of,)):
        expected = "an envelope that does not lead back here"
        reader.fault("on_top_of", "This envelope comes on top of itself.", envelope.on_top_of, expected)
    else:
        _known(reader, "on_top_of", _one(envelope.on_top_of), money.envelopes, "envelope")


def _check_within(money: Money, envelope: Envelope, reader: Reader) -> None:
    if _in_circle(money, envelope, lambda one: (one.within,)):
        expected = "an envelope that does not lead back here"
        reader.fault("within", "This envelope is a part of itself.", envelope.within, expected)
        return
    _known(reader, "within", _one(envelope.within), money.envelopes, "envelope")
    if envelope.on_top_of in {one.id for one in money.outwards(envelope.within)}:
        expected = "an envelope that this one is no part of"
        reader.fault("on_top_of", "This comes on top of what it is a part of.", envelope.on_top_of, expected)


def _check_fed_by(money: Money, envelope: Envelope, reader: Reader) -> None:
    if _in_circle(money, envelope, lambda one: one.fed_by):
        expected = "envelopes that do not lead back here"
        reader.fault("fed_by", "This envelope is paid out of itself.", ", ".join(envelope.fed_by), expected)
    else:
        _known(reader, "fed_by", envelope.fed_by, money.envelopes, "envelope")


def _in_circle(money: Money, envelope: Envelope, next_of: Callable[[Envelope], tuple[str, ...]]) -> bool:
    known = money.envelopes
    return leads_back(envelope.id, lambda id: next_of(known[id]) if id in known else ())


def _check_parts(money: Money, envelope: Envelope, reader: Reader) -> None:
    """Parts that are known and of the same kind are no more than the whole; else something says so openly."""
    whole = money.amount_of(envelope)
    if whole is None or whole.cents is None or money.open_about(envelope.id):
        return
    for what, parts in (("parts", money.children(envelope.id)), ("measures", money.measures_of(envelope.id))):
        total = sum(_cents(money, part) for part in parts if part.recurrent == envelope.recurrent)
        if total > whole.cents:
            found = f"{total / 100:.2f} of {what}"
            expected = f"at most {whole.cents / 100:.2f}, or an open [[reconciliation]] about {envelope.id}"
            reader.fault("stated", "The parts are more than the whole.", found, expected)


def _cents(money: Money, thing: Envelope | Measure) -> int:
    stated = money.amount_of(thing)
    return stated.cents or 0 if stated else 0


# -- decisions and measures --------------------------------------------------------------------------------


def _check_decision(money: Money, decision: Decision, reader: Reader) -> None:
    _known(reader, "envelopes", decision.envelopes, money.envelopes, "envelope")
    if not decision.envelopes:
        reader.fault(
            "envelopes", "This decision fills no envelope.", "nothing", one_of(sorted(money.envelopes))
        )
    for id in (id for id in decision.envelopes if id in money.envelopes):
        announced = min((one.on for one in money.envelopes[id].stated), default=UNREAD_DATE)
        if UNREAD_DATE < decision.on < announced:
            message = f"This was decided before the envelope {id} was announced."
            reader.fault("on", message, decision.on, f"{announced} or later")


def _check_measure(money: Money, measure: Measure, reader: Reader) -> None:
    _known(reader, "envelope", _one(measure.envelope), money.envelopes, "envelope")
    _known(reader, "decision", _one(measure.decision), money.decisions, "decision")
    _known(reader, "sentences", measure.sentences, money.sentences, "sentence")
    decision = money.decisions.get(measure.decision)
    outer = [one.id for one in money.outwards(measure.envelope)]
    if decision and outer and not set(outer) & set(decision.envelopes):
        message = "This decision does not fill the envelope of the measure."
        reader.fault("decision", message, decision.id, f"a decision that fills one of: {', '.join(outer)}")
    seen: set[str] = set()
    for index, milestone in enumerate(measure.milestones):
        if milestone.id in seen:
            reader.fault(
                ("milestone", index, "id"), "This milestone is there twice.", milestone.id, "another id"
            )
        seen.add(milestone.id)


def _check_grants(region: Region, money: Money, measure: Measure, reader: Reader) -> None:
    """Each goes to one municipality; together they are no more than money given once for the measure."""
    # Areas that could not be read would be missed here too: one fault is enough.
    known = set() if region.areas.is_empty() else set(region.areas.get_column("code"))
    for index, grant in enumerate(measure.grants):
        if known and grant.area and grant.area not in known:
            expected = "the code of a municipality of areas.csv"
            reader.fault(("grant", index, "area"), "There is no such municipality.", grant.area, expected)
    whole = money.amount_of(measure)
    if measure.recurrent or whole is None or whole.cents is None or money.open_about(measure.id):
        return
    if measure.granted > whole.cents:
        expected = f"at most {whole.cents / 100:.2f}, or an open [[reconciliation]] about {measure.id}"
        reader.fault("grant", "The grants are more than the whole.", f"{measure.granted / 100:.2f}", expected)


def _check_refers(region: Region, measure: Measure, reader: Reader) -> None:
    """The programme, the sector, the area and the measures of plans that a measure names."""
    _check_place(region, measure, reader)
    sectors = [one.id for one in region.staff.sectors] if region.staff else []
    _known(reader, "sector", _one(measure.sector), sectors, "sector")
    planned = {one.id for plan in region.plans.values() for one in plan.measures}
    _known(reader, "plan_measures", measure.plan_measures, planned, "measure of a plan")


def _check_place(region: Region, thing: Measure | Line, reader: Reader) -> None:
    _known(reader, "programme", _one(thing.programme), region.programmes, "programme")
    # Areas that could not be read would be missed here too: one fault is enough.
    if not thing.area or region.areas.is_empty():
        return
    if not any(thing.area in region.areas.get_column(column) for column in AREA_COLUMNS):
        expected = "the code of a municipality, a zone, a region or a province of areas.csv"
        reader.fault("area", "There is no such area.", thing.area, expected)


# -- what is asked of the whole ----------------------------------------------------------------------------


def _check_reconciliations(files: MoneyFiles) -> None:
    money = files.money
    known = {*money.envelopes, *money.measures}
    for reconciliation, reader in files.reconciliations.pairs():
        _known(reader, "about", reconciliation.about, known, "envelope or measure")
        if not reconciliation.about:
            reader.fault("about", "This is about nothing.", "nothing", "ids of envelopes or measures")


def _check_answers(files: MoneyFiles) -> None:
    """A sentence of the text that no measure answers would be forgotten silently."""
    money = files.money
    for sentence, reader in files.sentences.pairs():
        if not money.answers(sentence.id):
            expected = "a measure with this id in its sentences; its amount may be unknown"
            reader.fault("id", "No measure answers this sentence.", sentence.id, expected)
