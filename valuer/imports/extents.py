"""How large a sheet is, known before it is read, and the refusals that follow."""

from __future__ import annotations

from dataclasses import dataclass, field

from valuer.core.problems import UserError
from valuer.core.texts import N_

LIMIT_CELLS = 10_000_000
"""The largest rectangle of cells read in one workbook."""

ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
"""What a spreadsheet shows where a formula failed."""


@dataclass(slots=True)
class Extent:
    """The rectangle that a sheet's cells span, and its cells that hold errors.

    Attributes:
        rows: number of rows from the top to the last cell.
        columns: number of columns from the left to the last cell.
        errors: text of each error by (row, column) from 0; the reader leaves these
            cells blank.
    """

    rows: int = 0
    columns: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)

    def include(self, row: int, column: int) -> None:
        """Widen the rectangle to a cell, counted from 0."""
        if row >= self.rows:
            self.rows = row + 1
        if column >= self.columns:
            self.columns = column + 1


def refuse_vast(extents: list[Extent], name: str) -> None:
    """Refuse a workbook whose sheets span more cells than can be held.

    Raises:
        UserError: as said.
    """
    if sum(one.rows * one.columns for one in extents) > LIMIT_CELLS:
        text = N_(
            "{file} spans more than {most} million cells; delete what stands far"
            " outside the list, or copy the list into a new workbook."
        )
        raise UserError(text, file=name, most=LIMIT_CELLS // 1_000_000)


def protected(name: str) -> UserError:
    """Return the refusal of a workbook that asks for a password."""
    text = N_(
        "{file} is protected with a password; open it, save it without the password"
        " and import that."
    )
    return UserError(text, file=name)


def damaged(name: str) -> UserError:
    """Return the refusal of a workbook that cannot be read to its end."""
    text = N_("{file} is damaged or cut off; export or copy it again.")
    return UserError(text, file=name)
