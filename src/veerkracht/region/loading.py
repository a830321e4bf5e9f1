"""Reads a region's folder: all of it, or every fault in it. Nothing is used of a region with a fault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from veerkracht.region import optional_files
from veerkracht.region.access import FILE as ACCESS_FILE
from veerkracht.region.areas import SCHEMA as AREA_SCHEMA
from veerkracht.region.areas import read_areas
from veerkracht.region.assessments import FILE as ASSESSMENTS_FILE
from veerkracht.region.cross_check import check_against_each_other
from veerkracht.region.disclosure import read_disclosure
from veerkracht.region.faults import RegionFault, RegionFaults
from veerkracht.region.figures import read_figures
from veerkracht.region.folder import Reading
from veerkracht.region.hindcast import check_hindcasts, read_hindcasts
from veerkracht.region.holidays import read_holiday
from veerkracht.region.homes import FILE as LISTS_FILE
from veerkracht.region.homes import FOLDER as HOMES
from veerkracht.region.homes import Lists, read_home_rules
from veerkracht.region.ids import read_id
from veerkracht.region.levers import LEVERS_FILE, Lever, read_levers
from veerkracht.region.losses import read_all_losses
from veerkracht.region.model import Region
from veerkracht.region.money import read_money
from veerkracht.region.money.checks import check_money
from veerkracht.region.number_schemes import read_schemes
from veerkracht.region.offers import read_all_offers
from veerkracht.region.one_plan import check_levers
from veerkracht.region.open_money import read_open_money
from veerkracht.region.pay import FILE as PAY_FILE
from veerkracht.region.payments import read_payments
from veerkracht.region.places import FILE as PLACES_FILE
from veerkracht.region.plan_files import PlanFile, read_plan
from veerkracht.region.population import FILE as POPULATION_FILE
from veerkracht.region.population import Population, read_population
from veerkracht.region.programmes import read_programme
from veerkracht.region.programmes_now import check_hand_over
from veerkracht.region.quality import FILE as QUALITY_FILE
from veerkracht.region.reader import Faults, Reader
from veerkracht.region.residence import FILE as RESIDENCE_FILE
from veerkracht.region.staff import FILE as STAFF_FILE
from veerkracht.region.staff import Workforce
from veerkracht.region.supply import Supply, read_supply
from veerkracht.region.toml_lines import Document
from veerkracht.rulebook.home_rules import HomeRules
from veerkracht.rulebook.now import NowProgramme
from veerkracht.rulebook.types import LANGUAGES, Programme, Source, Text

REGION_FILE = "region.toml"
_FOLDERS = {
    "programmes",
    "figures",
    "plans",
    "texts",
    "cases",
    "money",
    "supply",
    "crisis",
    HOMES,
    "offers",
    "losses",
    "calibration",
    "population",
}
HINDCAST_FILE = "hindcast.toml"
_FILES = {
    REGION_FILE,
    HINDCAST_FILE,
    LEVERS_FILE,
    STAFF_FILE,
    PAY_FILE,
    PLACES_FILE,
    QUALITY_FILE,
    RESIDENCE_FILE,
    ASSESSMENTS_FILE,
    ACCESS_FILE,
    "areas.csv",
    "README.md",
}


def load(folder: Path | str) -> Region:
    """The region in a folder. Raises `RegionFaults` with every fault when there is one."""
    region, faults = read(folder)
    if faults or region is None:
        raise RegionFaults(faults)
    return region


def check(folder: Path | str) -> list[RegionFault]:
    """Every fault in a region's folder, in the order of files and lines; none when it can be used."""
    return read(folder)[1]


def read(folder: Path | str) -> tuple[Region | None, list[RegionFault]]:
    """What could be read of a region, and every fault. For `check`; others use `load`."""
    reading = Reading(Path(folder).resolve(), Faults())
    if not reading.folder.is_dir():
        reading.faults.add(
            str(folder), 0, "", "There is no such folder.", "nothing", "the folder of a region"
        )
        return None, reading.faults.all
    region = _read(reading)
    return region, sorted(set(reading.faults.all))


def _read(reading: Reading) -> Region | None:
    _unknown_files(reading)
    main = reading.toml(reading.folder / REGION_FILE)
    if main is None:
        main = Reader(REGION_FILE, Document({}, {}), Faults(), {})
    areas, areas_source = _areas(reading, main)
    figure_texts = {reading.name(path): reading.text(path) for path in reading.files("figures", "csv")}
    plans = _plans(reading)
    levers = _levers(reading)
    programmes, programmes_now = _programmes(reading)
    staff = optional_files.staff(reading)
    hindcasts = reading.toml_if_there(HINDCAST_FILE)
    currency = main.string("currency")
    figures = read_figures({k: v for k, v in figure_texts.items() if v is not None}, reading.faults)
    money = read_money(reading.tomls("money"), currency, figures)
    assessments = optional_files.assessments(reading, programmes)
    lists = optional_files.lists(reading, programmes, assessments)
    crisis = optional_files.crisis(reading, areas, programmes_now)
    region = Region(
        **_of_itself(main),
        folder=reading.folder,
        currency=currency,
        areas=areas,
        areas_source=areas_source,
        programmes=programmes,
        programmes_now=programmes_now,
        figures=figures,
        plans={file.plan.id: file.plan for file in plans},
        texts=_texts(reading),
        levers=tuple(lever for lever, _ in levers),
        hindcasts=read_hindcasts(hindcasts) if hindcasts else None,
        supplies=_supplies(reading, areas, programmes, staff),
        lists=lists,
        homes=_homes(reading, lists, programmes),
        population=_population(reading, areas),
        staff=staff,
        pay=optional_files.pay(reading, staff),
        quality=optional_files.quality(reading, programmes, staff),
        residence=optional_files.residence(reading, programmes, figures),
        assessments=assessments,
        places=optional_files.places(reading),
        access=optional_files.access(reading, programmes),
        shelter=optional_files.shelter(reading, crisis, figures.names()),
        crisis=crisis,
        losses=read_all_losses(reading.tomls("losses"), crisis),
        offers=read_all_offers(reading.tomls("offers"), programmes),
        money=money.money if money else None,
    )
    main.done()
    check_against_each_other(region, main, plans)
    check_levers(region, levers)
    if money:
        check_money(region, money)
    if hindcasts and region.hindcasts:
        check_hindcasts(region.hindcasts, hindcasts, sorted(region.plans), sorted(region.programmes))
    return region


def _of_itself(main: Reader) -> dict[str, Any]:
    """What region.toml alone says of the region, by its names in `Region`."""
    disclaimer = main.table("disclaimer")
    enterprise_numbers = read_schemes(main, "enterprise_numbers")
    return {
        "id": read_id(main),
        "name": main.words("name"),
        "languages": main.strings("languages"),
        "time_zone": main.string("time_zone"),
        "disclaimer": disclaimer.all_words() if disclaimer else Text(),
        "turns_plan": main.string("turns_plan"),
        "stale_after_months": main.integer("stale_after_months", required=False, low=1),
        "national_numbers": read_schemes(main, "national_numbers"),
        "enterprise_numbers": enterprise_numbers,
        "payments": read_payments(main, enterprise_numbers),
        "open_money": read_open_money(main),
        "holidays": tuple(filter(None, map(read_holiday, main.tables("holiday")))),
        "disclosure": read_disclosure(main),
    }


def _unknown_files(reading: Reading) -> None:
    for path in sorted(reading.folder.iterdir()):
        known = _FOLDERS if path.is_dir() else _FILES
        if path.name not in known and not path.name.startswith("."):
            expected = f"one of: {', '.join(sorted(known))}"
            reading.faults.add(path.name, 0, "", "A region has no such file or folder.", path.name, expected)


def _areas(reading: Reading, main: Reader) -> tuple[pl.DataFrame, Source | None]:
    inner = main.table("areas", required=True)
    name = (inner.string("file", required=False) if inner else "") or "areas.csv"
    text = reading.text(reading.folder / name)
    areas = pl.DataFrame(schema=AREA_SCHEMA) if text is None else read_areas(name, text, reading.faults)
    if inner is None:
        return areas, None
    source = Source(
        title=inner.string("source_title"),
        url=inner.string("source_url", required=False),
        note=inner.string("note", required=False),
    )
    inner.day("date")
    # Rows that could not be read would be missed here too: one fault is enough.
    sound = text is not None and all(fault.file != name for fault in reading.faults.all)
    inhabitants = int(areas.get_column("inhabitants").sum())
    for field, found in (("count", areas.height), ("inhabitants", inhabitants)):
        wanted = inner.integer(field, required=False, low=0)
        if sound and wanted is not None and wanted != found:
            inner.fault(field, f"The file {name} does not hold this number.", found, str(wanted))
    inner.done()
    return areas, source


def _population(reading: Reading, areas: pl.DataFrame) -> Population | None:
    path = reading.folder / POPULATION_FILE
    # An area that could not be read would be missed in every table: one fault is enough.
    sound = not any(fault.file.endswith(".csv") and "/" not in fault.file for fault in reading.faults.all)
    reader = reading.toml(path) if path.exists() and sound else None
    codes = areas.get_column("code").to_list()
    return read_population(reader, lambda name: reading.text(path.parent / name), codes) if reader else None


def _programmes(reading: Reading) -> tuple[dict[str, Programme], dict[str, NowProgramme]]:
    """Those for which people wait, and those of help that is given at once: both `programmes/*.toml`."""
    files = list(reading.files("programmes", "toml"))
    if not files:
        reading.faults.add(
            "programmes", 0, "", "The region has no programmes.", "nothing", "programmes/*.toml"
        )
    listed: dict[str, Programme] = {}
    now: dict[str, NowProgramme] = {}
    readers: dict[str, Reader] = {}
    for reader in filter(None, map(reading.toml, files)):
        programme = read_programme(reader)
        if programme is None or not _is_first(programme.id, reader, readers):
            continue
        if isinstance(programme, NowProgramme):
            now[programme.id] = programme
        else:
            listed[programme.id] = programme
    for id, one in now.items():
        check_hand_over(readers[id], one, listed)
    return listed, now


def _supplies(
    reading: Reading, areas: pl.DataFrame, programmes: dict[str, Programme], staff: Workforce | None
) -> dict[str, Supply]:
    """The homes and teams by programme: `supply/<any name>.toml`, with a list of them in a CSV file of that name."""
    professions = [one.id for one in staff.professions] if staff else None
    codes = set(areas.get_column("code").to_list())
    supplies: dict[str, Supply] = {}
    for path in reading.files("supply", "toml"):
        reader = reading.toml(path)
        list_path = path.with_suffix(".csv")
        listed = reading.text(list_path) if list_path.exists() else None
        stations = None if listed is None else (reading.name(list_path), listed)
        supply = read_supply(reader, stations, codes, programmes, professions) if reader else None
        if supply is None or reader is None:
            continue
        if supply.programme in supplies:
            reader.fault("programme", "This programme has two supplies.", supply.programme, "one file each")
        supplies[supply.programme] = supply
    return supplies


def _homes(reading: Reading, lists: Lists | None, programmes: dict[str, Programme]) -> dict[str, HomeRules]:
    """The rules of homes by their id: `homes/rules/<any name>.toml`, over the facts that `homes/lists.toml` names."""
    readers: dict[str, Reader] = {}
    homes: dict[str, HomeRules] = {}
    # Facts that could not be read would be missed in every file: one fault is enough.
    sound = lists is not None or not (reading.folder / LISTS_FILE).exists()
    for reader in reading.tomls(f"{HOMES}/rules"):
        rules = read_home_rules(reader, lists, programmes) if sound else None
        if rules is not None and _is_first(rules.id, reader, readers):
            homes[rules.id] = rules
    return homes


def _plans(reading: Reading) -> list[PlanFile]:
    readers: dict[str, Reader] = {}
    read = map(read_plan, reading.tomls("plans"))
    return [file for file in read if file and _is_first(file.plan.id, file.reader, readers)]


def _levers(reading: Reading) -> tuple[tuple[Lever, Reader], ...]:
    """The levers with their readers; a region may have none."""
    reader = reading.toml_if_there(LEVERS_FILE)
    return read_levers(reader) if reader else ()


def _is_first(id: str, reader: Reader, readers: dict[str, Reader]) -> bool:
    first = readers.setdefault(id, reader)
    if first is not reader:
        reader.fault("id", "This id is used twice.", id, f"another id than in {first.file}")
    return first is reader


def _texts(reading: Reading) -> dict[str, Text]:
    """The longer texts: `texts/<name>.<language>.md`, each in both languages."""
    names = {path.name.split(".")[0] for path in reading.files("texts", "md")}
    texts = {}
    for name in sorted(names):
        parts = {
            language: reading.text(reading.folder / "texts" / f"{name}.{language}.md")
            for language in LANGUAGES
        }
        texts[name] = Text(**{language: text or "" for language, text in parts.items()})
    return texts
