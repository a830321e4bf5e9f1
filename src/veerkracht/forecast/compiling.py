"""How the engine's functions are compiled."""

from collections.abc import Callable
from functools import lru_cache
from threading import Lock
from typing import Any, TypeVar

from numba import njit, typeof, types

_F = TypeVar("_F", bound=Callable[..., Any])

_COMPILING = Lock()
# For functions that make arrays, or call one that does.
compiled = njit(cache=True, nogil=True)


def plain(function: _F) -> _F:
    """Compile a function that makes no arrays itself and calls none that does.

    Numba then leaves out the counting of references, which for groups of arrays that go from function to function
    took nine tenths of the engine's time. It refuses a function that would need the counting.
    """
    return njit(cache=True, nogil=True, _nrt=False)(function)


def inner(function: _F) -> _F:
    """`plain`, for a function that only compiled functions call: Python can't.

    What Python would need to call it took half of the time of compiling.
    """
    return njit(cache=True, nogil=True, _nrt=False, no_cpython_wrapper=True, no_cfunc_wrapper=True)(function)


def inlined(function: _F) -> _F:
    """`inner`, for a function that is called so often that the call itself would cost more than what it does.

    It becomes part of each function that calls it: groups of arrays are then not handed on, piece by piece.
    """
    return njit(
        cache=True, nogil=True, _nrt=False, no_cpython_wrapper=True, no_cfunc_wrapper=True, forceinline=True
    )(function)


def engine(
    play: Callable[..., bool], rules: Callable[[], tuple[Any, ...]], like: Any, *, arrays: bool = True
) -> Callable[..., bool]:
    """`play(*rules, seed, number, run)` compiled for runs like this one. `rules`: gives the types of the rules that it
    is handed. `arrays`: whether it makes arrays itself (see `plain`).

    The rules come in as function types, so that the compiled code can be kept between two starts of the program; a bare
    compiled function would be a new type at every start.
    """
    # Threads that begin together would each compile it.
    with _COMPILING:
        return _engine(play, rules, typeof(like), arrays)


@lru_cache(maxsize=8)
def _engine(
    play: Callable[..., bool], rules: Callable[[], tuple[Any, ...]], run_type: Any, arrays: bool
) -> Callable[..., bool]:
    signature = types.boolean(*rules(), types.int64, types.int64, run_type)
    made: Callable[..., bool] = njit(signature, cache=True, nogil=True, _nrt=arrays)(play)
    return made
