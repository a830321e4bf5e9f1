"""What can be done to a budget line from its page: a form each, that calls one action of the register."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from veerkracht import region
from veerkracht.register.errors import Invalid
from veerkracht.register.money import actions
from veerkracht.register.money.actions import Amounts, Decided, NewLine
from veerkracht.register.money.models import Line
from veerkracht.register.money.queries import commitment_numbered, entry_of, get_line, organisation_named
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.types import Text
from veerkracht.web import ledger_words
from veerkracht.web.forms.days import DayField
from veerkracht.web.forms.money import EuroField
from veerkracht.web.words import said

_NOBODY = Text("Er is geen organisatie “{found}”.", "There is no organisation “{found}”.")
_NO_LINE = Text("Er is geen andere lijn “{found}”.", "There is no other line “{found}”.")


def _words(label: Any, **given: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=200, **given)


@dataclass(frozen=True)
class Asked:
    """The line and year of a page, and today."""

    line: Line
    year: int
    today: date


class LineForm(forms.Form):
    """One verb on a line. `id` goes along unseen and is empty: the line stands in the address."""

    verb: ClassVar[str]
    title: ClassVar[str | Promise]
    help: ClassVar[str | Promise] = ""
    done: ClassVar[str | Promise]
    is_final: ClassVar[bool] = False
    id = ""

    def __init__(self, data: Any, asked: Asked):
        super().__init__(data, initial={"on": asked.today}, prefix=self.verb)
        self.asked = asked
        if "on" in self.fields:
            self.fields["on"].widget.attrs["max"] = asked.today.isoformat()

    def do(self, by: Actor) -> None:
        """Call the action; only for a valid form."""
        raise NotImplementedError

    @property
    def amounts(self) -> Amounts:
        given = self.cleaned_data
        return Amounts(given["commitment_cents"] or 0, given["payment_cents"] or 0)

    @property
    def decided(self) -> Decided:
        given = self.cleaned_data
        return Decided(given["on"], given["text"], given.get("url", ""))


class _CreditForm(LineForm):
    commitment_cents = EuroField(label=_("Commitment credit (VAK), in euro"), required=False)
    payment_cents = EuroField(label=_("Payment credit (VEK), in euro"), required=False)
    on = DayField(label=_("Decided on"))
    text = _words(_("In which decision it stands"))
    url = forms.URLField(label=_("Its address on the web"), required=False, assume_scheme="https")


class Vote(_CreditForm):
    verb, title, done = "vote", _("Record a credit"), _("The credit is recorded.")
    help = _("What a revision takes away stands below zero, as -1000.")

    kind = forms.ChoiceField(
        label=_("Version"),
        choices=[(kind, ledger_words.CREDITS[kind]) for kind in ("initial", "revised")],
    )
    field_order = ("kind",)

    def do(self, by: Actor) -> None:
        actions.vote_line_credit(
            self.asked.line,
            by=by,
            year=self.asked.year,
            amounts=self.amounts,
            decided=self.decided,
            kind=self.cleaned_data["kind"],
        )


class Commit(LineForm):
    verb, title, done = "commit", _("Commit"), _("The commitment is entered.")
    help = _("It counts in the budget year of its day. What weighs on later years is shown there.")

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(kind, name) for kind, name in ledger_words.COMMITMENTS.items() if kind != "round"],
    )
    amount_cents = EuroField(label=_("Amount of this year, in euro"))
    yearly_cents = EuroField(label=_("Weighs on each later year, in euro"), required=False)
    on = DayField(label=_("On"))
    until = DayField(
        label=_("Until (leave open when it has no end)"),
        required=False,
    )
    organisation = _words(_("Organisation"), required=False, help_text=_("By its name or enterprise number."))
    text = _words(_("What it is for"), help_text=_("No name of a person: this is published."))

    def do(self, by: Actor) -> None:
        given = self.cleaned_data
        organisation = organisation_named(given["organisation"]) if given["organisation"] else None
        if given["organisation"] and organisation is None:
            raise Invalid(_NOBODY.fill(found=given["organisation"]), "organisation")
        facts = {name: given[name] for name in ("on", "amount_cents", "kind", "text", "until")}
        yearly_cents = given["yearly_cents"] or 0
        new = actions.NewCommitment(**facts, organisation=organisation, yearly_cents=yearly_cents)
        actions.commit(self.asked.line, new, by=by)


class _OnCommitment(LineForm):
    number = _words(_("Number of the commitment"))
    cents = EuroField(label=_("Amount, in euro"))
    on = DayField(label=_("On"))
    text = _words(_("Why"))

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("on", "cents", "text")}


class Reduce(_OnCommitment):
    verb, title, done = "reduce", _("Reduce a commitment"), _("The commitment is reduced.")
    yearly_cents = EuroField(label=_("Weighs this much less on each later year, in euro"), required=False)
    field_order = ("number", "cents", "yearly_cents")

    def do(self, by: Actor) -> None:
        commitment = commitment_numbered(self.asked.line, self.cleaned_data["number"])
        yearly = self.cleaned_data["yearly_cents"] or 0
        actions.reduce_commitment(commitment, by=by, yearly_cents=yearly, **self.facts)


class Recover(_OnCommitment):
    verb, title, done = "recover", _("Recover a payment"), _("The recovery is entered.")

    def do(self, by: Actor) -> None:
        actions.recover(
            commitment_numbered(self.asked.line, self.cleaned_data["number"]), by=by, **self.facts
        )


class Transfer(_CreditForm):
    verb, title, done = "transfer", _("Transfer to another line"), _("The credit is transferred.")
    target = _words(_("Code of the other line"))
    field_order = ("target",)

    def do(self, by: Actor) -> None:
        target = get_line(self.cleaned_data["target"])
        if target is None:
            raise Invalid(_NO_LINE.fill(found=self.cleaned_data["target"]), "target")
        actions.transfer(
            self.asked.line,
            target,
            by=by,
            year=self.asked.year,
            amounts=self.amounts,
            decided=self.decided,
        )


class CarryOver(_CreditForm):
    verb, title, done = "carry-over", _("Carry over to the next year"), _("The credit is carried over.")

    def do(self, by: Actor) -> None:
        actions.carry_over(
            self.asked.line,
            by=by,
            from_year=self.asked.year,
            amounts=self.amounts,
            decided=self.decided,
        )


class Correct(LineForm):
    verb, title, done = "correct", _("Correct an entry"), _("The entry is corrected by a new one.")
    help = _("A credit, a commitment or a recovery that was a mistake is undone by postings the other way.")
    is_final = True

    entry = forms.IntegerField(label=_("Number of the entry"), min_value=1, max_value=2**62)
    on = DayField(label=_("On"))
    text = _words(_("Why"))

    def do(self, by: Actor) -> None:
        entry = entry_of(self.asked.line, self.cleaned_data["entry"])
        actions.correct(entry, by=by, on=self.cleaned_data["on"], text=self.cleaned_data["text"])


FORMS: tuple[type[LineForm], ...] = (Commit, Reduce, Vote, Transfer, CarryOver, Recover, Correct)


class NewLineForm(forms.Form):
    """A new line, on the list of lines."""

    verb, id = "open", ""
    title = _("Open a line")
    is_final = False
    help = ""

    code = forms.CharField(label=_("Code"), max_length=60)
    name_nl = _words(_("Name in Dutch"))
    name_en = _words(_("Name in English"))
    measure = forms.ChoiceField(label=_("Measure"), required=False)
    from_date = DayField(label=_("Since"))

    def __init__(self, data: Any, today: date):
        super().__init__(data, initial={"from_date": today}, prefix=self.verb)
        money = region.current().money
        known = money.measures.values() if money else ()
        self.fields["measure"].choices = [("", _("None")), *((one.id, said(one.name)) for one in known)]

    def do(self, by: Actor) -> Line:
        given = self.cleaned_data
        new = NewLine(
            code=given["code"],
            name=Text(given["name_nl"], given["name_en"]),
            from_date=given["from_date"],
            measure=given["measure"],
        )
        return actions.open_line(new, by=by)


class YearForm(forms.Form):
    """Which budget year is shown."""

    year = forms.TypedChoiceField(label=_("Budget year"), coerce=int, required=False)

    def __init__(self, data: Any, years: list[int], today: date):
        super().__init__(data, initial={"year": today.year})
        known = sorted({*years, today.year}, reverse=True)
        self.fields["year"].choices = [(year, year) for year in known]
        self.default = today.year

    @property
    def asked(self) -> int:
        """The year that was asked, else the current one."""
        found = self.cleaned_data["year"] if self.is_valid() else None
        return found or self.default
