"""The workers of a Dask cluster to play runs on: `pip install 'veerkracht[cluster]'`, here and on each of them."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any, TypeVar

from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.many import Workers
from veerkracht.rulebook.types import Text

Result = TypeVar("Result")

SECONDS_TO_ANSWER = 5
# With other versions of these the numbers of a run could differ in their last decimals.
_SAME = ("veerkracht", "numba", "numpy")

_NOT_INSTALLED = Text(
    "Rekenen op een cluster vraagt Dask: installeer het met pip install 'veerkracht[cluster]', hier en op elke werker.",
    "To play runs on a cluster takes Dask: install it with pip install 'veerkracht[cluster]', here and on each worker.",
)
_NOT_THERE = Text(
    "Op {address} antwoordt geen Dask-cluster binnen {seconds} seconden. Controleer het adres (zoals "
    "tcp://10.0.0.5:8786) en of de scheduler draait; of reken hier, met --workers.",
    "No Dask cluster answers at {address} within {seconds} seconds. Check the address (such as tcp://10.0.0.5:8786) "
    "and whether its scheduler runs; or play the runs here, with --workers.",
)
_NO_WORKERS = Text(
    "De cluster op {address} heeft geen werkers: start er met dask worker {address}.",
    "The cluster at {address} has no workers: start some with dask worker {address}.",
)
_OTHER_VERSION = Text(
    "De werker {worker} van de cluster heeft {found}, en hier staat {expected}: de uitkomsten kunnen verschillen. "
    "Zet overal hetzelfde.",
    "The worker {worker} of the cluster has {found}, and here it is {expected}: outcomes could differ. Install the "
    "same everywhere.",
)
_LACKS = Text(
    "De werkers van de cluster op {address} kunnen Veerkracht niet vinden ({why}): installeer het op elk van hen.",
    "The workers of the cluster at {address} can't find Veerkracht ({why}): install it on each of them.",
)


class Cluster(Workers):
    """The workers behind the scheduler at an address.

    Raises `ForecastFault` when Dask isn't installed here, when no cluster answers, when it has no workers, and when
    they have another version of what makes the numbers.
    """

    def __init__(self, address: str) -> None:
        try:
            import distributed
            from distributed.comm.addressing import get_address_host_port
            from distributed.scheduler import KilledWorker
        except ImportError as missing:
            raise ForecastFault(_NOT_INSTALLED) from missing
        self.died = (KilledWorker, CancelledError)
        self._address = address
        self._lent: list[_Lent] = []
        dask: Any = distributed  # which says nothing of its types
        try:
            # A client that was made for what is no address complains when it is thrown away.
            get_address_host_port(address, strict=True)
            self._client = dask.Client(address, timeout=SECONDS_TO_ANSWER, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ForecastFault(_NOT_THERE.fill(address=address, seconds=SECONDS_TO_ANSWER)) from error
        try:
            self.workers = sum(self._client.nthreads().values())
            self._check()
        except BaseException:
            self._client.close()
            raise
        self._executor = self._client.get_executor(pure=False)

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        lent = [arg.there if isinstance(arg, _Lent) else arg for arg in args]
        future: Future[Result] = self._executor.submit(fn, *lent, **kwargs)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._executor.shutdown(wait=wait and not cancel_futures)
        self._client.close()

    @contextmanager
    def sent(self, value: Any) -> Iterator[Any]:
        lent = _Lent(value)
        self._scatter(lent)
        self._lent.append(lent)
        try:
            yield lent
        finally:
            self._lent.remove(lent)
            lent.there = None

    def renew(self) -> None:
        """What was sent may have gone with the worker that held it: send it again."""
        for lent in self._lent:
            self._scatter(lent)

    def _scatter(self, lent: _Lent) -> None:
        try:
            # In a list: a tuple would be taken for several things to send.
            (lent.there,) = self._client.scatter([lent.value], broadcast=True, hash=False)
        except (OSError, TimeoutError, CancelledError) as error:
            raise ForecastFault(_NOT_THERE.fill(address=self._address, seconds=SECONDS_TO_ANSWER)) from error

    def _check(self) -> None:
        if not self.workers:
            raise ForecastFault(_NO_WORKERS.fill(address=self._address))
        try:
            found: dict[str, dict[str, str]] = self._client.run(versions)
        except ImportError as error:
            raise ForecastFault(_LACKS.fill(address=self._address, why=str(error))) from error
        here = versions()
        for worker, there in found.items():
            for name, expected in here.items():
                if there[name] != expected:
                    raise ForecastFault(
                        _OTHER_VERSION.fill(
                            worker=worker, found=f"{name} {there[name]}", expected=f"{name} {expected}"
                        )
                    )


class _Lent:
    """A value here, and what stands for it on the cluster."""

    def __init__(self, value: Any) -> None:
        self.value = value
        self.there: Any = None


def versions() -> dict[str, str]:
    """What the numbers of a run hang on, of where this is called."""
    return {
        "Python": ".".join(platform.python_version_tuple()[:2]),
        **{name: version(name) for name in _SAME},
    }
