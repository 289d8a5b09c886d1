"""The dashboard (概览): the metrics that matter, today and a year before, and what waits.

A metric is seen over twelve months and over the twelve months before. Those that need
time until their answer is known are seen over older months: who asks what became of a
case within 36 months must ask of cases filed 36 months ago. The board is a plain value,
so that it can be kept for its day and state of the docket.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from valuer.agency.attention import Attention, Waiting
from valuer.agency.cohorts import Compared, side_by_side
from valuer.agency.columns import Docket
from valuer.agency.metric import Question
from valuer.agency.metrics import metric
from valuer.agency.quality import Row, answer
from valuer.core.canonical import canonical, from_plain, parse_json
from valuer.core.periods import same_day

FORM = 1
"""Form of a kept board; another form is reckoned anew."""

YEAR = 12


class Tiled(NamedTuple):
    """A metric on the dashboard; ``ago``: its months end so many months ago."""

    key: str
    ago: int = 0


TILES = (
    Tiled("Q01"),
    Tiled("Q02"),
    Tiled("Q03_36", 36),
    Tiled("Q07", 24),
    Tiled("Q05"),
    Tiled("Q08_uninstructed"),
    Tiled("Q27"),
    Tiled("Q28"),
    Tiled("Q09_suspected"),
    Tiled("Q09_confirmed"),
    Tiled("Q24"),
    Tiled("Q10"),
    Tiled("Q30"),
)
"""The tiles in their order: what was achieved, how long it took, what went wrong, how
the work is shared and looked after."""


@dataclass(frozen=True, slots=True)
class Figures:
    """A metric over one period, as in a ``Row``."""

    n: int
    numerator: float | None
    value: float | None
    low: float | None
    high: float | None
    excluded: int = 0
    lacking: int = 0


@dataclass(frozen=True, slots=True)
class Tile:
    """A metric over its months, both days within them, and over the year before."""

    key: str
    first: date
    last: date
    now: Figures
    before: Figures
    missing: tuple[str, ...] = ()

    @property
    def row(self) -> Row:
        """The figures as a row of the metric."""
        return _row(self, self.now)

    @property
    def change(self) -> Compared:
        """Both years side by side."""
        return side_by_side(_row(self, self.before), self.row)


@dataclass(frozen=True, slots=True)
class Board:
    """What the dashboard shows of a docket on a day.

    Attributes:
        cases: how many the docket has.
        questions, words: how many questions and unknown status words wait.
        unread: cases with such a word.
    """

    as_of: date
    cases: int
    tiles: tuple[Tile, ...]
    waiting: tuple[Waiting, ...]
    questions: int = 0
    words: int = 0
    unread: int = 0
    form: int = FORM


def question_of(tiled: Tiled, as_of: date, years_before: int = 0) -> Question:
    """Return what a tile asks: twelve months up to a day, or the year before them."""
    last = same_day(as_of, -tiled.ago - YEAR * years_before)
    first = same_day(as_of, -tiled.ago - YEAR * (years_before + 1))
    return Question(first + timedelta(days=1), last)


def board(
    docket: Docket,
    waiting: Attention,
    questions: int = 0,
    words: Iterable[tuple[str, int]] = (),
) -> Board:
    """Return the board of a docket on its day; ``words`` with their counts of cases."""
    unknown = tuple(words)
    return Board(
        docket.as_of,
        docket.count,
        tiles(docket),
        waiting.waiting,
        questions,
        len(unknown),
        sum(count for _, count in unknown),
    )


def tiles(docket: Docket) -> tuple[Tile, ...]:
    """Return the tiles of a docket on its day."""
    found: dict[tuple[str, int], Row] = {}
    for ago in sorted({one.ago for one in TILES}):
        same = [one for one in TILES if one.ago == ago]
        for year in (0, 1):
            rows = _rows(docket, question_of(same[0], docket.as_of, year), same)
            found |= {(key, year): row for key, row in rows.items()}
    made = []
    for one in TILES:
        asked, now = question_of(one, docket.as_of), found[one.key, 0]
        first, last = asked.first or docket.as_of, asked.last or docket.as_of
        before = _figures(found[one.key, 1])
        made.append(Tile(one.key, first, last, _figures(now), before, now.missing))
    return tuple(made)


def kept_form(one: Board) -> bytes:
    """Return a board as it is kept."""
    return canonical(one)


def kept_board(body: bytes | None) -> Board | None:
    """Return the board that was kept; None where none was, or in another form."""
    if body is None:
        return None
    plain = parse_json(body, "dashboard")
    if not isinstance(plain, dict) or plain.get("form") != FORM:
        return None
    return from_plain(plain, Board)


def _rows(docket: Docket, asked: Question, wanted: Sequence[Tiled]) -> dict[str, Row]:
    rows = answer(docket, asked, [metric(one.key) for one in wanted])
    return {row.key: row for row in rows}


def _figures(row: Row) -> Figures:
    return Figures(
        row.n, row.numerator, row.value, row.low, row.high, row.excluded, row.lacking
    )


def _row(tile: Tile, figures: Figures) -> Row:
    return Row(
        tile.key,
        None,
        figures.n,
        figures.numerator,
        figures.value,
        figures.low,
        figures.high,
        figures.excluded,
        figures.lacking,
        tile.missing,
    )
