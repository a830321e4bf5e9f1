"""What playing the years takes, whatever is played: how far ahead, how often, with which luck, and where."""

from concurrent.futures import Executor
from dataclasses import dataclass

from veerkracht.forecast.draws import Draws
from veerkracht.forecast.many import Progress


@dataclass(frozen=True)
class Experiment:
    """`runs`: how often the years are played. `seed`: the same seed gives the same numbers on any number of workers,
    and gives two plans the same luck. `executor`: where to play; without one, `workers` threads of this process.
    `progress(done, total)` is called as runs are done. `draws`: where the value of each uncertain number comes from;
    without it, each from its own range.
    """

    years: int = 10
    runs: int = 200
    seed: int = 1
    workers: int = 1
    executor: Executor | None = None
    progress: Progress | None = None
    draws: Draws | None = None

    @property
    def drawn(self) -> Draws:
        return self.draws or Draws(self.seed, self.runs)


USUAL = Experiment()
