"""From a finished warehouse to a directory in versions/ that never changes again."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

from leadloop.errors import PublishFailed
from leadloop.publish import stages
from leadloop.publish.durable import fsync_directory, fsync_file, storage, write_durably
from leadloop.publish.manifest import FILE_NAME, Manifest
from leadloop.settings import Home


def checkpoint(warehouse: Path) -> None:
    """Fold the write-ahead log into the file and make it read-only and durable.

    Raises:
        PublishFailed: a log is left, so the file alone would not be the whole.
    """
    with storage(warehouse):
        with duckdb.connect(str(warehouse)) as connection:
            connection.execute("checkpoint")
        log = warehouse.with_name(warehouse.name + ".wal")
        if log.exists():
            raise PublishFailed(
                f"{log} is left after the checkpoint",
                f"チェックポイント後に {log} が残っています",
                "run `leadloop build` again",
                "`leadloop build` を再実行してください",
            )
        os.chmod(warehouse, 0o444)
        fsync_file(warehouse)


def put_in_place(home: Home, outbox: Path, manifest: Manifest) -> None:
    """Write the manifest beside the warehouse and move both into versions/ in one step."""
    with storage(outbox):
        write_durably(outbox / FILE_NAME, manifest.to_bytes())
        os.chmod(outbox / FILE_NAME, 0o444)
        home.versions.mkdir(exist_ok=True)
    stages.mark("rename")
    with storage(home.versions):
        outbox.rename(home.versions / manifest.run_id)
        fsync_directory(home.versions)
