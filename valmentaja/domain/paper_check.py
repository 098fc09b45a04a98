"""A paper form entered twice: what differs, and what has been settled."""

from __future__ import annotations

from dataclasses import dataclass

from valmentaja.domain.assessment import NoValue, Value
from valmentaja.domain.page_code import PageCode
from valmentaja.domain.paper_form import FormRow

CHECKED = "paper checked"
"""Why an answer was given again: two entries differed and somebody decided. Stored, so it never changes."""
PAPER_SAYS = "paper says otherwise"
"""Why an answer from elsewhere was entered again: it gave way to the paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of a form as it was entered; `changed` when it was answered otherwise since, which is no difference.

    `now` is what was answered without paper, while nothing has been entered of this row; `left_empty` rows were empty
    on paper, and what was answered otherwise stays.
    """

    row: FormRow
    first: Value | None = None
    second: Value | None = None
    settled: bool = False
    changed: bool = False
    now: Value | None = None
    left_empty: bool = False

    @property
    def standing(self) -> Value | None:
        """What would be replaced unseen: an answer from elsewhere, or a number, which does not say where it is from."""
        return self.now if self.row.item is not None else self.first

    @property
    def differs(self) -> bool:
        """Two entries that are not the same and nobody has decided yet."""
        both = self.first is not None and self.second is not None
        return both and self.first != self.second and not self.settled and not self.changed

    def has(self, *, second: bool) -> bool:
        return (self.second if second else self.first) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page of the form with its code."""

    number: int
    code: PageCode
    lines: tuple[Line, ...]

    def entered(self, *, second: bool) -> int:
        return sum(line.has(second=second) for line in self.lines)

    def is_done(self, *, second: bool) -> bool:
        return all(line.has(second=second) for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How far the double entry has come."""

    rows: int
    first: int
    second: int
    open: int
    settled: int

    @property
    def differences(self) -> int:
        return self.open + self.settled

    @property
    def is_checked(self) -> bool:
        """Everything was entered twice and every difference is decided."""
        return self.second == self.rows and not self.open


def tally(sheets: tuple[Sheet, ...]) -> Tally:
    lines = [line for sheet in sheets for line in sheet.lines]
    return Tally(
        rows=len(lines),
        first=sum(line.has(second=False) for line in lines),
        second=sum(line.has(second=True) for line in lines),
        open=sum(line.differs for line in lines),
        settled=sum(line.settled for line in lines),
    )


def replaces(line: Line, value: Value) -> bool:
    """Whether entering the value would put another in place of what stands there; an empty row of an item does not."""
    new, standing = meant(line.row, value), line.standing
    if standing is None or standing is NoValue.EI_KYSYTTY or new == standing:
        return False
    return line.row.item is None or new is not NoValue.EI_KYSYTTY


def meant(row: FormRow, value: Value) -> Value:
    """What is kept: an importance row has no boxes, so no number there means that it was left empty."""
    return NoValue.EI_KYSYTTY if row.item is None and not isinstance(value, int) else value
