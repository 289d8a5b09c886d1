"""Asking for the PIN of a key and the part in which it signs.

The PIN is asked each time; the dialog gives it out once and keeps nothing.
"""

from __future__ import annotations

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from valuer.core.texts import N_
from valuer.gui.fields import Choice
from valuer.gui.rows import Rows
from valuer.gui.shell import Shell
from valuer.gui.words import Texts

ROLES = (
    ("appraiser", N_("Appraiser")),
    ("agency", N_("Institution")),
)


class PinDialog(QDialog):
    """Key file shown, part chosen, PIN typed."""

    def __init__(self, key: str, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("pin_dialog")
        texts = Texts(shell.words, self)
        texts.put(self.setWindowTitle, N_("Sign the report"))
        name = QLabel(key, self)
        name.setWordWrap(True)
        self.role = Choice(shell.words, self)
        self.role.offer(ROLES)
        self.role.put("appraiser")
        self.pin = QLineEdit(self)
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setFixedWidth(200)
        self.pin.textChanged.connect(self._allow)
        rows = Rows(shell.words, shell.theme, self)
        rows.add("pin_role", N_("Signs as"), self.role)
        rows.add(
            "pin_pin",
            N_("PIN"),
            self.pin,
            N_("The PIN is used once and not kept."),
        )
        buttons = self._buttons(texts)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        for widget in (name, rows, buttons):
            layout.addWidget(widget)
        self.setMinimumWidth(380)
        self.pin.setFocus()
        self._allow()

    def _buttons(self, texts: Texts) -> QDialogButtonBox:
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel, self)
        self._sign = buttons.button(kinds.Ok)
        self._sign.setProperty("part", "primary")
        texts.put(self._sign.setText, N_("Sign"))
        texts.name(self._sign, "pin_accept", N_("Sign the report"))
        cancel = buttons.button(kinds.Cancel)
        texts.put(cancel.setText, N_("Cancel"))
        texts.name(cancel, "pin_cancel", N_("Do not sign"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons

    def take_pin(self) -> str:
        """Return the PIN and forget it."""
        pin = self.pin.text()
        self.pin.clear()
        return pin

    def _allow(self) -> None:
        self._sign.setEnabled(bool(self.pin.text()))
