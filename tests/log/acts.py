"""What a process of its own writes in the log."""

from veerkracht.register.log import chain
from veerkracht.register.log.record import drafted, record
from veerkracht.register.people.actors import Actor


def write(name: str, times: int) -> None:
    """Entries one by one, every tenth a handful at once."""
    actor = Actor.for_command(name)
    for turn in range(times):
        if turn % 10 == 9:
            chain.append([drafted(actor, "export", "request") for _ in range(3)])
        else:
            record(actor, "change" if turn % 2 else "read", "request", purpose=f"{name} {turn}")


def write_for_ever(name: str) -> None:
    while True:
        write(name, 10)
