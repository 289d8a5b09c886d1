"""Signing: with which key, in which part, with what proof of time; and the PIN.

The PIN is asked for each report and each signature; the dialog gives it out once and
keeps nothing. Where the key lies, the server and the seal are remembered.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from valuer.core.texts import N_, Message
from valuer.gui.dialogs.files import KEYS, MODULES, SEALS
from valuer.gui.fields import Choice
from valuer.gui.file_field import FileField
from valuer.gui.reporting import Order
from valuer.gui.rows import Rows
from valuer.gui.shell import Shell
from valuer.gui.words import Texts

ROLES = (
    ("appraiser", N_("Appraiser")),
    ("agency", N_("Institution")),
)
PLACES = (
    ("file", N_("In a file")),
    ("token", N_("On a token (UKey)")),
)
LEVELS = (
    ("b", N_("None: time of this computer")),
    ("", N_("Timestamp, validation data where available")),
    ("lt", N_("Timestamp and all validation data")),
    ("lta", N_("The same, and a timestamp over all")),
)
_WIDE = 320


class SigningDialog(QDialog):
    """Key and part chosen, the report confirmed, PIN typed."""

    def __init__(
        self,
        report: str,
        shell: Shell,
        parent: QWidget,
        disclosed: Message | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("signing_dialog")
        self._shell = shell
        self._texts = Texts(shell.words, self)
        self._texts.put(self.setWindowTitle, N_("Sign the report"))
        self._rows = Rows(shell.words, shell.theme, self)
        self._tell_disclosure(disclosed)
        self._ask_key()
        self._ask_proof()
        self.read = QCheckBox(self)
        self._texts.put(
            self.read.setText, N_("I have read {file} as it is shown."), file=report
        )
        self._texts.name(self.read, "signing_read", N_("The report was read"))
        self.pin = self._line(
            "signing_pin", N_("PIN"), N_("The PIN is used once and not kept.")
        )
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        buttons = self._buttons()
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        for widget in (self._rows, self.read, buttons):
            layout.addWidget(widget)
        self.setMinimumWidth(560)
        self._remember()
        for changed in (
            self.pin.textChanged,
            self.token.textChanged,
            self.server.textChanged,
            self.read.toggled,
            self.key_file.changed,
            self.module.changed,
            self.place.currentIndexChanged,
            self.level.currentIndexChanged,
            self.role.currentIndexChanged,
        ):
            changed.connect(self._allow)
        self._allow()

    def order(self, target: Path) -> Order:
        """Return what is to be done; the choices are remembered, the PIN is not in it."""
        on_token, is_agency = self.place.value == "token", self.role.value == "agency"
        timed = self.level.value != "b"
        self._shell.preferences.keep(
            key_place=self.place.value,
            token_module=str(self.module.path or ""),
            token_label=self.token.text().strip(),
            signature_level=self.level.value,
            timestamp_server=self.server.text().strip(),
            seal=str(self.seal.path or ""),
        )
        return Order(
            target=target,
            role=self.role.value,
            key_file=None if on_token else self.key_file.path,
            module=self.module.path if on_token else None,
            token=self.token.text().strip(),
            certificate=self.certificate.text().strip(),
            seal=self.seal.path if is_agency else None,
            server=self.server.text().strip() if timed else "",
            level=self.level.value,
            later=self.later.isChecked(),
        )

    def take_pin(self) -> str:
        """Return the PIN and forget it."""
        pin = self.pin.text()
        self.pin.clear()
        return pin

    def _tell_disclosure(self, disclosed: Message | None) -> None:
        """Show what is disclosed beside the report that is signed."""
        if disclosed is None:
            return
        label = QLabel(self._shell.words.say(disclosed), self)
        label.setWordWrap(True)
        self._rows.add("signing_disclosure", N_("Disclosure"), label, wide=True)

    def _ask_key(self) -> None:
        self.role = self._choice("signing_role", N_("Signs as"), ROLES)
        self.place = self._choice("signing_place", N_("The key lies"), PLACES)
        self.key_file = self._file("signing_key", N_("Key file"), KEYS)
        self.module = self._file(
            "signing_module",
            N_("Driver"),
            MODULES,
            N_("The PKCS#11 library that the token's vendor delivers."),
        )
        self.token = self._line("signing_token", N_("Name of the token"))
        self.certificate = self._line(
            "signing_certificate",
            N_("Certificate"),
            N_("Its name on the token; only needed where there are several."),
        )
        self.seal = self._file("signing_seal", N_("Picture of the seal (PNG)"), SEALS)

    def _ask_proof(self) -> None:
        self.level = self._choice("signing_level", N_("Proof of time"), LEVELS)
        self.server = self._line(
            "signing_server",
            N_("Timestamp server"),
            N_("The address that the timestamp authority gave, http or https."),
        )
        self.later = QCheckBox(self)
        self._texts.put(self.later.setText, N_("Without an answer sign all the same"))
        self._rows.add(
            "signing_later",
            N_("If it is silent"),
            self.later,
            N_("The report can be timestamped later."),
        )

    def _choice(self, key: str, label: str, choices: Any) -> Choice:
        box = Choice(self._shell.words, self)
        box.offer(choices)
        box.setCurrentIndex(0)
        self._rows.add(key, label, box)
        return box

    def _line(self, key: str, label: str, help_text: str = "") -> QLineEdit:
        line = QLineEdit(self)
        line.setFixedWidth(_WIDE)
        self._rows.add(key, label, line, help_text)
        return line

    def _file(self, key: str, label: str, kind: Any, help_text: str = "") -> FileField:
        shell = self._shell
        field = FileField(key, label, kind, shell.files, shell.words, self)
        self._rows.add(key, label, field, help_text, wide=True)
        return field

    def _buttons(self) -> QDialogButtonBox:
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel, self)
        self._sign = buttons.button(kinds.Ok)
        self._sign.setProperty("part", "primary")
        self._texts.put(self._sign.setText, N_("Sign"))
        self._texts.name(self._sign, "signing_accept", N_("Sign the report"))
        cancel = buttons.button(kinds.Cancel)
        self._texts.put(cancel.setText, N_("Cancel"))
        self._texts.name(cancel, "signing_cancel", N_("Do not sign"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons

    def _remember(self) -> None:
        """Show what was chosen the last time."""
        chosen = self._shell.preferences.chosen
        self.place.put(chosen.key_place if chosen.key_place == "token" else "file")
        self.key_file.put(None)
        self.module.put(Path(chosen.token_module) if chosen.token_module else None)
        self.token.setText(chosen.token_label)
        known = {key for key, _ in LEVELS}
        level = chosen.signature_level
        self.level.put(level if chosen.timestamp_server and level in known else "b")
        self.server.setText(chosen.timestamp_server)
        self.seal.put(Path(chosen.seal) if chosen.seal else None)

    def _allow(self) -> None:
        """Show what has a say, and offer to sign once all is given."""
        on_token, timed = self.place.value == "token", self.level.value != "b"
        wanted = {
            "signing_key": not on_token,
            "signing_module": on_token,
            "signing_token": on_token,
            "signing_certificate": on_token,
            "signing_seal": self.role.value == "agency",
            "signing_server": timed,
            "signing_later": timed,
        }
        for key, is_wanted in wanted.items():
            self._rows.row(key).want(wanted=is_wanted)
        has_token = self.module.path is not None and bool(self.token.text().strip())
        has_key = has_token if on_token else self.key_file.path is not None
        has_server = not timed or bool(self.server.text().strip())
        self._sign.setEnabled(
            has_key and has_server and self.read.isChecked() and bool(self.pin.text())
        )
