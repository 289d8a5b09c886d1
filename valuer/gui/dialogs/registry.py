"""The dialogs. To add one: write its module, add its line here.

Each line builds the dialog as it is shown, so that CI can draw every one of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from valuer.gui.shell import Shell


@dataclass(frozen=True, slots=True)
class DialogEntry:
    """One dialog: stable key, and how it is built with sample contents."""

    key: str
    build: Callable[[Shell, QWidget], QDialog]


def _quote(shell: Shell, parent: QWidget) -> QDialog:
    from valuer.gui.dialogs.quote import QuoteDialog

    return QuoteDialog(shell, parent)


def _signing(shell: Shell, parent: QWidget) -> QDialog:
    from valuer.gui.dialogs.signing import SigningDialog

    return SigningDialog("report.pdf", shell, parent)


def _crash(shell: Shell, parent: QWidget) -> QDialog:
    from valuer.gui.dialogs.crash import CrashDialog, details_of

    error = ZeroDivisionError()
    details = details_of(type(error), error, None)
    return CrashDialog(details, shell.words, parent)


def _mapping(shell: Shell, parent: QWidget) -> QDialog:
    from valuer.gui.agency.mapping import sheet_of
    from valuer.gui.agency.mapping_dialog import MappingDialog
    from valuer.imports.table import Table

    rows = [["申请号", "进度"], ["201910524300.2", "专利权维持"], ["", "已下证"]]
    sheet = sheet_of(Path("2026"), Table("", rows))
    return MappingDialog(sheet, (), shell, parent)


DIALOGS = (
    DialogEntry("quote", _quote),
    DialogEntry("signing", _signing),
    DialogEntry("crash", _crash),
    DialogEntry("mapping", _mapping),
)
