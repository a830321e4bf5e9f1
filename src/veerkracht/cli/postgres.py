"""A PostgreSQL of one's own while the tests run: in a temporary folder, on a private socket, no root."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from veerkracht.cli.output import CommandError
from veerkracht.register.backup.tools import folder_with

USER = "veerkracht"
# Nothing here has to survive a crash: it is thrown away in a minute.
SETTINGS = {
    "listen_addresses": "",
    # Fifty clients, each with the register and the log.
    "max_connections": "150",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
}
# Seconds within which a server must be up or down: the sixty of `pg_ctl` are few on a slow disk.
PATIENCE = "600"
FLEETING = ("fsync", "synchronous_commit", "full_page_writes")


def find_binaries() -> Path | None:
    """The folder with `initdb` and `pg_ctl`: from PATH, Debian's place, or the wheel; None if nowhere."""
    return folder_with("initdb", "pg_ctl", "postgres")


@contextmanager
def server(*, lasting: bool = False, largest_mib: int | None = None) -> Iterator[str]:
    """Start a server and give the address of a database to be made in it; stop and remove it afterwards.

    `lasting`: what is committed survives a crash of it, as in real life. `largest_mib`: no file of it can grow larger,
    as if the disk were full, until it is restarted (`restart`).
    """
    binaries = find_binaries()
    if binaries is None:
        raise CommandError(
            "no PostgreSQL found: neither installed (Debian: apt install postgresql) nor as a wheel in .venv."
        )
    owner = _owner()
    # Short, since the path of a socket may not be longer than about a hundred characters.
    folder = Path(tempfile.mkdtemp(prefix="vk-", dir="/tmp"))  # nosec B108
    if owner:
        shutil.chown(folder, owner)
    data, log = folder / "data", folder / "log"
    try:
        _run(
            owner,
            binaries / "initdb",
            "-D",
            data,
            "-U",
            USER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-locale",
            "-N",
            # Files of the write-ahead log stay below any limit on the others.
            *(["--wal-segsize=1"] if largest_mib else []),
        )
        settings = {name: value for name, value in SETTINGS.items() if not lasting or name not in FLEETING}
        words = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        start = _control(binaries, folder, "-l", log, "-o", f"{words} -k {folder}", "start")
        _run(owner, *(_limited(largest_mib, *start) if largest_mib else start))
        try:
            yield f"postgres://{USER}@{quote(str(folder), safe='')}/veerkracht"
        finally:
            _run(owner, *_control(binaries, folder, "-m", "immediate", "stop"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def restart(folder: Path) -> None:
    """Stop the server whose socket is in a folder as if the power went, and start it again."""
    binaries = find_binaries()
    if binaries:
        _run(_owner(), *_control(binaries, folder, "-l", folder / "log", "-m", "immediate", "restart"))


def _control(binaries: Path, folder: Path, *words: object) -> tuple[object, ...]:
    """The command that has the server of a folder do something, and waits until it is done."""
    return binaries / "pg_ctl", "-D", folder / "data", "-w", "-t", PATIENCE, *words


def _owner() -> str | None:
    """Whom the server runs as: it refuses to run as root, so then as `postgres`, or as nobody at all."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _limited(mib: int, *words: object) -> tuple[object, ...]:
    """The same command, that may not make a file larger than so many MiB (the shell counts in half kilobytes)."""
    return Path("/bin/sh"), "-c", 'ulimit -f "$0" && exec "$@"', 2048 * mib, *words


def _run(owner: str | None, program: Path, *words: object) -> None:
    # To files, not pipes: the server that pg_ctl leaves behind would hold a pipe open for ever.
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(
            [str(program), *map(str, words)],
            cwd="/",
            stdout=said,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            **({"user": owner, "group": pwd.getpwnam(owner).pw_gid, "extra_groups": []} if owner else {}),
        )
        if done.returncode:
            said.seek(0)
            raise CommandError(f"PostgreSQL did not start ({program.name}): {said.read().strip()}")
