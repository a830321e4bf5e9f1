"""What we use of Numba, typed: a compiled function has the type of the function it was made from."""

from collections.abc import Callable
from typing import Any, TypeVar, overload

from numba import types as types

_F = TypeVar("_F", bound=Callable[..., Any])

class Signature: ...

@overload
def njit(
    signature: Signature, /, *, cache: bool = ..., nogil: bool = ..., _nrt: bool = ...
) -> Callable[[_F], _F]: ...
@overload
def njit(function: _F, /) -> _F: ...
@overload
def njit(
    *,
    cache: bool = ...,
    nogil: bool = ...,
    inline: str = ...,
    boundscheck: bool = ...,
    forceinline: bool = ...,
    no_cpython_wrapper: bool = ...,
    no_cfunc_wrapper: bool = ...,
    _nrt: bool = ...,
) -> Callable[[_F], _F]: ...
def typeof(value: object) -> types.Type: ...
