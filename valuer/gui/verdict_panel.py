"""What can be said of a report file: verdict, signatures, recomputed figures."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from valuer.core.texts import N_
from valuer.gui.icons import picture
from valuer.gui.shell import Shell
from valuer.gui.words import Texts

if TYPE_CHECKING:
    from valuer.gui.reporting import Checked
    from valuer.reports.verifying import SignatureFound

VERDICTS = {
    "intact": ("good", "good", N_("Intact: nothing changed after the signatures")),
    "altered": ("error", "bad", N_("Altered: the file is not as it was signed")),
    "broken": ("error", "bad", N_("Broken: the signatures cannot be evaluated")),
    "unsigned": ("note", "accent", N_("Not signed yet")),
    "unreadable": ("error", "bad", N_("Unreadable: no PDF, or encrypted")),
}
"""Sign, colour and words of each verdict."""

CLOCKS = {
    "claimed": N_("by the signer's own clock"),
    "tsa": N_("by a timestamp authority"),
}


class VerdictPanel(QWidget):
    """Shows the newest check of a file."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._checked: Checked | None = None
        self._sign = QLabel(self)
        self.verdict = QLabel(self)
        self.verdict.setObjectName("report_verdict")
        self.verdict.setWordWrap(True)
        self.body = QTextBrowser(self)
        self.body.setFrameShape(QFrame.Shape.NoFrame)
        self.body.setOpenLinks(False)
        texts = Texts(shell.words, self)
        texts.name(self.body, "report_check", N_("Signatures and recomputed figures"))
        head = QHBoxLayout()
        head.addWidget(self._sign)
        head.addWidget(self.verdict, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self.body, 1)
        shell.words.changed.connect(self._show)
        shell.theme.changed.connect(self._show)
        self._show()

    def put(self, checked: Checked | None) -> None:
        """Show a check, or nothing."""
        self._checked = checked
        self._show()

    def _show(self) -> None:
        words, tokens = self._shell.words, self._shell.theme.tokens
        checked = self._checked
        self._sign.setVisible(checked is not None)
        if checked is None:
            self.verdict.setText("")
            self.body.setHtml("")
            return
        sign, part, text = VERDICTS[str(checked.found.verdict)]
        ratio = self.devicePixelRatioF()
        self._sign.setPixmap(picture(sign, getattr(tokens, part), 20, ratio))
        self.verdict.setText(words.tell(text))
        said = [_part(N_("File"), str(checked.path), self._shell)]
        said += [
            _part(N_("Found"), words.say(one), self._shell)
            for one in checked.found.problems
        ]
        for number, one in enumerate(checked.found.signatures, 1):
            title = words.tell(N_("Signature {number}"), number=number)
            said.append(_part(title, "\n".join(self._signature(one)), self._shell))
        said.append(_part(N_("Figures"), self._recomputed(checked), self._shell))
        self.body.setHtml("".join(said))

    def _signature(self, one: SignatureFound) -> list[str]:
        from valuer.reports.signature_roles import ROLE_NAMES

        words = self._shell.words
        role = words.tell(ROLE_NAMES[one.role]) if one.role else ""
        lines = [" ".join(part for part in (one.signer, role) if part)]
        if one.signed_at is not None:
            at = one.signed_at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
            clock = words.tell(CLOCKS[one.time_source])
            lines.append(words.tell(N_("{at}, {clock}"), at=at, clock=clock))
        intact = N_("Intact") if one.intact else N_("Not intact")
        lines.append(words.tell(intact))
        lines.append(words.tell(self._trust(one)))
        if one.sample:
            text = N_("Made with a sample certificate: without legal effect")
            lines.append(words.tell(text))
        lines += [words.say(problem) for problem in one.problems]
        return lines

    def _trust(self, one: SignatureFound) -> str:
        if self._checked is not None and not self._checked.trusted:
            return N_("No root certificate was chosen to judge the certificate by")
        if one.trusted:
            return N_("The certificate leads to a root that you trust")
        return N_("The certificate leads to none of the roots that you trust")

    def _recomputed(self, checked: Checked) -> str:
        words, figures = self._shell.words, checked.figures
        if figures.why_not is not None:
            return words.say(figures.why_not)
        if figures.match is None:
            return words.tell(N_("Not recomputed yet"))
        if figures.match:
            return words.tell(N_("Recomputed from the attachment: every figure agrees"))
        text = N_("{where}: printed {printed}, recomputed {recomputed}")
        lines = [
            words.tell(text, where=where, printed=printed, recomputed=recomputed)
            for where, printed, recomputed in figures.differences
        ]
        return "\n".join([words.tell(N_("Figures differ:")), *lines])


def _part(label: str, text: str, shell: Shell) -> str:
    muted = shell.theme.tokens.muted
    shown = escape(text).replace("\n", "<br>")
    return (
        f'<p style="margin:10px 0 0 0; color:{muted}">'
        f"{escape(shell.words.tell(label))}</p>"
        f'<p style="margin:2px 0 0 0">{shown}</p>'
    )
