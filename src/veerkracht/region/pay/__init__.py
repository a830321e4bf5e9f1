"""Pay in care and welfare as a region's file tells it: who earns it, what rose when, by how much, and what is known."""

from veerkracht.region.pay.model import (
    COUNTS,
    MOST_PERCENT,
    Agreement,
    Evidence,
    Group,
    IndexStep,
    Pay,
    PriceBasis,
    Rise,
    Scale,
    ScalePay,
    ScaleStep,
)
from veerkracht.region.pay.reading import FILE, read_pay

__all__ = [
    "COUNTS",
    "FILE",
    "MOST_PERCENT",
    "Agreement",
    "Evidence",
    "Group",
    "IndexStep",
    "Pay",
    "PriceBasis",
    "Rise",
    "Scale",
    "ScalePay",
    "ScaleStep",
    "read_pay",
]
