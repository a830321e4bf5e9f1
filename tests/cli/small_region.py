"""A region on disk that is small enough to forecast in a moment: Testland, with what a forecast of it needs."""

import shutil
from pathlib import Path

TESTLAND = Path(__file__).parents[1] / "regions" / "testland"
START = "2023-12-31"
_PARAMETERS = {
    "arrivals.urgent": (20, 10, 40, "Nieuwe dringende vragen.", "New urgent requests."),
    "arrivals.other": (10, 8, 12, "Nieuwe andere vragen.", "New other requests."),
    "exit.other": (0.1, 0.05, 0.2, "Wie weggaat.", "Who leaves."),
    "cost.urgent": (1000, 900, 1200, "Kost van dringende hulp.", "Cost of urgent help."),
    "cost.other": (500, 500, 500, "Kost van andere hulp.", "Cost of other help."),
    "cost.holder": (800, 800, 800, "Kost van hulp.", "Cost of help."),
}
_FIGURES = {"waiting.urgent": 30, "waiting.other": 40, "next-in-line.urgent": 300, "next-in-line.other": 900}


def make(folder: Path) -> Path:
    """Copy Testland into a folder that isn't there yet, and add parameters and figures to it."""
    shutil.copytree(TESTLAND, folder)
    for programme in ("respite-place", "home-place", "family-team", "crisis-shelter"):
        for file in folder.glob(f"*/{programme}.*"):
            file.unlink()
    # These are about what those programmes do.
    for file in ("quality.toml", "assessments.toml", "residence.toml", "places.toml"):
        (folder / file).unlink(missing_ok=True)
    for room in ("crisis", "homes", "offers", "losses"):
        shutil.rmtree(folder / room, ignore_errors=True)
    with (folder / "programmes" / "day-money.toml").open("a", encoding="utf-8") as file:
        for id, (value, low, high, nl, en) in _PARAMETERS.items():
            file.write(
                f'\n[[parameter]]\nid = "{id}"\nvalue = {value}\nlow = {low}\nhigh = {high}\nunit = "a year"\n'
                f'text = {{ nl = "{nl}", en = "{en}" }}\nsource = {{ title = "Law of Testland 1" }}\n'
            )
    with (folder / "figures" / "day-money.csv").open("a", encoding="utf-8") as file:
        for name, value in _FIGURES.items():
            unit = "days" if "next" in name else "requests"
            file.write(f"day-money.{name},{START},{value},{unit},,,Yearbook 2023,,2024-05-01,published,\n")
    return folder
