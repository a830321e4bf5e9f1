"""Whether a release of money is what it says: checked by outside libraries before it is kept, without any network."""

import json
import tempfile
from pathlib import Path
from typing import Any

from veerkracht.register.errors import Invalid
from veerkracht.register.published.money_package import DESCRIPTION, GRANTS, Files
from veerkracht.rulebook.types import Text

SCHEMAS = Path(__file__).with_name("schemas")
_SHOWN = 5


def check(files: Files) -> None:
    """Raise `Invalid`, naming what is wrong, unless the package is a Fiscal Data Package whose tables hold to what it
    says of them, and the grants are 360Giving.
    """
    faults = [*package_faults(files), *grant_faults(files)]
    if faults:
        found = "; ".join(faults[:_SHOWN])
        raise Invalid(
            Text(
                nl=f"Dit kan niet gepubliceerd worden, {len(faults)} fouten: {found}",
                en=f"This can't be published, {len(faults)} faults: {found}",
            )
        )


def package_faults(files: Files) -> list[str]:
    """What frictionless finds wrong with the package and its tables, and what the profile of the Fiscal Data Package
    asks more.
    """
    # Heavy: only who publishes pays for it.
    from frictionless import validate

    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            (Path(folder) / name).write_text(text, encoding="utf-8", newline="")
        report = validate(str(Path(folder) / DESCRIPTION), type="package")
    found = [f"{DESCRIPTION}: {one.message}" for one in report.errors]
    found += [f"{task.name}: {one.message}" for task in report.tasks for one in task.errors]
    return [*found, *_faults(DESCRIPTION, json.loads(files[DESCRIPTION]), "fiscal-data-package.json")]


def grant_faults(files: Files) -> list[str]:
    """What is wrong with the grants by our profile of 360Giving."""
    return _faults(GRANTS, json.loads(files[GRANTS]), "360giving-grants.json") if GRANTS in files else []


def _faults(name: str, told: Any, schema_file: str) -> list[str]:
    from jsonschema.validators import validator_for

    schema = json.loads((SCHEMAS / schema_file).read_text(encoding="utf-8"))
    found = validator_for(schema)(schema).iter_errors(told)
    return [f"{name} {one.json_path}: {one.message[:200]}" for one in found]
