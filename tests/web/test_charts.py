"""Charts: what is drawn, what is said, what is downloaded."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from django.core.cache import caches
from django.test import RequestFactory
from django.utils import translation

from veerkracht.web import charts

POINTS = [(date(2021, 12, 31), 15952), (date(2022, 12, 31), 16820), (date(2023, 12, 31), 17910)]
FAN = [(date(2024, 12, 31), 1.0, 2.0, 3.0, 4.0, 5.0), (date(2025, 12, 31), 1.0, 2.0, 3.0, 4.0, 5.0)]


def one_of_each():
    return {
        "lines": charts.lines(
            id="l", title="Waiting", words="…", series=[charts.Line("Published", POINTS, "dots")]
        ),
        "fan": charts.fan(id="f", title="Ahead", words="…", fans=[charts.Fan("As it is", FAN)]),
        "bars": charts.bars(
            id="b",
            title="Groups",
            words="…",
            items=[charts.Bar("Group 1", 3)],
            label="Group",
            value_label="Requests",
        ),
        "hexmap": charts.hexmap(
            id="h",
            title="Map",
            words="…",
            areas=[
                charts.Hexagon("1", "Here", 0, 0, 12.5, 4, href="/x/"),
                charts.Hexagon("2", "There", 1, 0, None, href="/y/"),
            ],
            value_label="per 10,000",
            count_label="Waiting",
            area_label="Area",
        ),
        "spans": charts.spans(
            id="s",
            title="Turn",
            words="…",
            items=[charts.Span("Mine", date(2025, 1, 1), date(2025, 6, 1), date(2026, 1, 1), None, None)],
            start=date(2024, 1, 1),
            horizon=date(2034, 1, 1),
            label="Request",
        ),
    }


@pytest.mark.parametrize("kind", ["lines", "fan", "bars", "hexmap", "spans"])
def test_a_drawing_keeps_to_the_policy_of_the_page(kind):
    chart = one_of_each()[kind]
    with translation.override("nl"):
        drawn = [chart.wide_svg(), chart.narrow_svg()]
    assert [re.findall(r"style=|<script|onload|<style", svg) for svg in drawn] == [[], []]
    assert [svg[:4] for svg in drawn] == ["<svg", "<svg"]


@pytest.mark.parametrize("kind", ["lines", "fan", "bars", "hexmap", "spans"])
def test_every_colour_follows_light_and_dark(kind):
    with translation.override("nl"):
        svg = one_of_each()[kind].wide_svg()
    assert set(re.findall(r'(?:fill|stroke)="(#[^"]+|black|white)"', svg)) == set()


def test_numbers_are_written_in_the_language_of_the_page():
    chart = one_of_each()["lines"]
    with translation.override("nl"):
        assert "15.000" in chart.wide_svg()
    with translation.override("en"):
        assert "15,000" in chart.wide_svg()


def test_drawings_on_one_page_share_no_id():
    one = charts.lines(id="a", title="", words="", series=[charts.Line("x", POINTS)])
    other = charts.lines(id="b", title="", words="", series=[charts.Line("x", POINTS[1:])])
    with translation.override("nl"):
        ids = [
            re.findall(r'id="([^"]+)"', drawn)
            for drawn in (one.wide_svg(), one.narrow_svg(), other.wide_svg())
        ]
    flat = [name for names in ids for name in names]
    assert len(flat) == len(set(flat))


def test_areas_link_to_the_list_and_name_themselves_without_a_tab_stop():
    with translation.override("nl"):
        svg = one_of_each()["hexmap"].wide_svg()
    assert re.findall(r"<title>([^<]+)</title>", svg) == ["Here: 4", "There: 0"]
    assert re.findall(r'href="(/./)"', svg) == ["/x/", "/y/"]
    assert re.findall(r'<a [^>]*tabindex="([^"]+)"', svg) == ["-1", "-1"]


def test_a_drawing_is_the_same_after_somebody_got_a_qr_code():
    """Drawing a QR code gives the namespace of SVG another name in the whole process."""
    with translation.override("nl"):
        ElementTree.register_namespace("svg", "http://www.w3.org/2000/svg")
        caches["process"].clear()
        drawn = one_of_each()["hexmap"].wide_svg()
    assert (drawn.startswith("<svg "), "svg:" in drawn) == (True, False)


def test_the_table_says_what_is_drawn():
    with translation.override("nl"):
        table = one_of_each()["lines"]
        assert [column.label for column in table.columns] == ["Datum", "Published"]
        assert table.table()[-1] == [("31 dec 2023", False), ("17.910", True)]


def test_lines_with_other_days_share_one_table():
    chart = charts.lines(
        id="x", title="", words="", series=[charts.Line("a", POINTS[:1]), charts.Line("b", POINTS[1:])]
    )
    assert [row[1:] for row in chart.rows] == [[15952, None], [None, 16820], [None, 17910]]


def test_download_gives_plain_values():
    chart = charts.bars(
        id="money",
        title="",
        words="",
        items=[charts.Bar("=cmd()", 125050)],
        label="Pot",
        value_label="Money",
        kind="money",
    )
    asked = RequestFactory().get("/", {"download": "money"})
    assert (
        charts.download(asked, [None, chart]).content.decode("utf-8-sig")
        == "Pot,Money\r\n'=cmd(),1250.50\r\n"
    )


def test_no_download_when_the_page_was_asked():
    chart = one_of_each()["lines"]
    assert charts.download(RequestFactory().get("/"), [chart]) is None
    assert charts.download(RequestFactory().get("/?download=other"), [chart]) is None


def test_an_empty_chart_is_said_to_be_empty():
    chart = charts.lines(id="x", title="", words="", series=[charts.Line("a", [])])
    assert chart.is_empty
