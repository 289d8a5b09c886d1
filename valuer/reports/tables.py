"""Ruled tables: a line above, below and under the head, none down the page.

Cells are paragraphs and wrap; figures stand with their decimal points under each
other. A table that outgrows the page goes on with its head repeated and its title
marked as continued. What does not fit the width is set smaller, down to 6.5 pt; a
row for each year therefore suits twenty years better than a column for each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportlab.platypus.flowables import Flowable

from valuer.core.texts import N_, tr
from valuer.reports.drawing import is_trial
from valuer.reports.lines import Content
from valuer.reports.paragraphs import Paragraph
from valuer.reports.style import BLACK, LINE, TEXT_HEIGHT, Align, Style, TextStyle

_PAD_ABOVE, _PAD_SIDE = 2.6, 2.5
_GAPS = (14.0, 9.0, 5.0)
"""Between columns: as wide as the page allows; no cell wraps for the widest."""

_MOST_OF_WIDTH = 0.4
"""Where cells must wrap, one column as wide as its content takes no more."""

_SIZES = (1.0, 0.9, 0.8, 0.72)
_THICK, _THIN, _HAIR = 0.9, 0.5, 0.25
_ALONE = 2
_FEWEST = 4.2
"""Chinese characters that stand in a line of a cell at least."""
_FIGURE = re.compile(r"[^\d]*\d[\d,]*(?=(?:\.\d*)?[^\d]*$)")


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        head: its title; a table whose heads are all empty has none.
        is_figure: set to the right, decimal points under each other, never wrapped.
        weight: share of the width that other columns leave; 0 is as wide as needed.
    """

    head: Content = ""
    is_figure: bool = False
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of one row and its height."""

    cells: tuple[Paragraph, ...]
    height: float
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table laid out at one width."""

    style: Style
    widths: tuple[float, ...]
    gap: float
    head: _Row | None
    title: str
    unit: str


class Table(Flowable):  # type: ignore[misc] # reportlab has no types
    """A table with its title above it.

    The last ``totals`` rows are emphasised. ``title`` comes with its number, as
    ``style.caption_text`` makes it.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Content]],
        style: Style,
        *,
        title: str = "",
        unit: str = "",
        totals: int = 0,
    ) -> None:
        super().__init__()
        self._columns = tuple(columns)
        self._rows = tuple(tuple(row) for row in rows)
        self._style, self._title, self._unit = style, title, unit
        self._totals = totals
        self._laid: tuple[float, _Page | None] = (-1.0, None)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size taken at a width."""
        self.width, self.height = self._page(width).wrap(width, height)
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return the rows that fit the height and the rest."""
        return self._page(width).split(width, height)

    def draw(self) -> None:
        """Draw the table on the canvas."""
        self._page(self.width).drawOn(self.canv, 0, 0)

    def getSpaceBefore(self) -> float:  # noqa: N802 - reportlab's name
        """Return the space above."""
        return 6.0

    def getSpaceAfter(self) -> float:  # noqa: N802 - reportlab's name
        """Return the space below."""
        return 9.0

    def _page(self, width: float) -> _Page:
        if self._laid[0] != width or self._laid[1] is None:
            self._laid = (width, self._lay_out(width))
        page = self._laid[1]
        assert page is not None  # noqa: S101 - set just above
        return page

    def _lay_out(self, width: float) -> _Page:
        for scale in _SIZES:
            cells = self._cells(scale)
            columns = list(zip(*cells, strict=True))
            needed = [max(map(_needed, column)) for column in columns]
            if sum(needed) <= _room(columns, _GAPS[-1], width):
                break
        wanted = [max(cell.natural_width() for cell in column) for column in columns]
        # Heads wrap before words and figures do.
        body = [
            max((_needed(head), *(cell.natural_width() for cell in rest)))
            for head, *rest in columns
        ]
        less = _wishes(self._columns, needed, body, width)
        gap, wishes = next(
            (
                (g, w)
                for w in (wanted, body, less)
                for g in _GAPS
                if sum(w) <= _room(columns, g, width)
            ),
            (_GAPS[-1], less),
        )
        inner = _shares(self._columns, needed, wishes, _room(columns, gap, width))
        widths = [one + gap for one in inner]
        rows = [_row(row, widths, gap) for row in cells]
        total_from = len(rows) - self._totals
        rows = [replace(row, is_total=i >= total_from) for i, row in enumerate(rows)]
        head = rows[0] if any(column.head for column in self._columns) else None
        grid = _Grid(self._style, tuple(widths), gap, head, self._title, self._unit)
        return _Page(grid, tuple(rows[1:]))

    def _cells(self, scale: float) -> list[tuple[Paragraph, ...]]:
        """Return head and rows as paragraphs, type scaled by this much."""
        cell, head = _scaled(self._style.cell, scale), _scaled(self._style.head, scale)
        total_from = len(self._rows) - self._totals
        styles = [head if i >= total_from else cell for i in range(len(self._rows))]
        tails = [
            max((_tail(row[i], cell) for row in self._rows), default=0.0)
            if column.is_figure
            else 0.0
            for i, column in enumerate(self._columns)
        ]
        heads = tuple(
            Paragraph(column.head, _aligned(head, column)) for column in self._columns
        )
        return [
            heads,
            *(
                tuple(
                    _cell(content, _aligned(style, column), tail)
                    for content, column, tail in zip(
                        row, self._columns, tails, strict=True
                    )
                )
                for row, style in zip(self._rows, styles, strict=True)
            ),
        ]


class _Page(Flowable):  # type: ignore[misc] # reportlab has no types
    """The rows of a table that stand on one page."""

    def __init__(
        self, grid: _Grid, rows: tuple[_Row, ...], *, continued: bool = False
    ) -> None:
        super().__init__()
        self._grid, self._rows, self._continued = grid, rows, continued
        self._title, self._unit = _titles(grid, continued=continued)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        self.height = self._top(width) + sum(row.height for row in self._rows)
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        room = height - self._top(width)
        fit = 0
        while fit < len(self._rows) and self._rows[fit].height <= room + 1e-6:
            room -= self._rows[fit].height
            fit += 1
        if fit == len(self._rows):
            return [self]
        fit = min(fit, max(1, len(self._rows) - _ALONE)) if fit >= _ALONE else fit
        if fit == 0 or self._rows[fit].height > TEXT_HEIGHT / 2:
            return self._split_row(fit, room)
        if fit < _ALONE and not self._continued:
            return []
        return self._parts(self._rows[:fit], self._rows[fit:])

    def draw(self) -> None:
        grid, canvas = self._grid, self.canv
        if is_trial(canvas):
            return
        y = self.height
        if self._title is not None:
            y -= self._title.height
            self._title.drawOn(canvas, 0, y)
            if self._unit is not None:
                self._unit.drawOn(canvas, 0, y)
        self._rule(y, _THICK)
        if grid.head is not None:
            y = self._draw_row(grid.head, y, to_foot=True)
            self._rule(y, _THIN)
        for number, row in enumerate(self._rows):
            if number:
                self._rule(y, _THIN if row.is_total else _HAIR)
            y = self._draw_row(row, y)
        self._rule(y, _THICK)

    def getSpaceAfter(self) -> float:  # noqa: N802 - reportlab's name
        return 9.0

    def _split_row(self, at: int, room: float) -> list[Flowable]:
        """Cut one tall row in two; [] where it had better begin on a new page."""
        row = self._rows[at]
        if row.height <= TEXT_HEIGHT / 2:
            return []
        first, second = [], []
        for cell, width in zip(row.cells, self._grid.widths, strict=True):
            inner = width - self._grid.gap
            parts = cell.split(inner, room - 2 * _PAD_ABOVE)
            if not parts:
                return []
            first.append(parts[0])
            second.append(parts[1] if len(parts) > 1 else Paragraph("", cell.style))
        upper, lower = (
            replace(
                _row(cells, self._grid.widths, self._grid.gap), is_total=row.is_total
            )
            for cells in (first, second)
        )
        return self._parts((*self._rows[:at], upper), (lower, *self._rows[at + 1 :]))

    def _parts(
        self, first: tuple[_Row, ...], second: tuple[_Row, ...]
    ) -> list[Flowable]:
        return [
            _Page(self._grid, first, continued=self._continued),
            _Page(self._grid, second, continued=True),
        ]

    def _top(self, width: float) -> float:
        """Return the height of title and head."""
        height = 0.0
        if self._title is not None:
            height += self._title.wrap(width, 0)[1]
            if self._unit is not None:
                self._unit.wrap(width, 0)
        return height + (self._grid.head.height if self._grid.head else 0.0)

    def _draw_row(self, row: _Row, y: float, *, to_foot: bool = False) -> float:
        x = _PAD_SIDE
        for cell, width in zip(row.cells, self._grid.widths, strict=True):
            foot = y - row.height + _PAD_ABOVE
            lifted = 0.0 if to_foot else row.height - 2 * _PAD_ABOVE - cell.height
            cell.drawOn(self.canv, x, foot + lifted)
            x += width
        return y - row.height

    def _rule(self, y: float, weight: float) -> None:
        self.canv.saveState()
        self.canv.setLineWidth(weight)
        self.canv.setStrokeColorRGB(*(LINE if weight == _HAIR else BLACK))
        self.canv.line(0, y, self.width, y)
        self.canv.restoreState()


def _titles(
    grid: _Grid, *, continued: bool
) -> tuple[Paragraph | None, Paragraph | None]:
    """Return the title's line and, on its right, the unit's."""
    if not grid.title and not grid.unit:
        return None, None
    language, style = grid.style.language, grid.style.caption
    text = grid.title
    if continued and text:
        text = tr(N_("{title} (continued)"), language, title=text)
    title = replace(style, right=110 if grid.unit else 0)
    if not grid.unit:
        return Paragraph(text, title), None
    unit = replace(
        grid.style.note, leading=style.leading, align=Align.RIGHT, before=0, after=0
    )
    wording = tr(N_("Unit: {unit}"), language, unit=grid.unit)
    return Paragraph(text, title), Paragraph(wording, unit)


def _scaled(style: TextStyle, scale: float) -> TextStyle:
    return replace(style, size=style.size * scale, leading=style.leading * scale)


def _aligned(style: TextStyle, column: Column) -> TextStyle:
    return replace(style, align=Align.RIGHT if column.is_figure else Align.LEFT)


def _cell(content: Content, style: TextStyle, tail: float) -> Paragraph:
    """Return a cell; a figure is moved left until its decimal point is in line."""
    shortfall = tail - _tail(content, style) if _is_figure(content) else 0.0
    return Paragraph(
        content, replace(style, right=max(0.0, shortfall)) if tail else style
    )


def _is_figure(content: Content) -> bool:
    return isinstance(content, str) and _FIGURE.match(content) is not None


def _tail(content: Content, style: TextStyle) -> float:
    """Return the width of what follows a figure's whole part."""
    if not isinstance(content, str):
        return 0.0
    whole = _FIGURE.match(content)
    if whole is None:
        return 0.0
    return Paragraph(content[whole.end() :], style).natural_width()


def _needed(cell: Paragraph) -> float:
    """Return the least width of a cell: no word broken, Chinese not one by one."""
    least = min(cell.natural_width(), _FEWEST * cell.style.size)
    return max(cell.smallest_width(), least)


def _room(columns: Sequence[object], gap: float, width: float) -> float:
    """Return what the columns themselves may take, with gaps between them."""
    return width - 2 * _PAD_SIDE - gap * (len(columns) - 1)


def _row(cells: Sequence[Paragraph], widths: Sequence[float], gap: float) -> _Row:
    heights = (
        cell.wrap(width - gap, 0)[1] for cell, width in zip(cells, widths, strict=True)
    )
    return _Row(tuple(cells), max(heights) + 2 * _PAD_ABOVE)


def _wishes(
    columns: Sequence[Column],
    needed: Sequence[float],
    wanted: Sequence[float],
    width: float,
) -> list[float]:
    """Return what each column asks for before what is left is shared out."""
    most = width * _MOST_OF_WIDTH
    return [
        max(need, min(want, most)) if not column.weight else need
        for column, need, want in zip(columns, needed, wanted, strict=True)
    ]


def _shares(
    columns: Sequence[Column],
    needed: Sequence[float],
    wishes: Sequence[float],
    width: float,
) -> list[float]:
    """Return the columns' widths: all they need, then what they want, then shares."""
    if sum(wishes) > width:
        if sum(needed) >= width:
            return [need * width / sum(needed) for need in needed]
        part = (width - sum(needed)) / (sum(wishes) - sum(needed))
        return [n + (w - n) * part for n, w in zip(needed, wishes, strict=True)]
    spare = width - sum(wishes)
    weights = [column.weight for column in columns]
    if not any(weights):
        weights = list(wishes)
    total = sum(weights)
    return [
        wish + spare * weight / total
        for wish, weight in zip(wishes, weights, strict=True)
    ]
