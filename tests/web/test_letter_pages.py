"""Letters: in the language of the person, with the right amount, for who may read it, and readable by everyone."""

import re
from datetime import date

import pytest

from tests import factories
from veerkracht.register.care.models import Request

AMOUNTS = {"nl": "€\u00a054.426,77", "en": "€54,426.77"}


@pytest.fixture
def letter(staff, ann):
    """Ann's request, granted in a signed round; the address of her letter."""
    factories.make_credit(200_000)
    asked = factories.make_request(ann)
    made = factories.make_round(
        100_000, state="signed", signer=factories.make_actor("signer", name="Sien Tekenaers")
    )
    return lambda form="html", language="en": f"/{language}/rounds/{made.pk}/letter/{asked.number}.{form}"


def text_of(response) -> str:
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "nl",
            [
                "U krijgt een persoonsvolgend budget",
                "Start uw budget op 15 mei 2024 ten laatste",
                "arbeidsrechtbank",
            ],
        ),
        (
            "en",
            ["You get a personal budget", "Start your budget on 15 May 2024 at the latest", "labour court"],
        ),
    ],
)
def test_it_speaks_the_language_of_its_person_whatever_the_page_does(as_role, letter, ann, language, words):
    ann.language = language
    ann.save()
    pages = [as_role("officer").get(letter(language=of)) for of in ("nl", "en")]
    for page in pages:
        said = text_of(page)
        assert page.status_code == 200
        assert AMOUNTS[language] in said
        assert "Sien Tekenaers" in said
        assert f'<html lang="{language}">' in page.content.decode()
    found = [word for word in words if word in text_of(pages[0])]
    assert found[0] == words[0]
    assert words[-1] in found


def test_as_pdf_it_is_tagged_and_says_its_language(as_role, letter, ann):
    ann.language = "nl"
    ann.save()
    response = as_role("officer").get(letter("pdf"))
    assert (response.status_code, response["content-type"]) == (200, "application/pdf")
    raw = response.content
    assert raw.startswith(b"%PDF-")
    for part in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang", b"pdfuaid"):
        assert part in raw, part


def test_a_fictitious_person_gets_a_letter_that_says_so(as_role, letter, ann):
    assert "The person, the file and the decision are fictitious." in text_of(_english(as_role, letter, ann))


def _english(as_role, letter, ann):
    ann.language = "en"
    ann.save()
    return as_role("officer").get(letter())


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("officer", 200),
        ("signer", 200),
        ("assessor", 200),
        ("reader", 200),
        ("analyst", 404),
        ("person", 200),
    ],
)
@pytest.mark.parametrize("form", ["html", "pdf"])
def test_for_who_may_read_the_file_and_for_the_person(as_role, letter, role, form, status):
    assert as_role(role).get(letter(form)).status_code == status


def test_not_for_another_person(as_role, letter):
    somebody_else = factories.make_own_actor(factories.make_person(given="Bo", family="Voorbeeld"))
    client = as_role("person")
    client.force_login(somebody_else.user)
    page = client.get(letter())
    assert (page.status_code, "Ann" in text_of(page)) == (404, False)


def test_who_was_not_served_gets_none(as_role, letter, staff):
    other = factories.make_request(asked=date(2022, 1, 1))
    granted = Request.objects.get(state="granted").number
    address = letter().replace(granted, other.number)
    assert address != letter()
    assert as_role("officer").get(address).status_code == 404


@pytest.mark.parametrize("form", ["txt", "docx"])
def test_in_no_other_form(as_role, letter, form):
    assert as_role("officer").get(letter(form)).status_code == 404
