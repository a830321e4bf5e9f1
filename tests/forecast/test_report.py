"""The report stands alone: no script, no network, every chart with a table, in both languages, what it rests on."""

import dataclasses
import re
from datetime import date
from html.parser import HTMLParser

import pytest

from tests.forecast import worlds
from tests.forecast.test_theory import BUSY, play
from veerkracht import forecast
from veerkracht.forecast.hindcast import record
from veerkracht.forecast.show import naming, report, units, words
from veerkracht.forecast.show.writing import Writer
from veerkracht.rulebook.types import Text


class _Page(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.addresses += [value for name, value in attrs if name in ("src", "href", "srcset") and value]
        if tag not in ("meta", "br", "link", "img", "path", "rect", "line"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_data(self, data):
        self.text += data


@pytest.fixture(scope="module")
def made():
    return play(BUSY, worlds.money(90_000), table=worlds.waiting(60), years=2, runs=20)


@pytest.fixture(scope="module")
def other():
    return play(BUSY, worlds.money(20_000), table=worlds.waiting(60), years=2, runs=20)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_stands_alone(made, other, language):
    page = _Page(report.html(report.told(made, other, language)))
    assert [tag for tag in page.tags if tag in ("script", "link", "img", "iframe")] == []
    assert [address for address in page.addresses if not address.startswith("#")] == []
    assert page.tags.count("svg") == page.tags.count("figure")
    assert page.tags.count("figcaption") == page.tags.count("figure")
    assert page.tags.count("details") == page.tags.count("figure") + 1
    assert page.tags.count("h1") == 1
    assert page.open == []


def test_what_it_rests_on_is_said(made):
    text = _Page(report.html(report.told(made, language="en"))).text
    for said in (words.DEFINITION, words.HOW, words.TURNS_NOTE):
        assert said.en in text
    for parameter in made.parameters:
        assert parameter.id in text
    assert "Not given: 1.0 is used." in text  # persons.per-request
    assert "money (en)" in text


@pytest.mark.parametrize(
    ("language", "number", "share", "money", "day"),
    [
        ("nl", "12.345,7", "95,2 %", "€ 1,2 miljoen", "31-12-2024"),
        ("en", "12,345.7", "95.2 %", "€1.2 million", "31/12/2024"),
    ],
)
def test_numbers_are_written_as_the_language_writes_them(language, number, share, money, day):
    write = Writer(language)
    assert (write.number(12_345.67, 1), write.value(0.952, "percent")) == (number, share)
    assert (write.value(1_234_567, "money"), write.day(date(2024, 12, 31))) == (money, day)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_unit_is_said_in_the_language_of_the_report(made, language):
    text = _Page(report.html(report.told(made, language=language))).text
    said = [units.name(number.unit).get(language) for number in made.parameters if number.unit]
    assert [unit for unit in said if unit not in text] == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_same_report_on_paper_is_tagged(made, other, language):
    """PDF/UA: Typst refuses to make one in which a drawing has no words or a heading is passed over."""
    file = report.pdf_file(report.told(made, other, language))
    assert (
        file[:5],
        b"/StructTreeRoot" in file,
        f"/Lang({language}".encode() in file.replace(b" ", b""),
    ) == (
        b"%PDF-",
        True,
        True,
    )


def test_a_difference_is_said_with_its_range(made, other):
    text = _Page(report.html(report.told(made, other, "en"))).text
    gap = (
        forecast.compare(made, other)
        .series()
        .filter(made.series()["series"] == "help.waiting.total")
        .row(-1, named=True)
    )
    assert gap["p50"] < 0
    assert (
        f"That is {-gap['p50']:,.0f} fewer than with “tried (en)” "
        f"(8 chances in 10: between {-gap['p90']:,.0f} and {-gap['p10']:,.0f})."
    ) in text
    assert words.DIFFERENCE.en not in _Page(report.html(report.told(made, language="en"))).text


def test_names_from_files_can_not_break_the_page(made):
    plan = worlds.plan("x")
    plan = dataclasses.replace(plan, name=Text("<script>alert(1)</script>", "<b>bold</b>"))
    changed = dataclasses.replace(made, plan=plan)
    assert "<script>" not in report.html(report.told(changed, language="nl"))
    assert "<b>bold" not in report.html(report.told(changed, language="en"))


def test_every_sentence_is_there_in_both_languages():
    texts = [value for value in vars(words).values() if isinstance(value, Text)]
    texts += [*naming.THINGS.values(), *record.VARIANTS.values(), *map(units.name, units.UNITS)]
    texts += [value for value in vars(record).values() if isinstance(value, Text)]
    assert [text for text in texts if not (text.nl and text.en)] == []
    for text in texts:
        assert set(re.findall(r"{(\w+)}", text.nl)) == set(re.findall(r"{(\w+)}", text.en))
