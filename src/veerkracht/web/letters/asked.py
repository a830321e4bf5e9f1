"""The letter that asks who is on a list just in case whether they still want it: by when, how, and what follows."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from veerkracht.register.lists.queries import EntryView
from veerkracht.web import words
from veerkracht.web.letters.content import LetterText, Section


def write_asked(view: EntryView, on: date) -> LetterText:
    """The letter in the language of whom the entry is of; only for an entry of which an answer is awaited."""
    with override(view.entry.request.person.language):
        return _write(view, on)


def _write(view: EntryView, on: date) -> LetterText:
    entry, person, home = view.entry, view.entry.request.person, view.entry.service
    return LetterText(
        language=person.language,
        title=_("Do you still want a place at %(home)s?") % {"home": home.name},
        sender=home.organisation.name,
        receiver=str(person),
        day=words.day(on),
        marks=((_("Request"), entry.request.number),),
        notice=_("This letter belongs to a demo. The person, the file and the decision are fictitious.")
        if person.fictitious
        else "",
        greeting=_("Dear %(name)s") % {"name": person},
        lead=_("You are on our list. Please let us know by %(day)s whether you still want a place.")
        % {"day": words.day(entry.answer_by)},
        facts=((_("Home"), home.name), (_("Registered on"), words.day(entry.registered_on))),
        sections=(
            Section(
                _("How to answer"),
                (
                    _(
                        "Say so on your own pages, under Care homes, or call us. Who speaks for you may do so too."
                    ),
                ),
            ),
            Section(
                _("What your answer does"),
                (),
                (
                    _("You want to come now: you take part from today, with the date that you have."),
                    _("You want to stay on the list for later: we ask you again after a while."),
                    _("You no longer want it: you leave this list."),
                    _("You do not answer: you stand aside and get no offers, but you keep your date."),
                ),
            ),
        ),
        sources_title="",
        sources=(),
        closing=_("With kind regards"),
        signer=home.name,
        signed="",
        page_word=_("page"),
    )
