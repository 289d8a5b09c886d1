"""What can be said of a report file: verdict, signatures, additions, figures, register.

Texts and pictures of what was added stand in one document that scrolls. The pictures,
and what the register says, are found in the background after the rest is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from valuer.core.problems import UserError
from valuer.core.texts import N_, Message, message
from valuer.gui.added_pages import PictureBrowser, pictures_html, show_large
from valuer.gui.fields import Choice
from valuer.gui.icons import picture
from valuer.gui.shell import Shell
from valuer.gui.tasks import Task
from valuer.gui.words import Texts

if TYPE_CHECKING:
    from valuer.core.progress import Progress
    from valuer.gui.desk import Desk
    from valuer.gui.reporting import Checked
    from valuer.reports.page_pictures import Pair
    from valuer.reports.verifying import SignatureFound

VERDICTS = {
    "intact": ("good", "good", N_("Intact: nothing changed after the signatures")),
    "altered": ("error", "bad", N_("Altered: the file is not as it was signed")),
    "broken": ("error", "bad", N_("Broken: the signatures cannot be evaluated")),
    "unsigned": ("note", "accent", N_("Not signed yet")),
    "unreadable": ("error", "bad", N_("Unreadable: no PDF, or encrypted")),
}
"""Sign, colour and words of each verdict."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked up in the background.

    Attributes:
        issued: what the register of the library says.
        pairs: pages before and after what was added.
    """

    issued: tuple[Message, ...] = ()
    pairs: tuple[Pair, ...] = ()


class VerdictPanel(QWidget):
    """Shows the newest check of a file; ``changed`` tells the first page added to."""

    changed = Signal(int)

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._checked: Checked | None = None
        self._looking: Task | None = None
        self.looked: Looked | None = None
        self._sign = QLabel(self)
        self.verdict = QLabel(self)
        self.verdict.setObjectName("report_verdict")
        self.verdict.setWordWrap(True)
        texts = Texts(shell.words, self)
        self.since = Choice(shell.words, self)
        texts.name(self.since, "verdict_since", N_("Show what was added after"))
        self.since.committed.connect(self._look)
        self.body = PictureBrowser(self)
        self.body.setFrameShape(QFrame.Shape.NoFrame)
        self.body.setOpenLinks(False)
        self.body.anchorClicked.connect(self._enlarge)
        texts.name(self.body, "report_check", N_("Signatures and recomputed figures"))
        head = QHBoxLayout()
        head.addWidget(self._sign)
        head.addWidget(self.verdict, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self.since)
        layout.addWidget(self.body, 1)
        shell.words.changed.connect(self._show)
        shell.theme.changed.connect(self._show)
        self._show()

    def put(self, checked: Checked | None) -> None:
        """Show a check, or nothing."""
        former, self._checked = self._checked, checked
        if checked is None or former is None or former.found != checked.found:
            self.looked = None
            self._offer()
            self._look()
            self.body.verticalScrollBar().setValue(0)
        else:
            self._show()

    def _offer(self) -> None:
        """Offer every signature after which something may have been added."""
        found = self._checked.found.signatures if self._checked else ()
        text = N_("Added after signature {number}, {signer}")
        self.since.offer(
            [
                (number, message(text, number=number, signer=one.signer))
                for number, one in enumerate(found, 1)
                if one.end
            ]
        )
        self.since.setCurrentIndex(self.since.count() - 1)
        added = self._checked.found.additions if self._checked else ()
        refused = [one.after_signature for one in added if not one.allowed]
        if refused:  # a later signature may cover what was added before it
            self.since.put(max(1, min(refused)))
        self.since.setVisible(self.since.count() > 1)

    def _look(self) -> None:
        """Find the pictures and the register's line, in the background."""
        if self._looking is not None:
            self._looking.cancel()
        self._show()
        if self._checked is None:
            return
        self._looking = self._shell.tasks.start(
            partial(_looked, self._checked, self.since.value, self._shell.desk),
            self._take,
            self._shell.notices.refuse,
            owner=self,
        )

    def _take(self, looked: Looked) -> None:
        self.looked = looked
        self._show()
        if looked.pairs:
            self.changed.emit(min(pair.page for pair in looked.pairs))

    def _enlarge(self, link: QUrl) -> None:
        if self.looked is not None and self._checked is not None:
            place = int(link.path() or 0)
            show_large(self.looked.pairs, place, self._shell, self)

    def _show(self) -> None:
        words, tokens = self._shell.words, self._shell.theme.tokens
        checked = self._checked
        self._sign.setVisible(checked is not None)
        if checked is None:
            self.verdict.setText("")
            self.since.hide()
            self.body.setHtml("")
            return
        sign, part, text = VERDICTS[str(checked.found.verdict)]
        ratio = self.devicePixelRatioF()
        self._sign.setPixmap(picture(sign, getattr(tokens, part), 20, ratio))
        self.verdict.setText(words.tell(text))
        self.verdict.setToolTip(self._definitions(between="\n\n"))
        place = self.body.verticalScrollBar().value()
        self.body.pairs = self.looked.pairs if self.looked else ()
        self.body.setHtml("".join(self._parts(checked)))
        self.body.verticalScrollBar().setValue(place)

    def _parts(self, checked: Checked) -> Iterator[str]:
        shell = self._shell
        yield _part(N_("File"), str(checked.path), shell)
        for problem in checked.found.problems:
            yield _part(N_("Found"), shell.words.say(problem), shell)
        is_refused = any(not one.allowed for one in checked.found.additions)
        if is_refused:  # what somebody looks for first, where it stands
            yield from self._added(checked)
        for number, one in enumerate(checked.found.signatures, 1):
            title = shell.words.tell(N_("Signature {number}"), number=number)
            yield _part(title, "\n".join(self._signature(one)), shell)
        if checked.found.empty:
            names = "\n".join(checked.found.empty)
            yield _part(N_("Signature fields without a signature"), names, shell)
        if not is_refused:
            yield from self._added(checked)
        yield _part(N_("Figures"), self._recomputed(checked), shell)
        issued = self.looked.issued if self.looked else ()
        if issued:
            lines = "\n".join(shell.words.say(one) for one in issued)
            yield _part(N_("Register of this library"), lines, shell)
        yield _part(N_("What the verdicts mean"), self._definitions("\n"), shell)

    def _signature(self, one: SignatureFound) -> list[str]:
        from valuer.reports.signature_roles import ROLE_NAMES
        from valuer.reports.verdict_words import level_text

        words = self._shell.words
        role = words.tell(ROLE_NAMES[one.role]) if one.role else ""
        lines = [" ".join(part for part in (one.signer, role) if part)]
        if one.signed_at is not None:
            at = one.signed_at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
            lines.append(words.tell(N_("{at}, {clock}"), at=at, clock=self._clock(one)))
        intact = words.tell(N_("Intact") if one.intact else N_("Not intact"))
        level = words.say(level_text(one.level))
        lines.append(words.tell(N_("{intact}; {level}"), intact=intact, level=level))
        if one.chain:
            chain = " ← ".join(one.chain)
            lines.append(words.tell(N_("Certificates: {chain}"), chain=chain))
        lines.append(words.tell(self._trust(one)))
        if one.sample:
            text = N_("Made with a sample certificate: without legal effect")
            lines.append(words.tell(text))
        lines += [words.say(problem) for problem in (*one.problems, *one.notes)]
        return lines

    def _clock(self, one: SignatureFound) -> str:
        from valuer.reports.verdict_words import CLOCKS

        if one.time_source == "tsa" and one.time_trusted:
            return self._shell.words.tell(N_("trusted timestamp"))
        return self._shell.words.tell(CLOCKS[one.time_source])

    def _trust(self, one: SignatureFound) -> str:
        if self._checked is not None and not self._checked.trusted:
            return N_("No root certificate was chosen to judge the certificate by")
        if one.trusted:
            return N_("The certificate leads to a root that you trust")
        return N_("The certificate leads to none of the roots that you trust")

    def _added(self, checked: Checked) -> Iterator[str]:
        """Yield what was added after the signature chosen, and its pictures."""
        from valuer.reports.verdict_words import addition_texts

        since, words = self.since.value, self._shell.words
        if since is None:
            return
        added = checked.found.additions
        told = addition_texts([one for one in added if one.after_signature >= since])
        lines = "\n".join(words.say(one) for one in told)
        title = words.tell(N_("Added after signature {number}"), number=since)
        yield _part(title, lines or words.tell(N_("Nothing")), self._shell)
        if self.looked is not None and self.looked.pairs:
            width = self.body.viewport().width()
            yield pictures_html(self.looked.pairs, width, self._shell)

    def _recomputed(self, checked: Checked) -> str:
        words, figures = self._shell.words, checked.figures
        if figures.why_not is not None:
            text = N_("The figures cannot be recomputed. {reason}")
            return words.tell(text, reason=words.say(figures.why_not))
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

    def _definitions(self, between: str) -> str:
        from valuer.reports.verdict_words import MEANINGS, RULE
        from valuer.reports.verdicts import VERDICT_NAMES

        words = self._shell.words
        lines = [
            words.tell(
                N_("{verdict}: {meaning}"),
                verdict=words.tell(VERDICT_NAMES[one]),
                meaning=words.tell(meaning),
            )
            for one, meaning in MEANINGS.items()
        ]
        return between.join([*lines, words.tell(RULE)])


def _looked(
    checked: Checked, since: int | None, desk: Desk, progress: Progress
) -> Looked:
    """Return what is found in the background; the register may be out of reach."""
    from valuer.gui.issued import issued_texts
    from valuer.reports.page_pictures import pairs

    found = checked.found
    try:
        issued = issued_texts(desk, checked.pdf)
    except UserError as error:
        issued = (error.wording,)
    if since is None:
        return Looked(issued)
    added = [one for one in found.additions if one.after_signature >= since]
    end = found.signatures[since - 1].end
    if not added:
        return Looked(issued)
    return Looked(issued, pairs(checked.pdf, end, added, progress))


def _part(label: str, text: str, shell: Shell) -> str:
    muted = shell.theme.tokens.muted
    shown = escape(text).replace("\n", "<br>")
    return (
        f'<p style="margin:10px 0 0 0; color:{muted}">'
        f"{escape(shell.words.tell(label))}</p>"
        f'<p style="margin:2px 0 0 0">{shown}</p>'
    )
