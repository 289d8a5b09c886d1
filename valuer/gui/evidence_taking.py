"""How evidence comes into the open case: chosen, dropped, or pasted as a picture.

The bytes go into the library first, off the window's thread; then the case tells of
them, one step to undo. What is pasted or dropped is kept as it is and never opened; a
picture on the clipboard has no form of its own and is kept as PNG.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QObject
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPixmap
from PySide6.QtWidgets import QWidget

from valuer.core.engagement import Evidence, EvidenceKind
from valuer.core.evidence import with_evidence
from valuer.core.problems import UserError
from valuer.core.texts import N_, message
from valuer.gui.case_tools import CaseTools

DOCUMENTS = (
    N_("Documents and pictures"),
    (
        "*.pdf *.ofd *.png *.jpg *.jpeg *.tif *.tiff *.bmp *.doc *.docx *.xls *.xlsx"
        " *.txt *.eml *.zip"
    ),
)
PICTURES = (N_("Pictures"), "*.png *.jpg *.jpeg *.tif *.tiff *.bmp *.pdf")

ADD = N_("Add evidence")


class EvidenceTaking(QObject):
    """Takes evidence for one place of the open case, or for the case as a whole.

    What is under way ends well, even when another page is shown meanwhile.
    """

    def __init__(
        self,
        tools: CaseTools,
        page: QWidget,
        about: str = "",
        kind: EvidenceKind = EvidenceKind.OTHER,
    ) -> None:
        super().__init__(page)
        self._tools, self._shell, self._page = tools, tools.shell, page
        self._about, self._kind = about, kind

    def choose(self) -> None:
        """Ask for files and take them."""
        title = N_("Add evidence")
        paths = self._shell.files.open_many(self._page, title, DOCUMENTS)
        self.take_files(paths)

    def choose_picture(self) -> None:
        """Ask for the picture of a source and take it."""
        title = N_("Picture of the source")
        path = self._shell.files.open_one(self._page, title, PICTURES)
        self.take_files([path] if path is not None else [])

    def paste(self) -> None:
        """Take the picture, or the files, on the clipboard."""
        with self._shell.notices.guard():
            self.take(QGuiApplication.clipboard().mimeData())

    def take(self, held: QMimeData) -> None:
        """Take what was dropped or copied.

        Raises:
            UserError: it is neither a picture nor a file.
        """
        paths = local_files(held)
        if paths:
            self.take_files(paths)
            return
        picture = _image(held)
        if picture.isNull():
            text = N_(
                "The clipboard holds neither a picture nor a file. Copy one, then paste."
            )
            raise UserError(text)
        self.take_picture(picture)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Take files, all of them or none."""
        if paths:
            documents = self._shell.desk.documents
            self._shell.tasks.start(
                partial(documents.take_files, list(paths)),
                self._tell,
                self._shell.notices.refuse,
                owner=self._tools.open_case,
                title=message(N_("Adding evidence")),
            )

    def take_picture(self, picture: QImage) -> None:
        """Take a picture as PNG, under the name of this moment."""
        now = self._shell.desk.clock().astimezone()
        text = N_("Picture {moment}.png")
        name = self._shell.words.tell(text, moment=f"{now:%Y-%m-%d %H%M%S}")
        documents = self._shell.desk.documents
        self._shell.tasks.start(
            lambda _: documents.take([(name, as_png(picture))]),
            lambda found: self._tell(
                [replace(one, obtained=now.date()) for one in found]
            ),
            self._shell.notices.refuse,
            owner=self._tools.open_case,
            title=message(N_("Adding evidence")),
        )

    def _tell(self, found: Sequence[Evidence]) -> None:
        """Let the case tell of what was taken up."""
        open_case = self._tools.open_case
        told = [replace(one, about=self._about, kind=self._kind) for one in found]
        after = with_evidence(open_case.case, told)
        with self._shell.notices.guard():
            if after is open_case.case:
                text = N_("{file} is there already; nothing was added.")
                raise UserError(text, file=found[0].name)
            open_case.change(ADD, after)


def as_png(picture: QImage) -> bytes:
    """Return a picture as PNG, without what its program wrote beside it."""
    plain = QImage(picture)
    for key in plain.textKeys():
        plain.setText(key, "")
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(held, b"PNG").write(plain)
    return bytes(held.data().data())


def _image(held: QMimeData) -> QImage:
    """Return the picture that is held, or one of no size."""
    found = held.imageData() if held.hasImage() else None
    if isinstance(found, QPixmap):
        return found.toImage()
    return found if isinstance(found, QImage) else QImage()


def local_files(held: QMimeData) -> list[Path]:
    """Return the files that were copied or are dragged."""
    return [Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile()]
