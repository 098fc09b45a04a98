"""What the published figures give away to somebody who knows every other client: the table of docs/dpia.md.

`attacks.py [UNITS] [MONTHS]`; 300 units × 36 months unless given. The attacker knows all tables, the whole history and
everybody's state but one, and reckons by Bayes. Two runs print the same.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import prod, sqrt
from random import Random

import central_units
from attack_schemes import OURS, SCHEMES, SUPPRESSED, Chances, Scheme

from valmentaja.indicators.cellkey import NEVER_PUBLISHED
from valmentaja.indicators.self_test import worst

STATES = 7
CLIENTS = 43
"""A median caseload."""
CERTAIN = 0.95
STABLE = 12
NATIONAL = 70
"""Transitions a month in the whole country, over 900 cells (KT02 of 300 units)."""
People = frozenset[int]
Table = tuple[People, ...]


@dataclass(frozen=True)
class Caseload:
    """Of a hundred clients in each state; a client's chance a month to change, and to make room for another."""

    name: str
    shares: tuple[int, ...]
    moves: float
    leaves: float


SAMPLE, EVEN = (43, 16, 11, 7, 9, 11, 3), (30, 15, 12, 10, 11, 12, 10)
"""ST01 of the sample caseload, the unemployed first; and one with no rare state."""
TYPICAL = Caseload("as the sample caseload", SAMPLE, 0.32, 0.03)
"""In the sample's TM01 17 of 70 clients change and 2 leave in a month; a quarter of the moves drawn change nothing."""
OTHERS = (
    Caseload("half as many changes", SAMPLE, 0.16, 0.03),
    Caseload("a fifth as many changes", SAMPLE, 0.064, 0.03),
    Caseload("no rare state", EVEN, 0.32, 0.03),
    Caseload("no rare state, a fifth as many changes", EVEN, 0.064, 0.03),
)


@dataclass
class Tally:
    right: int = 0
    certain: int = 0
    tried: int = 0

    def add(self, posterior: Sequence[float], truth: int) -> None:
        best = max(posterior)
        self.tried += 1
        # Of several as likely, one is guessed: right in so many of them.
        self.right += posterior[truth] >= best * (1 - 1e-9) and 1 / sum(p >= best * (1 - 1e-9) for p in posterior)
        self.certain += posterior[truth] > CERTAIN


@dataclass
class Publisher:
    """What one unit publishes under a scheme; the draws are fixed by set, and by set and period."""

    scheme: Scheme
    drawn: Random
    kept: dict[People, int] = field(default_factory=dict)
    shown: dict[tuple[People, int, int], int] = field(default_factory=dict)

    def figure(self, people: People, month: int, revision: int = 1) -> int:
        place = (people, month, revision if self.scheme.redraws else 1)
        if place not in self.shown:
            if people not in self.kept:
                self.kept[people] = draw(self.drawn, self.scheme.kept(len(people)))
            self.shown[place] = draw(self.drawn, self.scheme.shown(self.kept[people]))
        return self.shown[place]


def draw(drawn: Random, chances: Chances) -> int:
    return drawn.choices(list(chances), list(chances.values()))[0]


def likelihood(scheme: Scheme, size: int, seen: Iterable[int], now: int) -> float:
    """P(the figure `now` | the figures seen before of the same set of `size` people)."""
    before = dict(scheme.kept(size))
    for figure in seen:
        before = {m: p * q for m, p in before.items() if (q := scheme.shown(m).get(figure, 0.0))}
    total = sum(before.values())
    if not total:
        return 0.0
    return sum(p * scheme.shown(m).get(now, 0.0) for m, p in before.items()) / total


@dataclass
class Attacker:
    """Keeps every figure with the set of people it was about; knows everybody's place but the target's."""

    scheme: Scheme
    seen: dict[People, list[int]] = field(default_factory=dict)
    fixed: dict[tuple[People, int], int] = field(default_factory=dict)

    def learn(self, table: Table, figures: Sequence[int], month: int) -> None:
        for people, figure in zip(table, figures, strict=True):
            self.seen.setdefault(people, []).append(figure)
            self.fixed[people, month] = figure

    def forget(self, table: Table, month: int) -> None:
        for people in table:
            self.seen[people].pop()
            self.fixed.pop((people, month), None)

    def posterior(self, options: Sequence[Table], figures: Sequence[int], month: int) -> list[float]:
        found = [self._of(table, figures, month) for table in options]
        total = sum(found)
        return [one / total for one in found] if total else [1 / len(found)] * len(found)

    def _of(self, table: Table, figures: Sequence[int], month: int) -> float:
        chance = 1.0
        for people, figure in zip(table, figures, strict=True):
            if not self.scheme.redraws and (people, month) in self.fixed:
                chance *= self.fixed[people, month] == figure
            else:
                chance *= likelihood(self.scheme, len(people), self.seen.get(people, ()), figure)
        return chance


def histories(caseload: Caseload, units: int, months: int) -> Iterator[list[tuple[list[int | None], int]]]:
    """By unit and month, the state of every client there ever was (None while he is not there), and who is attacked.

    The attacked client changes to any other state alike, so that guessing is right in one of six; all others change
    as a caseload does."""
    for unit in range(units):
        drawn = Random(unit)
        states: list[int | None] = [_state(caseload, drawn) for _ in range(CLIENTS)]
        told = [(list(states), 0)]
        for _ in range(months - 1):
            states = list(states)
            here = [place for place, state in enumerate(states) if state is not None]
            target = drawn.choice(here)
            for place in here:
                if place == target:
                    states[place] = drawn.choice([s for s in range(STATES) if s != states[place]])
                elif drawn.random() < caseload.leaves:
                    states[place] = None
                    states.append(_state(caseload, drawn))
                elif drawn.random() < caseload.moves:
                    states[place] = _state(caseload, drawn)
            told.append((states, target))
        yield told


def _state(caseload: Caseload, drawn: Random) -> int:
    return drawn.choices(range(STATES), caseload.shares)[0]


def table(states: Sequence[int | None]) -> Table:
    return tuple(frozenset(n for n, s in enumerate(states) if s == state) for state in range(STATES))


def placed(whole: Table, target: int, state: int) -> Table:
    return tuple(people | {target} if n == state else people - {target} for n, people in enumerate(whole))


def attacked(scheme: Scheme, caseload: Caseload, units: int, months: int) -> tuple[Tally, Tally]:
    """Changes from month to month, and the same changes when they came late and the month was corrected."""
    changes, corrections = Tally(), Tally()
    for unit, told in enumerate(histories(caseload, units, months)):
        publisher, attacker = Publisher(scheme, Random(f"{scheme.name} {unit}")), Attacker(scheme)
        for month, (states, target) in enumerate(told):
            whole = table(states)
            figures = [publisher.figure(people, month) for people in whole]
            if month:
                old = told[month - 1][0][target]
                others = [state for state in range(STATES) if state != old]
                options, truth = [placed(whole, target, state) for state in others], others.index(states[target] or 0)
                changes.add(attacker.posterior(options, figures, month), truth)
                late = placed(whole, target, old or 0)
                corrections.add(corrected(publisher, attacker, late, options, truth, month), truth)
            attacker.learn(whole, figures, month)
    return changes, corrections


def corrected(
    publisher: Publisher, attacker: Attacker, late: Table, options: Sequence[Table], truth: int, month: int
) -> list[float]:
    """The month was published with her where she was before (`late`), then revision 2 as it was.

    What is learnt from it is not used later."""
    attacker.learn(late, [publisher.figure(people, month) for people in late], month)
    found = attacker.posterior(options, [publisher.figure(people, month, 2) for people in options[truth]], month)
    attacker.forget(late, month)
    return found


def known_exactly(scheme: Scheme, tries: int = 500) -> float:
    """Share of cells of 1 to 4 whose count is certain after twelve months in which nothing changed."""
    drawn, certain = Random(scheme.name), 0
    for n in (1, 2, 3, 4):
        for _ in range(tries):
            kept = draw(drawn, scheme.kept(n))
            seen = [draw(drawn, scheme.shown(kept)) for _ in range(STABLE)]
            chances = [_all(scheme, size, seen) for size in range(26)]
            certain += chances[n] > CERTAIN * sum(chances)
    return certain / (4 * tries)


def _all(scheme: Scheme, size: int, seen: Sequence[int]) -> float:
    return sum(
        chance * prod(scheme.shown(m).get(figure, 0.0) for figure in seen) for m, chance in scheme.kept(size).items()
    )


def national(scheme: Scheme, months: int = 200) -> tuple[float, float]:
    """Bias and root mean square error of the country's sum; what is suppressed counts as 0."""
    drawn, errors = Random(scheme.name), []
    for _ in range(months):
        cells: dict[int, int] = {}
        for _ in range(NATIONAL):
            place = drawn.randrange(900)
            cells[place] = cells.get(place, 0) + 1
        shown = (draw(drawn, scheme.shown(draw(drawn, scheme.kept(n)))) for n in cells.values())
        zeros = (draw(drawn, scheme.shown(0)) for _ in range(900 - len(cells)))
        errors.append(sum(0 if figure == SUPPRESSED else figure for figure in (*shown, *zeros)) - NATIONAL)
    return sum(errors) / months, sqrt(sum(e * e for e in errors) / months)


def main(units: int, months: int) -> None:
    say("| scheme | change: right / certain | corrected: right / certain | 1–4 known after 12 | national: bias, RMSE |")
    say("|---|---|---|---|---|")
    for scheme in SCHEMES:
        changes, corrections = attacked(scheme, TYPICAL, units, months)
        bias, error = national(scheme)
        known = "–" if scheme.name.startswith("threshold") else f"{known_exactly(scheme):.0%}"
        say(f"| {scheme.name} | {_shares(changes)} | {_shares(corrections)} | {known} | {bias:+.1f}, {error:.1f} |")
    say("")
    for caseload in OTHERS:
        changes, corrections = attacked(OURS, caseload, max(1, units // 3), months)
        say(f"- Ours, {caseload.name}: change {_shares(changes)}, corrected {_shares(corrections)}.")
    for line in (*alone(), *typical()):
        say(f"- {line}")


def _shares(tally: Tally) -> str:
    return f"{tally.right / tally.tried:.1%} / {tally.certain / tally.tried:.1%}"


def alone() -> Iterator[str]:
    """Two attackers whose chances follow from the p-tables: no simulation is needed."""
    shows = {m: 1 - OURS.shown(m).get(0, 0.0) for m in OURS.kept(1)}
    for months in (1, STABLE):
        seen = sum(p * (1 - (1 - shows[m]) ** months) for m, p in OURS.kept(1).items())
        yield f"Nobody else can be in the cell, {months} month(s): right {0.5 + seen / 2:.0%}, certain {seen / 2:.0%}."
    guess = worst(figure for figure in range(26) if figure not in NEVER_PUBLISHED)
    if guess is not None:
        sure = f"{float(guess.sure):.0%} sure (of a published {guess.published})"
        yield f"The file alone, and nothing known of how large such figures usually are: at most {sure}."


def typical(units: int = 30) -> Iterator[str]:
    """What stands behind a published 3 and a published 0 in files of the real exporter."""
    behind: dict[int, dict[int, int]] = {0: {}, 3: {}}
    for number in range(units):
        for exact, figure in central_units.figures(central_units.unit_code(number), 12):
            if figure in behind:
                behind[figure][exact] = behind[figure].get(exact, 0) + 1
    threes = sum(behind[3].values())
    shares = [sum(n for exact, n in behind[3].items() if exact == count) / threes for count in range(1, 6)]
    told = "/".join(f"{share * 100:.0f}" for share in (*shares, 1 - sum(shares)))
    empty = behind[0].get(0, 0) / sum(behind[0].values())
    yield f"In {units} invented units a published 3 is truly 1/2/3/4/5/6+ in {told} of a hundred cases."
    yield f"The file alone, and those shares known: at most {max(empty, *shares):.0%} sure (a published 0 is empty)."


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    chosen = [int(word) for word in (*sys.argv[1:], *("300", "36")[len(sys.argv) - 1 :])]
    main(*chosen)
