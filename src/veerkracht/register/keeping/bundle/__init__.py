from .making import bundle

__all__ = ["bundle"]
