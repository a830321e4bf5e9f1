from typing import Any

from numba import Signature

class Type:
    def __getitem__(self, layout: Any, /) -> Type: ...
    def __call__(self, *arguments: Type) -> Signature: ...

class Tuple(Type):
    def __init__(self, types: tuple[Type, ...]) -> None: ...

class FunctionType(Type):
    def __init__(self, signature: Signature) -> None: ...

boolean: Type
int64: Type
float64: Type
void: Type
