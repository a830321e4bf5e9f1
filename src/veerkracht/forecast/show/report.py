"""A report that stands alone: one HTML file without script or network, in Dutch or English."""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from importlib.resources import files
from typing import Any

import polars as pl

from veerkracht.forecast.difference import compare
from veerkracht.forecast.inputs import Uncertain
from veerkracht.forecast.rounds.result import Forecast
from veerkracht.forecast.show import charts, words
from veerkracht.region import Figures, Measure
from veerkracht.rulebook.types import Assumption, Group, Source, Text

_OBSERVED_FROM = date(2017, 12, 31)


def html(
    forecast: Forecast, against: Forecast | None = None, language: str = "nl", figures: Figures | None = None
) -> str:
    """The report of a forecast, set against another plan when there is one. `figures`: what was published before."""
    page = _Page(forecast, against, "nl" if language.startswith("nl") else "en", figures)
    sections = [
        page.in_short(),
        page.waiting(),
        page.difference(),
        page.turns(),
        page.money(),
        page.outcomes(),
        page.rests_on(),
    ]
    return page.whole("".join(sections))


class _Page:
    """What every part of the page needs: the forecasts, the language, how numbers and dates are written in it."""

    def __init__(
        self, made: Forecast, against: Forecast | None, language: str, figures: Figures | None
    ) -> None:
        self.made, self.against = made, against
        self.language, self.figures = language, figures
        self.id = made.programme.id
        self.series = made.series()
        self.difference_ = compare(made, against).series() if against else None

    def say(self, text: Text, **values: Text | str | int) -> str:
        return escape(text.fill(**values).get(self.language) if values else text.get(self.language))

    def number(self, value: float | None, decimals: int = 0) -> str:
        if value is None:
            return "–"
        written = f"{value:,.{decimals}f}"
        return written if self.language == "en" else written.translate(str.maketrans(",.", ".,"))

    def day(self, on: date | None) -> str:
        if on is None:
            return self.say(words.NOT_WITHIN)
        return f"{on:%d/%m/%Y}" if self.language == "en" else f"{on:%d-%m-%Y}"

    def of(self, name: str, frame: pl.DataFrame | None = None) -> pl.DataFrame:
        return (self.series if frame is None else frame).filter(pl.col("series") == f"{self.id}.{name}")

    def end_of(self, name: str, frame: pl.DataFrame | None = None) -> dict[str, Any]:
        return self.of(name, frame).row(-1, named=True)

    def whole(self, body: str) -> str:
        made = self.made
        title = self.say(words.TITLE, plan=made.plan.name)
        facts = self.say(
            words.SUBTITLE,
            programme=made.programme.name,
            region=made.region_name,
            start=self.day(made.start),
            end=self.day(made.end),
            runs=made.runs,
            seed=made.seed,
        )
        against = ""
        if self.against:
            against = f"<p>{self.say(words.AGAINST, plan=self.against.plan.name)}</p>"
        summary = f"<p>{self.say(made.plan.summary)}</p>" if made.plan.summary else ""
        style = files("veerkracht.forecast.show").joinpath("report.css").read_text("utf-8")
        return (
            f'<!doctype html>\n<html lang="{self.language}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{title}</title><style>{style}</style></head>"
            f"<body><header><h1>{title}</h1><p>{facts}</p>{against}{summary}</header><main>{body}</main></body></html>\n"
        )

    def in_short(self) -> str:
        then = self.end_of("waiting.total")
        now = self.of("waiting.total").row(0, named=True)
        said = [
            self.say(
                words.LIST_THEN, date=self.day(then["date"]), now=self.number(now["p50"]), **self._range(then)
            )
        ]
        if self.against and self.difference_ is not None:
            gap = self.end_of("waiting.total", self.difference_)
            more = words.MORE if gap["p50"] > 0 else words.FEWER
            sign = 1 if gap["p50"] > 0 else -1
            low, high = sorted((sign * gap["p10"], sign * gap["p90"]))
            numbers = self._range({"p10": low, "p50": abs(gap["p50"]), "p90": high})
            said.append(self.say(words.DIFFERENCE_THEN, more=more, plan=self.against.plan.name, **numbers))
        money = self.made.money()
        used = float(money.get_column("used").sum()) / 1e6
        left = float(money.item(-1, "left")) / 1e6
        said.append(self.say(words.MONEY_THEN, used=self.number(used), left=self.number(left, 1)))
        return self.section(words.IN_SHORT, "".join(f"<p>{sentence}</p>" for sentence in said))

    def _range(self, row: dict[str, Any]) -> dict[str, str]:
        return {name: self.number(row[name]) for name in ("p10", "p50", "p90")}

    def section(self, title: Text, body: str) -> str:
        return f"<section><h2>{self.say(title)}</h2>{body}</section>" if body else ""

    def figure(self, spec: dict[str, Any], caption: str, table: str = "") -> str:
        drawing = charts.draw(spec, self.language)
        details = f"<details><summary>{self.say(words.TABLE)}</summary>{table}</details>" if table else ""
        return f"<figure>{drawing}<figcaption>{caption}</figcaption>{details}</figure>"

    def table(self, headers: Sequence[str], rows: Iterable[Sequence[str]], numbers_from: int = 1) -> str:
        head = "".join(f'<th scope="col">{header}</th>' for header in headers)
        body = "".join(f"<tr>{self._cells(row, numbers_from)}</tr>" for row in rows)
        inside = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
        return f'<div class="scroll" tabindex="0"><table>{inside}</table></div>'

    def _cells(self, row: Sequence[str], numbers_from: int) -> str:
        first = f'<th scope="row">{row[0]}</th>'
        kinds = ("number" if place >= numbers_from else "text" for place in range(1, len(row)))
        return first + "".join(
            f'<td class="{kind}">{cell}</td>' for kind, cell in zip(kinds, row[1:], strict=True)
        )

    def _spread_table(self, frame: pl.DataFrame) -> str:
        headers = [self.say(text) for text in (words.DATE, words.LOW, words.MIDDLE, words.HIGH)]
        rows = [
            [self.day(row["date"]), *(self.number(row[name]) for name in ("p10", "p50", "p90"))]
            for row in frame.iter_rows(named=True)
        ]
        return self.table(headers, rows)

    def _fan(self, name: str, caption: str, *, width: int = charts.WIDTH) -> str:
        against = self.of(name, self.against.series()) if self.against else None
        spec = charts.fan(self.of(name), observed=self._observed(name), against=against, width=width)
        if self.against:
            caption += self.say(words.DASHED, plan=self.against.plan.name)
        return self.figure(spec, caption, self._spread_table(self.of(name)))

    def _observed(self, name: str) -> list[tuple[date, float]]:
        """What was published up to the start."""
        if self.figures is None:
            return []
        known = self.figures.series(f"{self.id}.{name}", until=self.made.start)
        known = known.filter(pl.col("date") >= _OBSERVED_FROM)
        return list(known.select("date", "value").iter_rows())

    def waiting(self) -> str:
        total = self._fan("waiting.total", self.say(words.WAITING_CAPTION))
        groups = "".join(
            self._fan(
                f"waiting.{group.id}", self.say(words.GROUP_CAPTION, group=group.name), width=charts.NARROW
            )
            for group in self.made.programme.groups
        )
        return self.section(words.WAITING, f'{total}<div class="side">{groups}</div>')

    def difference(self) -> str:
        if self.against is None or self.difference_ is None:
            return ""
        gap = self.of("waiting.total", self.difference_)
        caption = self.say(words.DIFFERENCE_CAPTION, plan=self.made.plan.name, other=self.against.plan.name)
        return self.section(words.DIFFERENCE, self.figure(charts.fan(gap), caption, self._spread_table(gap)))

    def turns(self) -> str:
        rows = self.made.turn_by_priority_date()
        body = "".join(
            self._turns_of(group, rows.filter(pl.col("priority_group") == group.number))
            for group in self.made.programme.groups
        )
        return self.section(words.TURNS, f"<p>{self.say(words.TURNS_NOTE)}</p>{body}")

    def _turns_of(self, group: Group, rows: pl.DataFrame) -> str:
        end = self.day(self.made.end)
        if rows.get_column("p10").is_null().all():
            return f"<p>{self.say(words.NO_TURNS, group=group.name, end=end)}</p>"
        headers = [words.PRIORITY_YEAR, words.REQUESTS, words.EARLY, words.HALF, words.LATE]
        cells = [
            [
                str(row["year"]),
                self.number(row["requests"]),
                *(self.day(row[name]) for name in ("p10", "p50", "p90")),
                f"{self.number(100 * row['served_share'])} %",
            ]
            for row in rows.iter_rows(named=True)
        ]
        table = self.table([*map(self.say, headers), self.say(words.CHANCE, end=end)], cells)
        spec = charts.turns(rows, self.made.start, self.made.end)
        return self.figure(spec, self.say(words.TURNS_CAPTION, group=group.name, end=end), table)

    def money(self) -> str:
        rows = self.made.money()
        names = {"growth": words.GROWTH, "freed": words.FREED, "used": words.USED}
        texts = {"brought": words.BROUGHT, **names, "left": words.LEFT}
        cells = [
            [str(row["year"]), *(self._million(row, column) for column in texts)]
            for row in rows.iter_rows(named=True)
        ]
        table = self.table([self.say(words.YEAR), *map(self.say, texts.values())], cells)
        shown = {column: text.get(self.language) for column, text in names.items()}
        legend = "".join(
            f'<li><span class="key key-{number}"></span>{self.say(text)}</li>'
            for number, text in enumerate(names.values(), 1)
        )
        caption = f'{self.say(words.MONEY_CAPTION)}<ul class="legend">{legend}</ul>'
        return self.section(words.MONEY, self.figure(charts.money(rows, shown), caption, table))

    def _million(self, row: dict[str, Any], column: str) -> str:
        middle, low, high = (self.number(row[f"{column}{end}"] / 1e6, 1) for end in ("", "_p10", "_p90"))
        return f"{middle} <small>({low} – {high})</small>"

    def outcomes(self) -> str:
        headers = [words.SERIES, words.DATE, words.LOW, words.MIDDLE, words.HIGH]
        at_year_end = self.series.filter(
            (pl.col("date").dt.month() == 12) | (pl.col("date") == self.made.start)
        )
        rows = [
            [
                self.say(words.series_name(self.made.programme, row["series"])),
                self.day(row["date"]),
                *(self.number(row[name]) for name in ("p10", "p50", "p90")),
            ]
            for row in at_year_end.iter_rows(named=True)
        ]
        table = self.table([self.say(header) for header in headers], rows)
        return self.section(
            words.SERIES_TABLE,
            f"<p>{self.say(words.FLOWS)}</p><details><summary>{self.say(words.TABLE)}</summary>{table}</details>",
        )

    def rests_on(self) -> str:
        texts = (words.DEFINITION, words.HOW, *self.made.rests_on)
        body = "".join(f"<p>{self.say(text)}</p>" for text in texts)
        body += f"<h3>{self.say(words.MEASURES)}</h3>{self._measures()}"
        headers = [words.NUMBER, words.VALUE, words.FROM_TO, words.SOURCE]
        rows = [self._parameter(one) for one in self.made.parameters]
        table = self.table([self.say(header) for header in headers], rows, numbers_from=9)
        body += f"<h3>{self.say(words.ASSUMPTIONS)}</h3>{table}"
        return self.section(words.RESTS_ON, body)

    def _measures(self) -> str:
        if not self.made.measures:
            return f"<p>{self.say(words.NO_MEASURES)}</p>"
        headers = [words.MEASURE, words.FROM, words.KIND, words.AMOUNT, words.SOURCE]
        rows = [self._measure(one) for one in self.made.measures]
        return self.table([self.say(header) for header in headers], rows, numbers_from=9)

    def _measure(self, measure: Measure) -> list[str]:
        amount = self.number(measure.amount_cents_per_year / 100)
        assumed = measure.assumption
        if assumed and assumed.low is not None and assumed.high is not None:
            amount += f" <small>({self.number(assumed.low)} – {self.number(assumed.high)})</small>"
        kind = words.RECURRENT if measure.recurrent else words.ONCE
        return [
            self.say(measure.name),
            self.day(measure.from_),
            self.say(kind),
            amount,
            self._origin(measure.source, assumed),
        ]

    def _parameter(self, one: Uncertain) -> list[str]:
        name = self.say(one.text) if one.text else escape(one.id)
        decimals = 0 if abs(one.value) >= 100 else 3
        if not one.given:
            value = self.number(one.value, 1)
            return [name, value, "–", self.say(words.NOT_GIVEN, value=value)]
        low, high = self.number(one.low, decimals), self.number(one.high, decimals)
        value = f"{self.number(one.value, decimals)} <small>{escape(one.unit)}</small>"
        return [
            f"{name}<br><code>{escape(one.id)}</code>",
            value,
            f"{low} – {high}",
            self._origin(one.source, one.assumption),
        ]

    def _origin(self, source: Source | None, assumed: Assumption | None) -> str:
        parts = []
        if source:
            title = escape(source.title)
            parts.append(f'<a href="{escape(source.url)}">{title}</a>' if source.url else title)
        if assumed:
            parts.append(self.say(words.ASSUMPTION, why=assumed.why))
        return "<br>".join(parts) or "–"
