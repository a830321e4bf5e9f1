"""The command `veerkracht`: one thin module per thing a person does, read only when it is asked for."""

import importlib
import os
import sys
from importlib.metadata import version

import click

# In the order of the help page; each name is a module here (`module_of`) with an object `command`. The line is what the
# help page says of it.
GROUPS: dict[str, dict[str, str]] = {
    "Start here": {
        "run": "Set up what is missing and serve the pages; prints the address.",
        "test": "Run all checks and tests, on both databases.",
    },
    "Day by day": {
        "round": "Prepare, review, sign or show a round of money.",
        "turns": "Compute when each waiting request's turn is likely, and keep it beside the list.",
        "why": "Why does this request stand where it stands, and when is its turn?",
        "import": "Read requests from CSV or Parquet: all of them, or none and why.",
        "export": "Write requests to CSV or Parquet that import accepts.",
        "money": "What was promised, decided and meant, what is unknown, and what does not agree.",
        "ledger": "Budget lines: a balance on any day, and opening and closing a budget year.",
        "payments": "Payment orders: what is stuck, the bank's answers, a month of personal budgets.",
        "places": "Import, export and count places; the growth calendar; the public directory.",
        "offers": "A home's day: vacancies, who is next, offers; write off what nobody answered.",
        "stays": "How full homes are, who lives in one, what a day costs, and a day of the demo world played.",
        "intensity": "How heavy the care of residents is, its staff and money; which assessments expire.",
        "assessments": "Take in and write results of assessments; tell who has one that expires.",
        "lists": "The lists of homes: who is next, where somebody stands, registering, doubles.",
        "quality": "Import, export and show quality indicators of organisations.",
        "desk": "Counts of the crisis desks, holds whose time is up, names kept no longer.",
        "shelter": "Stays in crisis: alarms of norms, and what is kept long enough let go.",
        "staff": "Take in and write figures on staff; which places have staff.",
        "publish": "Publish who waits and who is helped at the end of a quarter.",
        "publish-money": "Publish what was announced, voted, committed and paid.",
    },
    "Look ahead": {
        "plan": "List, show, check and write plans.",
        "forecast": "What does a plan do to the list in the coming years?",
        "waterfall": "How much did each cause bring of a change, or of the difference of two plans?",
        "sensitivity": "Which assumptions move an outcome most?",
        "optimise": "How should extra money be split for a goal?",
        "reach": "How much more a year does it take to reach a target?",
        "pay": "What does a rise in pay cost, and what does it buy in staff?",
        "more-places": "What does one more crisis place buy, and where?",
        "population": "How many people of which age will there be, and where?",
        "calibrate": "Fit uncertain numbers to the figures known on a day.",
        "hindcast": "How good would such forecasts have been in the past?",
    },
    "Keep it right": {
        "account": "Make, list, close and help back into the accounts of who works here.",
        "role": "Give, list and end roles; the first administrator gets theirs here.",
        "keys": "Replace the keys that seal national numbers.",
        "check": "Read a region's files and report every fault in them.",
        "backup": "Copy the register, the log and all documents, while people work.",
        "restore": "Put a backup back, and verify what is there then.",
        "verify": "Prove that what is kept for speed equals the steps behind it.",
        "audit": "Prove that nothing in the log was changed, taken out, put in or cut off.",
        "retention": "See and do what the rules of retention ask; hold back what the law needs.",
        "bundle": "Hand out all that is known about a person: right of access.",
        "world": "Build a demo world of invented people that matches the published figures.",
    },
}
COMMANDS = {name: text for group in GROUPS.values() for name, text in group.items()}

HELP = """Veerkracht runs the care and welfare system of a region, and shows where its next euro leads.

\b
  ./veerkracht run                                        the demo, in your browser
  ./veerkracht forecast care-and-welfare-525-million --against constant-policy
"""
EPILOG = """\b
Every command explains itself, with an example:  ./veerkracht COMMAND --help
Your data live in the folder var/ of the project, or where these point:
  VEERKRACHT_HOME      folder for the data, the log and the settings of this installation
  VEERKRACHT_DATABASE  address of a PostgreSQL database instead of the built-in SQLite
  VEERKRACHT_REGION    folder with the region's files (regions/flanders)
"""


def module_of(name: str) -> str:
    """The module here that a command stands in: `import` is a word of Python, and a hyphen is none of its signs."""
    return name.replace("import", "import_").replace("-", "_")


class Commands(click.Group):
    """Loads a command's module only when that command is called: `--help` and `run` stay quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"{__name__}.{module_of(name)}")
        found: click.Command = module.command
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise click.UsageError(f"no command '{args[0]}'. There are: {', '.join(COMMANDS)}.", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for group, commands in GROUPS.items():
            with formatter.section(group):
                formatter.write_dl([(f"{name:<8}", text) for name, text in commands.items()])


@click.group(
    cls=Commands,
    help=HELP,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(version("veerkracht"), prog_name="Veerkracht")
def group() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "veerkracht.config.settings")


def main(words: list[str] | None = None) -> None:
    """Run the command line; every fault of ours becomes one clear line on stderr and exit code 1."""
    from veerkracht.cli.output import exit_code_of

    sys.exit(exit_code_of(lambda: group.main(words, "veerkracht", standalone_mode=False)))
