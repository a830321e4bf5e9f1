"""Turns translations as people edit them (`.po`) into what gettext reads (`.mo`), with no tool but Python."""

import os
from pathlib import Path

from veerkracht.config.home import PACKAGE


def compiled(into: Path) -> Path:
    """The folder with one compiled catalogue per language, made again when a `.po` file has changed.

    They are kept in the home and not beside their source, since an installed package may be read-only.
    """
    by_language: dict[str, list[Path]] = {}
    for source in sorted(PACKAGE.glob("**/locale/*/LC_MESSAGES/*.po")):
        by_language.setdefault(source.parents[1].name, []).append(source)
    for language, sources in by_language.items():
        target = into / language / "LC_MESSAGES" / "django.mo"
        if not _is_fresh(target, sources):
            _compile(sources, target)
    return into


def _is_fresh(target: Path, sources: list[Path]) -> bool:
    return target.exists() and target.stat().st_mtime >= max(file.stat().st_mtime for file in sources)


def _compile(sources: list[Path], target: Path) -> None:
    import polib

    catalogue = polib.POFile()
    # By what is translated: the catalogue itself would be read from its start for each.
    entries: dict[tuple[str | None, str], polib.POEntry] = {}
    for source in sources:
        read = polib.pofile(str(source))
        catalogue.metadata = {**read.metadata, **catalogue.metadata}
        for entry in (one for one in read if not one.obsolete):
            entries.setdefault((entry.msgctxt, entry.msgid), entry)
    catalogue.extend(entries.values())
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    catalogue.save_as_mofile(str(draft))
    draft.replace(target)
