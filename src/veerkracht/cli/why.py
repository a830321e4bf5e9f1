"""`veerkracht why`: why a request stands where it stands, and when its turn is likely."""

from typing import Any

import click

from veerkracht.cli.acting import acting, as_user
from veerkracht.cli.output import print_json, start_django

WORDS = {
    "conditions": ("Voorwaarden", "Conditions"),
    "met": ("voldaan", "met"),
    "unmet": ("niet voldaan", "not met"),
    "unknown": ("onbekend", "unknown"),
    "changes": ("Wat dit kan veranderen", "What would change this"),
    "turn": ("Wanneer u waarschijnlijk aan de beurt bent", "When your turn is likely"),
    "between": ("tussen {0} en {1}, in het midden {2}", "between {0} and {1}, in the middle {2}"),
    "between or later": (
        "vanaf {0}, in het midden {2}; het kan ook later dan {1} zijn",
        "from {0} on, in the middle {2}; it may also be later than {1}",
    ),
    "from": ("vanaf {0}, maar vaker pas na {1}", "from {0} on, but more often only after {1}"),
    "beyond": (
        "Later dan {0}, in minstens negen van de tien keer.",
        "Later than {0}, in at least nine of ten times.",
    ),
    "stale": (
        "De lijst is veranderd sinds dit werd berekend.",
        "The list has changed since this was computed.",
    ),
    "rests": (
        "Dat rust op het plan “{0}”, {1} keer nagespeeld vanaf {2}; in {3:.0%} ervan bent u voor {4} aan de beurt.",
        "This rests on the plan “{0}”, played {1} times from {2}; in {3:.0%} of them your turn comes before {4}.",
    ),
    "no turn": ("Daarvoor is nog niets berekend.", "Nothing has been computed for that yet."),
    "rules": ("Regels", "Rules"),
    # What each rule is about, for one without words of its own.
    "order": ("De volgorde.", "The order."),
    "group": ("De prioriteitengroep.", "The priority group."),
    "priority-date": ("De prioriteringsdatum.", "The priority date."),
    "split": ("De verdeling van het geld.", "How the money is shared."),
    "point-value": ("De waarde van een zorgpunt.", "The value of a care point."),
    "source": ("bron", "source"),
    "assumption": ("aanname", "assumption"),
}


@click.command(
    epilog="""\b
Examples:
  veerkracht why V-0000017
  veerkracht why V-0000017 --language nl
  veerkracht why V-0000017 --as demo-reader --json
"""
)
@click.argument("number")
@click.option("--language", type=click.Choice(["nl", "en"]), default="en", show_default=True)
@as_user
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, in both languages.")
def command(number: str, language: str, user: str | None, as_json: bool) -> None:
    """Why does request NUMBER stand where it stands: its conditions, its place in order and its likely turn.

    With the rules and sources it rests on. The look is logged, as any look at a file.
    """
    start_django()
    from veerkracht.register.care.queries.files import file

    view = file(acting(user), number.strip().upper(), purpose="veerkracht why").request
    if as_json:
        print_json(_as_json(view))
    else:
        _print(view, language)


def _as_json(view: Any) -> dict[str, Any]:
    explanation = view.explanation
    return {
        "number": view.row.number,
        "programme": view.programme.id,
        "state": view.row.state,
        "on": explanation.on,
        "eligible": explanation.eligible,
        "sentences": explanation.sentences,
        "conditions": explanation.conditions,
        "place": explanation.place,
        "changes": explanation.changes,
        "turn": view.turn,
        "basis": explanation.basis,
    }


def _print(view: Any, language: str) -> None:
    explanation = view.explanation
    click.echo(f"{view.row.number}, {view.programme.name.get(language)} ({explanation.on:%d-%m-%Y})\n")
    for sentence in explanation.sentences:
        click.echo(sentence.get(language))
    _head("conditions", language)
    for reason in explanation.conditions:
        click.echo(
            f"  [{_word(reason.status, language)}] {reason.text.get(language)}{_origin(reason, language)}"
        )
    if explanation.changes:
        _head("changes", language)
        for change in explanation.changes:
            click.echo(f"  {change.get(language)}")
    _print_turn(view.turn, language)
    _head("rules", language)
    for basis in explanation.basis:
        said = basis.text.get(language) or _word(basis.kind, language)
        click.echo(f"  {said}{_origin(basis, language)}")


def _print_turn(turn: Any, language: str) -> None:
    _head("turn", language)
    if turn is None:
        click.echo(f"  {_word('no turn', language)}")
        return
    horizon = f"{turn.horizon:%d-%m-%Y}"
    if turn.p10 is None:
        click.echo(f"  {_word('beyond', language).format(horizon)}")
    else:
        known = "between" if turn.p90 else "between or later" if turn.p50 else "from"
        days = [f"{day:%d-%m-%Y}" if day else horizon for day in (turn.p10, turn.p90, turn.p50)]
        click.echo(f"  {_word(known, language).format(*days)}")
    rests = (_plan_name(turn.plan, language), turn.runs, f"{turn.start:%d-%m-%Y}", turn.served_share, horizon)
    click.echo(f"  {_word('rests', language).format(*rests)}")
    if turn.stale:
        click.echo(f"  {_word('stale', language)}")


def _plan_name(plan: str, language: str) -> str:
    """A plan's name; its id when the region no longer has it."""
    from veerkracht import region

    known = region.current().plans.get(plan)
    return known.name.get(language) if known else plan


def _head(name: str, language: str) -> None:
    click.echo(f"\n{_word(name, language)}")


def _word(name: str, language: str) -> str:
    return WORDS[name][0 if language == "nl" else 1]


def _origin(rule: Any, language: str) -> str:
    """Where a rule comes from: its source, and what of it is an assumption."""
    said = []
    if rule.source:
        said.append(f"{_word('source', language)}: {rule.source.title}")
    if rule.assumption:
        said.append(f"{_word('assumption', language)}: {rule.assumption.why.get(language)}")
    return f" ({'; '.join(said)})" if said else ""
