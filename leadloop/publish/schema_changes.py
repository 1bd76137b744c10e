"""What came or went in the tables and columns of the sources since the version before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from leadloop.publish.manifest import LoadedFile, SchemaChange

_Key = tuple[str, str]


def schema_changes(
    before: Sequence[LoadedFile] | None, after: Sequence[LoadedFile]
) -> list[SchemaChange]:
    """The differences between the inputs of two versions; none where there was no version.

    A table has the columns of the file that was loaded last: with files that add up, an old file
    keeps its old header, and says nothing about the next. Where nobody kept the header of a side,
    its columns are not compared.
    """
    if before is None:
        return []
    old, new = _columns(before), _columns(after)
    changes = [_change(key, None, True) for key in new if key not in old]
    changes += [_change(key, None, False) for key in old if key not in new]
    for key in old.keys() & new.keys():
        if not old[key] or not new[key]:
            continue
        changes += [_change(key, name, True) for name in new[key] - old[key]]
        changes += [_change(key, name, False) for name in old[key] - new[key]]
    return sorted(changes, key=lambda c: (c.source, c.table_name, c.column or "", c.is_added))


def _change(key: _Key, column: str | None, is_added: bool) -> SchemaChange:
    source, table = key
    return SchemaChange(source=source, table_name=table, column=column, is_added=is_added)


def _columns(files: Iterable[LoadedFile]) -> dict[_Key, set[str]]:
    """The header of each table; of files that came with one load all headers together."""
    tables: dict[_Key, list[LoadedFile]] = {}
    for file in files:
        tables.setdefault((file.source, file.table_name), []).append(file)
    found = {}
    for key, group in tables.items():
        last = max((f.loaded_at for f in group if f.loaded_at), default=None)
        newest = [f for f in group if f.loaded_at == last]
        found[key] = {name for f in newest for name in f.columns}
    return found
