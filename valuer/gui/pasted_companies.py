"""Listed companies pasted into their table, and what could not be read of them."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from valuer.core.listed_companies import companies_from_text
from valuer.core.problems import UserError
from valuer.core.quantities import LONGEST
from valuer.core.texts import N_, Message, message
from valuer.gui.table_field import TableField


def paste_companies(table: TableField) -> int:
    """Add the companies on the clipboard; what is wrong with them stands below.

    Returns:
        How many were added.
    """
    text = QGuiApplication.clipboard().text()
    try:
        rows, issues = companies_from_text(text)
    except UserError as error:
        table.account([error.wording])
        return 0
    told: list[Message] = [issue.wording for issue in issues]
    at = len(table.cells.rows.value)
    if at + len(rows) > LONGEST:
        text = N_("A table has at most {most} rows; no company was added.")
        rows, told = [], [message(text, most=LONGEST)]
    if rows:
        table.cells.add(at, tuple(rows))
    if told and rows:
        added = N_("{count} companies were added; these rows were not:")
        told.insert(0, message(added, count=len(rows)))
    table.account(told)
    return len(rows)
