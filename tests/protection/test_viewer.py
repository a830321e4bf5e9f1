"""Who was given a code to only look sees what the person shows them, and does nothing."""

import io
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from types import SimpleNamespace

import pytest
from django.test import Client

from tests.factories import make_actor, make_own_actor, make_person
from tests.lists.factories import KIND
from tests.offers.factories import (
    TODAY,
    make_home,
    make_vacancies,
    make_waiting,
    offered,
    officer_of,
)
from veerkracht.register import clock
from veerkracht.register.care import actions as care
from veerkracht.register.care.access import get_request
from veerkracht.register.cases.actions.consents import Terms as ConsentTerms
from veerkracht.register.cases.actions.consents import answer_consent, record_consent, revoke_consent
from veerkracht.register.cases.protection import chosen
from veerkracht.register.cases.protection.chosen import Terms
from veerkracht.register.cases.protection.consents import consents_of
from veerkracht.register.cases.protection.representatives import here_for, representatives_of
from veerkracht.register.documents.actions import add_document
from veerkracht.register.documents.models import Document
from veerkracht.register.errors import Conflict, OnlyLooks, Refused
from veerkracht.register.keeping.actions.objections import object_to_look
from veerkracht.register.keeping.bundle.making import bundle
from veerkracht.register.lists import actions as lists
from veerkracht.register.lists.actions.together import Named
from veerkracht.register.lists.models import EntryStep, Together
from veerkracht.register.log.models import LogEntry
from veerkracht.register.offers import actions as offers
from veerkracht.register.offers.models import OfferStep
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Move, Organisation, Person
from veerkracht.register.permissions import case_of, fields, only_looks
from veerkracht.register.sharing.models import (
    ConsentVoice,
    Notice,
    Representation,
    RepresentationCode,
)
from veerkracht.register.sharing.representation import who_is_told

pytestmark = [pytest.mark.django_db, pytest.mark.once]
# What she keeps from him, each with something in it that stands nowhere else.
BORN = {"ask-birth_date": "1940-01-01"}
KEPT_BACK = ["assessment", "documents"]
HIDDEN = ("A doctor", "Letter-of-hers.txt")


@pytest.fixture
def around(db) -> SimpleNamespace:
    """A mother of 84 on the list of a home that offers her a place, with a consent asked and a document; her son."""
    clock.stand_still_on(TODAY)
    home = make_home(name="The Lime")
    admission = officer_of(home)
    entry = make_waiting(home)
    request, mother = entry.request, make_own_actor(entry.request.person)
    add_document(
        case_of(request), by=mother, kind=Document.Kind.values[0], name=HIDDEN[1], file=io.BytesIO(b"Hers")
    )
    terms = ConsentTerms(
        programme=request.programme,
        organisation=Organisation.objects.create(name="The practice", kind="provider"),
        purpose="To help together",
        fields=["identity", "request"],
    )
    officer = make_actor("officer")
    return SimpleNamespace(
        home=home,
        second=make_home(name="The Oak"),
        entry=entry,
        request=request,
        mother=mother,
        officer=officer,
        offer=offered(make_vacancies(home, by=admission)[0], entry, by=admission),
        consent=record_consent(mother.person, terms, by=officer),
        son=make_own_actor(make_person(given="Jan")),
    )


def look(around, **terms) -> Representation:
    terms = {"only_looks": True, "withheld": KEPT_BACK, **terms}
    code = chosen.give_representation_code(Terms("my son Jan", **terms), by=around.mother)
    return chosen.use_representation_code(code, by=around.son)


def written(around) -> tuple[int, ...]:
    """How much the register holds of what he could have done."""
    person = around.mother.person
    return (
        *(
            one.objects.count()
            for one in (EntryStep, OfferStep, Move, Document, Together, RepresentationCode)
        ),
        around.request.steps.count(),
        person.requests.count(),
        ConsentVoice.objects.exclude(agreed=None).count(),
        person.objections.count(),
        LogEntry.objects.filter(verb="export").count(),
    )


def acts(around) -> Iterator:
    """All that who speaks for her can do."""
    by, person, request, entry = around.son, around.mother.person, around.request, around.entry
    case, now = case_of(request), {"by": by, "on": TODAY}
    yield lambda: care.withdraw(request, **now)
    yield lambda: care.decline_grant(request, **now)
    yield lambda: care.move_person(case, area="71016", **now)
    yield lambda: lists.register(request, [around.second], by=by)
    yield lambda: lists.change_entry(entry, by=by, preference=2)
    yield lambda: lists.park(entry, by=by, reason="other")
    yield lambda: lists.restore(entry, by=by)
    yield lambda: lists.leave(entry, by=by, reason="other")
    yield lambda: lists.ask_homes(person, [around.second], by=by, kind=KIND)
    yield lambda: lists.ask_together(request, Named("Jef", "Maes", date(1940, 1, 1)), by=by)
    yield lambda: offers.accept_offer(around.offer, by=by, arrives_on=TODAY + timedelta(days=1))
    yield lambda: offers.decline_offer(around.offer, by=by, reason="no-reason")
    yield lambda: answer_consent(around.consent, by=by, agree=True)
    yield lambda: revoke_consent(around.consent, by=by)
    yield lambda: add_document(case, by=by, kind=Document.Kind.values[0], name="x.txt", file=io.BytesIO(b"x"))
    yield lambda: object_to_look(person, by=by, entry_id=LogEntry.objects.first().pk, text="Why?")
    yield lambda: bundle(by, person)


def test_who_only_looks_sees_what_is_shown_and_every_act_is_refused_in_the_same_words(around):
    for act in acts(around):
        with pytest.raises(Refused) as refused:
            act()
        assert type(refused.value) is Refused
    before = written(around)
    assert look(around).kind == "viewer"
    assert get_request(around.son, around.request.number) == around.request
    seen = fields(around.son, around.request)
    assert [name in seen for name in ("request", "sharing", *KEPT_BACK)] == [True, True, False, False]
    told = set()
    for act in acts(around):
        with pytest.raises(OnlyLooks) as only:
            act()
        told.add(only.value.text)
    assert told == {OnlyLooks.TEXT}
    # One code was made and used; nothing else was written.
    assert written(around) == tuple(number + (place == 5) for place, number in enumerate(before))
    # He is asked for no voice and told of nothing that he could not answer; she is told that he looks.
    assert consents_of(around.son, around.mother.person)[0].may_revoke is False
    assert who_is_told(around.mother.person, TODAY) == [around.mother.user]
    assert list(Notice.objects.filter(kind="viewer-code-used").values_list("user", flat=True)) == [
        around.mother.user.pk
    ]
    # Whom she did not choose learns nothing, not even that they may not.
    stranger = make_own_actor(make_person(given="Bo"))
    assert not only_looks(stranger, around.request)
    with pytest.raises(Refused) as refused:
        care.withdraw(around.request, by=stranger, on=TODAY)
    assert type(refused.value) is Refused


def test_it_ends_as_any_other_and_becomes_speaking_by_another_code(around):
    look(around)
    (one,) = chosen.chosen_by(around.mother)
    assert (one.only_looks, one.withheld) == (True, ("assessment", "documents"))
    # A case worker, or whoever may know with whom the file is shared, sees which it is.
    (view,) = representatives_of(around.officer, case_of(around.request))
    assert (view.kind, view.only_looks, view.counts) == ("viewer", True, True)
    with pytest.raises(Conflict):
        look(around)
    speaks = look(around, only_looks=False, withheld=[])
    assert [(one.kind, one.ended_at is None) for one in Representation.objects.order_by("pk")] == [
        ("viewer", False), ("chosen", True),
    ]  # fmt: skip
    # Speaking is more than looking: a code to only look takes nothing away.
    for kind in (True, False):
        with pytest.raises(Conflict):
            look(around, only_looks=kind)
    care.move_person(case_of(around.request), by=around.son, area="71016", on=TODAY)
    chosen.end_chosen(speaks.pk, by=around.mother)
    for code in chosen.codes_given(around.mother):
        if code.state == "open":
            chosen.withdraw_representation_code(code.id, by=around.mother)
    look(around, until_date=TODAY)
    clock.stand_still_on(TODAY + timedelta(days=1))
    assert (here_for(around.son), chosen.chosen_by(around.mother)) == ((), ())
    clock.stand_still_on(TODAY)
    (one,) = chosen.chosen_by(around.mother)
    chosen.end_chosen(one.id, by=around.mother)
    assert here_for(around.son) == ()
    # A file that was shielded meanwhile is shielded from him too.
    look(around)
    Person.objects.filter(pk=around.mother.person.pk).update(restricted=True)
    assert (here_for(around.son), fields(around.son, Person.objects.get(pk=around.mother.person.pk))) == (
        (), frozenset(),
    )  # fmt: skip


def browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    return client


def test_the_pages_show_no_form_that_would_be_refused_and_refuse_what_is_sent(around):
    look(around)
    client, start = browser(around.son), f"/en/my/for/{around.mother.person.number}/"
    pages = {
        page: client.get(start + page)
        for page in ("", "homes/", "offers/", "move/", "consents/", "who/", "looks/", "rights/", "stays/")
    }
    assert {answer.status_code for answer in pages.values()} == {200}
    shown = {page: answer.content.decode() for page, answer in pages.items()}
    # The head of every page has the forms to sign out and so on: as many as on a page with nothing to do.
    assert {
        page: text.count("<form") - shown["stays/"].count("<form") for page, text in shown.items()
    } == dict.fromkeys(pages, 0)
    assert all("You only look here" in text for text in shown.values())
    assert [marker in text for text in shown.values() for marker in HIDDEN] == [False] * 2 * len(pages)
    assert "The Lime" in shown["homes/"]
    # What she keeps back is not there, as if it never was; what one does is refused, and said.
    assert [client.get(start + page).status_code for page in ("assessments/", "documents/")] == [404, 404]
    assert [client.get(start + page).status_code for page in ("homes/ask/", "homes/together/", "codes/")] == [
        403
    ] * 3
    document = Document.objects.get()
    assert client.get(f"/en/documents/{document.reference}/").status_code == 404
    before = written(around)
    entry, offer = around.entry, around.offer
    for page, sent in (
        (f"{around.request.number}/stop/", {"sure": "yes", "version": around.request.version}),
        ("move/", {"area": "71016", "on": "2024-01-10", "seen": around.mother.person.area}),
        ("homes/", {"verb": "leave", "id": entry.pk, f"leave-{entry.pk}-reason": "other"}),
        ("homes/ask/", {"when_ready": "now", f"home_{around.second.pk}": "1"}),
        ("homes/together/", {"verb": "ask", "ask-given_name": "Jef", "ask-family_name": "Maes"} | BORN),
        ("homes/together/", {"verb": "code", "code-code": "1-AAAA-BBBB-CCCC"}),
        ("offers/", {"id": offer.pk, "verb": "decline", "decline-version": 1, "decline-reason": "wrong-room"}),
        ("consents/", {"consent": around.consent.pk, "version": around.consent.version, "verb": "agree"}),
        ("looks/", {"entry": LogEntry.objects.filter(person_id=around.mother.person.pk).first().pk, "text": "Why?"}),
        ("who/", {"representative": Representation.objects.get().pk, "fields": []}),
        ("codes/", {"verb": "renew"}),
        ("bundle/", {}),
    ):  # fmt: skip
        answer = client.post(start + page, sent)
        assert (page, answer.status_code) == (page, 403)
        assert OnlyLooks.TEXT.en in unescape(answer.content.decode())
    assert written(around) == before
    dutch = client.post(f"/nl{start[3:]}move/", {"area": "71016", "on": "2024-01-10", "seen": "11001"})
    assert OnlyLooks.TEXT.nl in dutch.content.decode()
    # She sees which it is, and when he looked; so does who keeps the file.
    own = browser(around.mother)
    assert "only looks, chosen by the person" in own.get("/en/my/who/").content.decode()
    assert "Only looks, chosen by this person" in own.get("/en/my/looks/").content.decode()
    assert "only looks" in own.get("/en/my/codes/").content.decode()
    beside = browser(around.officer).get(f"/en/file/{around.request.number}/representatives/")
    assert "only looks, chosen by the person" in beside.content.decode()


def test_the_code_is_given_and_used_on_the_pages(around):
    own, client, page = browser(around.mother), browser(around.son), "/en/my/codes/"
    give = {"verb": "give", "give-given_to": "my son Jan", "give-may": "look", "give-withheld": KEPT_BACK}
    shown = own.post(page, give).content.decode()
    assert "A code for who only looks" in shown
    code = shown.partition('<p class="big"><b>')[2].partition("</b>")[0]
    used = client.post(page, {"verb": "use", "use-code_given": code}, follow=True).content.decode()
    assert "You can look at their file from now on" in used
    (held,) = Representation.objects.all()
    assert (held.kind, held.withheld) == ("viewer", ["assessment", "documents"])


def test_by_the_interface_he_reads_what_is_shown_and_is_refused_in_words(around):
    number, offer = around.request.number, around.offer
    client = browser(around.son)
    file = f"/api/v1/requests/{number}"
    assert client.get(file).status_code == 404
    look(around, withheld=["history", "looks"])
    found = client.get(file).json()
    theirs = browser(around.mother).get(file).json()
    assert found["request"]["row"] == theirs["request"]["row"]
    assert [len(one["request"]["steps"]) > 0 for one in (theirs, found)] == [True, False]
    assert [len(one["looks"]) > 0 for one in (theirs, found)] == [True, False]
    for verb, sent in (("accept", {"arrives_on": "2024-01-16"}), ("decline", {"reason": "no-reason"})):
        answer = client.post(
            f"/api/v1/offers/{offer.pk}/{verb}", {"version": 1, **sent}, content_type="application/json"
        )
        assert (answer.status_code, answer.json()["title"]) == (403, OnlyLooks.TEXT.nl)
    offer.refresh_from_db()
    assert offer.state == "made"
