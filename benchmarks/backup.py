"""How long a backup of a register with a million requests takes, and how long putting it back.

.venv/bin/python -m benchmarks.backup             1,000,000 requests, on SQLite
.venv/bin/python -m benchmarks.backup 10000       another number
VEERKRACHT_DATABASE=postgresql://… .venv/bin/python -m benchmarks.backup     on PostgreSQL: an empty pair of databases
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.registers import MILLION, PROJECT, machine, many
from benchmarks.scratch import make_databases


def main(size: int) -> None:
    many(size)
    from veerkracht.register.backup.making import back_up

    place = Path(tempfile.mkdtemp(dir=PROJECT / "var" / "benchmarks"))
    try:
        print(machine())
        began = time.perf_counter()
        made = back_up(place / "backup")
        took = time.perf_counter() - began
        rows = sum(sum(tables.values()) for tables in made.rows.values())
        size_of = sum(file.stat().st_size for file in (place / "backup").iterdir() if file.is_file()) / 2**20
        print(f"{size:,} waiting requests, {rows:,} rows, {size_of:,.0f} MiB in the backup")
        print(f"  backup with fingerprints               {took:8.1f} s")
        began = time.perf_counter()
        _restore(place)
        print(f"  restore and verify                     {time.perf_counter() - began:8.1f} s")
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _restore(place: Path) -> None:
    """As somebody types it, into a home or a pair of databases of its own."""
    address = os.environ.get("VEERKRACHT_DATABASE", "")
    into = f"{address}_restored" if address else str(place / "restored")
    if address:
        make_databases(into)
    command = [sys.executable, "-m", "veerkracht.cli", "restore", str(place / "backup"), "--into", into]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else MILLION)
