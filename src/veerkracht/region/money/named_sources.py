"""Sources with a name: said once in a folder, referred to as often as needed with `source = "its-id"`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from veerkracht.region.ids import read_id
from veerkracht.region.reader import Reader, one_of
from veerkracht.region.toml_lines import Document, Path

Named = dict[str, dict[str, Any]]


def read_sources(readers: list[Reader]) -> Named:
    """The sources that the files of a folder name, each as a table: `[[source]]` with id, title and url."""
    found: Named = {}
    for table in (table for reader in readers for table in reader.tables("source")):
        id_ = read_id(table)
        said = {key: table.string(key, required=key == "title") for key in ("title", "url", "note")}
        if said["url"] and not said["url"].startswith(("https://", "http://")):
            table.fault("url", "This is not a web address.", said["url"], "https://…")
        if id_ in found:
            table.fault("id", "This source is there twice.", id_, "another id")
        found[id_] = {key: value for key, value in said.items() if value}
        table.done()
    return found


def with_sources(reader: Reader, named: Named) -> Reader:
    """The same file without its `[[source]]`, and with every `source = "id"` replaced by the source of that name.

    Notes every name that no source has.
    """
    for path, id_ in _references(reader.data, ()):
        if id_ not in named:
            reader.fault(path, "There is no source of this name.", id_, one_of(sorted(named), id_))
    data = {key: _replaced(value, named) for key, value in reader.data.items() if key != "source"}
    document = Document(data, reader.document.lines)
    return Reader(reader.file, document, reader.faults, data)


def _references(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "source" and isinstance(inner, str):
                yield (*path, key), inner
            else:
                yield from _references(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _references(inner, (*path, index))


def _replaced(value: Any, named: Named) -> Any:
    if isinstance(value, list):
        return [_replaced(inner, named) for inner in value]
    if not isinstance(value, dict):
        return value
    return {
        key: named.get(inner, {"title": inner})
        if key == "source" and isinstance(inner, str)
        else _replaced(inner, named)
        for key, inner in value.items()
    }
