"""Where the bars and ribbons of a flow chart stand: plain sums, no drawing.

Every ribbon keeps its height from its source to its target, and the ribbons at a bar fill it to the cent.
"""

from collections.abc import Sequence
from dataclasses import dataclass

# Heights in pixels: of the largest column's money, of the words at a bar, and between two bars.
TALLEST, WORDS, GAP = 340.0, 46.0, 10.0
THINNEST = 1.5


@dataclass(frozen=True)
class Node:
    """A bar in a column. `kind`: known | left (not used, not filled) | unknown. `href`: where a click leads."""

    id: str
    name: str
    column: int
    kind: str = "known"
    href: str = ""


@dataclass(frozen=True)
class Flow:
    """Cents from one node to another, in a later column."""

    source: str
    target: str
    cents: int


@dataclass(frozen=True)
class PlacedNode:
    node: Node
    cents: int
    top: float
    height: float

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


@dataclass(frozen=True)
class PlacedFlow:
    """`source_top`, `target_top`: where the ribbon leaves and arrives."""

    flow: Flow
    source_top: float
    target_top: float
    height: float


@dataclass(frozen=True)
class Layout:
    nodes: tuple[PlacedNode, ...]
    flows: tuple[PlacedFlow, ...]
    height: float


def size_of(node: str, flows: Sequence[Flow]) -> int:
    """The cents of a node: what comes in, or what goes out where nothing comes in.

    Raises `ValueError` when what goes out of a node isn't what came in: then something would be drawn that isn't so.
    """
    came = sum(flow.cents for flow in flows if flow.target == node)
    went = sum(flow.cents for flow in flows if flow.source == node)
    if came and went and came != went:
        raise ValueError(f"Of node {node} {came} cents come in and {went} go out.")
    return came or went


def laid_out(nodes: Sequence[Node], flows: Sequence[Flow]) -> Layout:
    """Nodes under each other in their column, in the given order; nodes of nothing are left out."""
    sizes = {node.id: size_of(node.id, flows) for node in nodes}
    shown = [node for node in nodes if sizes[node.id]]
    totals = [sum(sizes[node.id] for node in column) for column in _columns(shown)]
    scale = TALLEST / max(totals, default=1)
    placed: dict[str, PlacedNode] = {}
    ends = []
    for column in _columns(shown):
        at = 0.0
        for node in column:
            height = max(sizes[node.id] * scale, THINNEST)
            slot = max(height, WORDS)
            placed[node.id] = PlacedNode(node, sizes[node.id], at + (slot - height) / 2, height)
            at += slot + GAP
        ends.append(at - GAP)
    return Layout(tuple(placed.values()), _ribbons(placed, flows, scale), max(ends, default=0.0))


def _columns(nodes: Sequence[Node]) -> list[list[Node]]:
    numbers = sorted({node.column for node in nodes})
    return [[node for node in nodes if node.column == number] for number in numbers]


def _ribbons(placed: dict[str, PlacedNode], flows: Sequence[Flow], scale: float) -> tuple[PlacedFlow, ...]:
    """Ribbons leave and arrive in the order of the nodes at their other end, so that they cross least."""
    order = {id: place for place, id in enumerate(placed)}
    drawn = [flow for flow in flows if flow.cents]
    leaves = _tops(placed, sorted(drawn, key=lambda flow: order[flow.target]), scale, "source")
    arrives = _tops(placed, sorted(drawn, key=lambda flow: order[flow.source]), scale, "target")
    return tuple(
        PlacedFlow(flow, leaves[flow], arrives[flow], max(flow.cents * scale, THINNEST)) for flow in drawn
    )


def _tops(placed: dict[str, PlacedNode], flows: Sequence[Flow], scale: float, end: str) -> dict[Flow, float]:
    at = {id: node.top for id, node in placed.items()}
    tops = {}
    for flow in flows:
        node = getattr(flow, end)
        tops[flow] = at[node]
        at[node] += flow.cents * scale
    return tops
