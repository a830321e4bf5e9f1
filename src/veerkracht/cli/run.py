"""`veerkracht run`: set up what is missing, then serve the pages until Ctrl-C."""

import errno
import os
import signal
import socket
import subprocess
import sys
from typing import Any

import click

from veerkracht.cli.output import CommandError, say, start_django
from veerkracht.config.home import home

FIRST_PORT = 8000
PORTS_TO_TRY = 20
WORKERS = 2
THREADS = 8


@click.command(
    epilog="""\b
Examples:
  veerkracht run                      the demo world, on the first free port from 8000
  veerkracht run --port 9000          on this port, or not at all
  veerkracht run --bare               without a demo world: an empty register
"""
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on.  [default: from 8000 on]")
@click.option("--bare", is_flag=True, help="Do not build a demo world in an empty register.")
def command(host: str, port: int | None, bare: bool) -> None:
    """Set up what is missing, print the address, and serve the pages until Ctrl-C.

    Keeps its data in var/ (or VEERKRACHT_HOME). The first start builds a demo world of invented people;
    the next ones are there in seconds.
    """
    signal.signal(signal.SIGTERM, _stop)
    sock = listen(host, port)
    prepare(bare)
    serve(sock, host)


def _stop(*_: Any) -> None:
    """Being asked to end while setting up is the same as Ctrl-C: nothing half made is kept."""
    raise KeyboardInterrupt


def listen(host: str, port: int | None) -> socket.socket:
    """A socket that is ours before the long work starts: nobody waits a minute to learn the port is taken."""
    wanted = [port] if port else range(FIRST_PORT, FIRST_PORT + PORTS_TO_TRY)
    for number in wanted:
        try:
            found = socket.create_server((host, number), family=_family(host), backlog=512)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise CommandError(f"can't listen on {host}:{number}: {error.strerror}.") from error
            continue
        if not port and number != FIRST_PORT:
            say(f"Port {FIRST_PORT} is taken; using {number}.")
        return found
    if port:
        raise CommandError(
            f"port {port} is taken by another program. Choose one with --port, or leave it out."
        )
    raise CommandError(
        f"ports {FIRST_PORT} to {FIRST_PORT + PORTS_TO_TRY - 1} are all taken. Choose one with --port."
    )


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def prepare(bare: bool) -> None:
    """Bring the databases up to date, and fill an empty register with the demo world unless told not to."""
    say(f"Data are in {home()}")
    start_django()
    from django.db import connections

    if not bare and is_empty():
        # In a process of its own: what it leaves behind (threads of Polars) must not be forked by the server.
        say("The register is empty: building the demo world of invented people (once, about a minute)")
        done = subprocess.run([sys.executable, "-m", "veerkracht.cli", "world"])
        if done.returncode:
            raise CommandError(
                "the demo world was not built (why is said above). `run --bare` starts without it."
            )
    connections.close_all()


def is_empty() -> bool:
    from veerkracht.register.people.models import Person

    return not Person.objects.exists()


def ready_application() -> Any:
    """The application with every page and the region's files read: who is told "ready" shall not wait then."""
    from django.urls import get_resolver

    from veerkracht import region
    from veerkracht.config.wsgi import application

    get_resolver().check()
    region.current()
    return application


def serve(sock: socket.socket, host: str) -> None:
    """Serve until Ctrl-C or SIGTERM. Workers load the application themselves, each after its own fork."""
    from gunicorn.app.base import BaseApplication

    address = f"http://{f'[{host}]' if ':' in host else host}:{sock.getsockname()[1]}/"

    from veerkracht.config import gunicorn

    def tell(worker: Any) -> None:
        if worker.age == 1:
            say(f"\nVeerkracht is ready at {address}   (Ctrl-C stops it)\n")

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            options = {
                "bind": [f"fd://{sock.fileno()}"],
                "worker_class": gunicorn.worker_class,
                "workers": WORKERS,
                "threads": THREADS,
                "timeout": gunicorn.timeout,
                "graceful_timeout": gunicorn.graceful_timeout,
                "loglevel": gunicorn.loglevel,
                "control_socket_disable": True,
                "post_worker_init": tell,
                "on_starting": gunicorn.on_starting,
                "child_exit": gunicorn.child_exit,
                "logconfig_dict": gunicorn.logconfig_dict,
            }
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return ready_application()

    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.set_inheritable(sock.fileno(), True)
    Server().run()
