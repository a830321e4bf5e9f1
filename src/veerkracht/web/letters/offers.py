"""The letter that a place is offered: until when somebody can answer, how, and what each answer does."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from veerkracht.register.offers.queries.one import OfferLetter
from veerkracht.web import words
from veerkracht.web.letters.content import LetterText, Section


def write_offer(letter: OfferLetter) -> LetterText:
    """The letter in the language of whom the offer is for."""
    with override(letter.language):
        return _write(letter)


def _write(letter: OfferLetter) -> LetterText:
    offer = letter.offer
    receiver = _(" and ").join(words.said(one) for one in offer.people)
    return LetterText(
        language=letter.language,
        title=_("There is a place for you at %(home)s") % {"home": offer.service},
        sender=letter.organisation,
        receiver=receiver,
        day=words.day(letter.on),
        marks=((_("Offer"), str(offer.id)),),
        notice=_("This letter belongs to a demo. The person, the file and the decision are fictitious.")
        if letter.fictitious
        else "",
        greeting=_("Dear %(name)s") % {"name": receiver},
        lead=_("We offer you a place. Please let us know before the end of %(day)s whether you want it.")
        % {"day": words.day(offer.until)},
        facts=(
            (_("Home"), offer.service),
            (_("Place"), ", ".join(dict.fromkeys(offer.rooms))),
            (_("Answer before"), words.moment(offer.until)),
            (_("Where you stood"), _place(letter)),
        ),
        sections=(_accept(letter), _decline(letter), _else(letter)),
        sources_title="",
        sources=(),
        closing=_("With kind regards"),
        signer=offer.signed_by,
        signed=_("Signed on %(moment)s") % {"moment": words.moment(offer.made_at)},
        page_word=_("page"),
    )


def _place(letter: OfferLetter) -> str:
    offer = letter.offer
    return _("place %(place)s of %(all)s on the list of this home") % {
        "place": words.number(offer.place_in_order),
        "all": words.number(offer.of_how_many),
    }


def _accept(letter: OfferLetter) -> Section:
    days = {"days": letter.latest_arrival_days}
    return Section(
        _("If you want the place"),
        (
            _("Say so on your own pages, or call us. You also say on which day you come.") % days,
            _("We keep the place for you for at most %(days)s days after your answer.") % days,
        ),
    )


def _decline(letter: OfferLetter) -> Section:
    return Section(
        _("If you do not want it"),
        (_("Say why: what it means for your place on the list depends on the reason."),),
        tuple(f"{words.said(one.name)}. {words.said(one.text)}" for one in letter.declines),
    )


def _else(letter: OfferLetter) -> Section:
    together = (_("You are offered this together: you all come, or none of you."),)
    return Section(
        _("Good to know"),
        (
            *(together if len(letter.offer.people) > 1 else ()),
            _("Nobody can answer for you but you and who speaks for you. Saying no is always allowed."),
            _("If you do not answer in time, the place goes to the next on the list."),
        ),
    )
