"""The words of a letter, in the language of the person it goes to, whatever the page's language is."""

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from veerkracht import region
from veerkracht.register.care.queries.letters import Letter
from veerkracht.rulebook.types import Source
from veerkracht.web import words


@dataclass(frozen=True)
class Section:
    """A heading with paragraphs, or with points under each other."""

    title: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reference:
    """Where a rule is written."""

    title: str
    url: str


@dataclass(frozen=True)
class LetterText:
    """A whole letter in one language. `facts`: pairs of what and how much."""

    language: str
    title: str
    sender: str
    receiver: str
    day: str
    marks: tuple[tuple[str, str], ...]
    notice: str
    greeting: str
    lead: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    sources_title: str
    sources: tuple[Reference, ...]
    closing: str
    signer: str
    signed: str
    page_word: str

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def write(letter: Letter) -> LetterText:
    """The letter in the language of its person."""
    with override(letter.person.language):
        return _write(letter)


def _write(letter: Letter) -> LetterText:
    named = {"programme": words.said(letter.programme.name).lower()}
    is_part = letter.share < 1
    title = _("You get a part of your %(programme)s") if is_part else _("You get a %(programme)s")
    return LetterText(
        language=letter.person.language,
        title=title % named,
        sender=words.said(region.current().name),
        receiver=letter.person.name,
        day=words.day(letter.signed_at),
        marks=(
            (_("Your file"), letter.number),
            (
                _("Round"),
                _("%(number)s of %(day)s") % {"number": letter.round_id, "day": words.day(letter.date)},
            ),
        ),
        notice=_("This letter belongs to a demo. The person, the file and the decision are fictitious.")
        if letter.person.fictitious
        else "",
        greeting=_("Dear %(name)s") % {"name": letter.person.name},
        lead=_lead(letter, is_part),
        facts=_facts(letter, is_part),
        sections=(_why(letter), _what_to_do(letter), _disagree()),
        sources_title=_("Where these rules are written"),
        sources=_sources(letter),
        closing=_("With kind regards"),
        signer=letter.signed_by,
        signed=_("Signed on %(moment)s") % {"moment": words.moment(letter.signed_at)},
        page_word=_("page"),
    )


def _lead(letter: Letter, is_part: bool) -> str:
    amount = words.money(letter.cost_cents)
    if is_part:
        return _(
            "You asked for support. From the money that is available now you get %(share)s of what you asked: "
            "%(amount)s a year."
        ) % {"share": words.percent(letter.share), "amount": amount}
    return _("You asked for support. From the money that is available now you get %(amount)s a year.") % {
        "amount": amount
    }


def _facts(letter: Letter, is_part: bool) -> tuple[tuple[str, str], ...]:
    scheme = next((scheme for scheme in letter.programme.schemes if scheme.id == letter.scheme), None)
    category = f"{letter.category} · {words.said(scheme.name)}" if scheme and scheme.name else letter.category
    part = ((_("Part of what you asked"), words.percent(letter.share)),) if is_part else ()
    until = ((_("Start at the latest on"), words.day(letter.respond_by)),) if letter.respond_by else ()
    return (
        (_("Amount a year"), words.money(letter.cost_cents)),
        (_("Budget category"), category),
        *part,
        (_("Decided from"), words.said(letter.pot)),
        (
            _("Your place then"),
            _("%(place)s of %(of)s")
            % {"place": words.number(letter.position), "of": words.number(letter.of)},
        ),
        *until,
    )


def _why(letter: Letter) -> Section:
    met = tuple(words.said(reason.text) for reason in letter.explanation.conditions if reason.status == "met")
    return Section(
        _("Why you get it now"), paragraphs=(words.said(letter.reason), *_rule(letter)), points=met
    )


def _rule(letter: Letter) -> tuple[str, ...]:
    """The rule by which it was this request's turn: the route's own, or the order of the queue."""
    route = next((route for route in letter.programme.routes if route.name == letter.pot), None)
    if route is not None:
        return (words.said(route.text),) if route.text else ()
    return tuple(
        words.said(rule.text) for rule in letter.explanation.basis if rule.kind == "order" and rule.text
    )


def _what_to_do(letter: Letter) -> Section:
    if letter.respond_by is None:
        start = _("Start your budget, or tell us that you do not want it.")
    else:
        start = _("Start your budget on %(day)s at the latest, or tell us that you do not want it.") % {
            "day": words.day(letter.respond_by)
        }
    passed_on = _("If we hear nothing by then, the money goes to the next person on the list.")
    paragraphs = (start, passed_on) if letter.respond_by else (start,)
    if letter.share < 1:
        stays = _(
            "Your question for the other part stays on the list, with the same priority date. Refusing this "
            "part changes nothing about that."
        )
        return Section(_("What you have to do"), (*paragraphs, stays))
    return Section(_("What you have to do"), paragraphs)


def _disagree() -> Section:
    return Section(
        _("If you do not agree"),
        (
            _(
                "Ask us within 30 days, by registered letter, to look at the decision again (reconsideration). "
                "Say in it why you do not agree."
            ),
            _("Against the decision that follows you can go to the labour court."),
        ),
    )


def _sources(letter: Letter) -> tuple[Reference, ...]:
    """Each source of the conditions and rules used, once, in the order of the letter."""
    explained = letter.explanation
    found: dict[str, Source] = {}
    for one in (*explained.conditions, *explained.basis):
        if one.source is not None:
            found.setdefault(one.source.title, one.source)
    return tuple(Reference(source.title, source.url) for source in found.values())
