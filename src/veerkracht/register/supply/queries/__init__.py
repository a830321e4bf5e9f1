from .places import HoldView, PlacePage, ServiceView, UnitView, free_now, places

__all__ = ["HoldView", "PlacePage", "ServiceView", "UnitView", "free_now", "places"]
