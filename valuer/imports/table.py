"""A table as it stands in a file: cells of text, row 1 here is row 1 there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet, or one text file.

    Attributes:
        sheet: name of the sheet; "" in a text file.
        rows: cells as text; ``rows[0]`` is row 1 of the file.
        rounded: places (row, column from 1) of numbers too long for a spreadsheet,
            whose last digits are not to be trusted.
        uneven: rows (from 1) with more or fewer cells than the others.
        swallowing: rows (from 1) with a cell that reads as the rows below would: a
            quotation mark that was meant as a letter may have taken them in.
        guessed_encoding: the encoding, where it had to be guessed, or "".
    """

    sheet: str
    rows: list[list[str]]
    rounded: frozenset[tuple[int, int]] = frozenset()
    uneven: frozenset[int] = frozenset()
    swallowing: frozenset[int] = frozenset()
    guessed_encoding: str = ""
