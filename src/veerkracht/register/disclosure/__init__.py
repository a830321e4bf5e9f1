"""Disclosure control: what is shown of counts, so that they don't tell about one person. Pure functions on columns."""

from veerkracht.register.disclosure.attack import Seen, bounds
from veerkracht.register.disclosure.linked import Linked, Sum, crossed, one_total
from veerkracht.register.disclosure.naming import cell_name
from veerkracht.register.disclosure.rounding import Cells, record_keys, rounded, settled
from veerkracht.register.disclosure.suppress import Need, need_also, need_of, suppressed

__all__ = [
    "Cells",
    "Linked",
    "Need",
    "Seen",
    "Sum",
    "bounds",
    "cell_name",
    "crossed",
    "need_also",
    "need_of",
    "one_total",
    "record_keys",
    "rounded",
    "settled",
    "suppressed",
]
