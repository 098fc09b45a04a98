"""Seven ways to protect a table of counts, each as two draws: one kept with the set of people, one for each period."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from valmentaja.base.paths import RESOURCES

Chances = Mapping[int, float]
"""Value → probability."""
SUPPRESSED = -1_000
LAPLACE_EPSILON = 1.0
BASE = 5


@dataclass(frozen=True)
class Scheme:
    """`kept(n)` is drawn once for a set of n people, `shown(m)` anew for every period.

    `redraws` says whether a corrected month draws anew where the people are the same."""

    name: str
    kept: Callable[[int], Chances]
    shown: Callable[[int], Chances]
    redraws: bool = False


def exactly(n: int) -> Chances:
    return {n: 1.0}


def threshold(n: int) -> Chances:
    return {SUPPRESSED: 1.0} if 0 < n < BASE else {n: 1.0}


@cache
def rounded(n: int) -> Chances:
    """Unbiased random rounding to a multiple of five."""
    rest = n % BASE
    return {n: 1.0} if not rest else {n - rest: 1 - rest / BASE, n - rest + BASE: rest / BASE}


@cache
def laplace(n: int) -> Chances:
    """Two-sided geometric noise; figures may be negative, else they would be biased."""
    q = math.exp(-LAPLACE_EPSILON)
    return {n + off: (1 - q) / (1 + q) * q ** abs(off) for off in range(-40, 41)}


def stage(name: str) -> Callable[[int], Chances]:
    """A frozen p-table of the program; 0 stays 0."""
    lines = json.loads((RESOURCES / "ptable.json").read_text())[name]
    top = len(lines) - 1

    @cache
    def drawn(n: int) -> Chances:
        if n == 0:
            return {0: 1.0}
        values, cumulative = lines[str(min(n, top))]
        weights = [upper - lower for lower, upper in zip([0, *cumulative], cumulative, strict=False)]
        more = max(0, n - top)
        return {value + more: weight / 2**32 for value, weight in zip(values, weights, strict=True)}

    return drawn


NOTHING = Scheme("nothing", exactly, exactly)
OURS = Scheme("two-stage cell key (ours)", stage("stage1"), stage("stage2"), redraws=True)
SCHEMES = (
    NOTHING,
    Scheme("threshold < 5", threshold, exactly),
    Scheme("cell key, key = set of persons", stage("stage2"), exactly),
    Scheme("cell key, key = set + month", exactly, stage("stage2")),
    Scheme("random rounding to 5", rounded, exactly),
    Scheme("discrete Laplace ε = 1", exactly, laplace),
    OURS,
)
