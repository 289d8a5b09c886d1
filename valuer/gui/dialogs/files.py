"""Asking for files: the desktop's own dialogs, which tests replace."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from valuer.core.texts import N_
from valuer.gui.words import Words

LIBRARIES = (N_("Libraries"), "*.valuer")
LISTS = (N_("Patent lists"), "*.xls *.xlsx *.csv *.txt *.zip")
SHEETS = (N_("Spreadsheets"), "*.xlsx *.xls *.csv")
TABLES = (N_("Tables (CSV)"), "*.csv")
REPORTS = (N_("PDF reports"), "*.pdf")
KEYS = (N_("Keys (PKCS#12)"), "*.p12 *.pfx")
MODULES = (N_("Drivers of tokens (PKCS#11)"), "*.so *.dll *.dylib")
SEALS = (N_("Pictures (PNG)"), "*.png")
TEMPLATES = (N_("Templates of a house"), "house.json *.zip")
CERTIFICATES = (N_("Certificates"), "*.pem *.crt *.cer")
ENVELOPES = (N_("Encrypted files"), "*.p7m")
ROOTS = (N_("Root certificates"), "*.pem *.crt *.cer")

Pattern = tuple[str, str]
"""Marked name of a kind of file, and its endings."""


class Files:
    """Asks the user for files."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._folder = ""

    def open_many(self, parent: QWidget, title: str, kind: Pattern) -> list[Path]:
        """Return the files chosen, none if the user changed their mind."""
        names, _ = QFileDialog.getOpenFileNames(
            parent, self._words.tell(title), self._folder, self._filter(kind)
        )
        return [self._noted(name) for name in names]

    def open_one(self, parent: QWidget, title: str, kind: Pattern) -> Path | None:
        """Return the file chosen, or None."""
        name, _ = QFileDialog.getOpenFileName(
            parent, self._words.tell(title), self._folder, self._filter(kind)
        )
        return self._noted(name) if name else None

    def save(
        self, parent: QWidget, title: str, kind: Pattern, name: str
    ) -> Path | None:
        """Return where to write, or None; the desktop asks before replacing."""
        proposed = str(Path(self._folder) / name)
        chosen, _ = QFileDialog.getSaveFileName(
            parent, self._words.tell(title), proposed, self._filter(kind)
        )
        return self._noted(chosen) if chosen else None

    def _filter(self, kind: Pattern) -> str:
        name, endings = kind
        return f"{self._words.tell(name)} ({endings});;{self._words.tell(N_('All files'))} (*)"

    def _noted(self, name: str) -> Path:
        path = Path(name)
        self._folder = str(path.parent)
        return path
