"""Pages before and after what was added: small in the panel, large in a dialog."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QScrollArea,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from valuer.core.texts import N_
from valuer.gui.shell import Shell
from valuer.gui.words import Texts

if TYPE_CHECKING:
    from valuer.reports.page_pictures import Drawn, Pair

SIDES = (("before", N_("Before")), ("after", N_("After")))


class PictureBrowser(QTextBrowser):
    """A text in which ``before:0`` and ``after:0`` are the pages of the first pair."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.pairs: Sequence[Pair] = ()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Return a picture by the name that the text uses; nothing else is loaded."""
        name = QUrl(name)
        place = int(name.path()) if name.path().isdigit() else -1
        if not 0 <= place < len(self.pairs):
            return None
        pair = self.pairs[place]
        drawn = pair.before if name.scheme() == "before" else pair.after
        return None if drawn is None else image(drawn)


def pictures_html(pairs: Sequence[Pair], width: int, shell: Shell) -> str:
    """Return the pairs as rows of a table; a click on one opens it in large."""
    words, tokens = shell.words, shell.theme.tokens
    each = max(80, (width - 40) // 2)
    head = "".join(
        f'<td style="color:{tokens.muted}">{words.tell(t)}</td>' for _, t in SIDES
    )
    rows = [f"<tr>{head}</tr>"]
    for place, pair in enumerate(pairs):
        title = words.tell(N_("Page {page}"), page=pair.page)
        cells = []
        for (side, _), drawn in zip(SIDES, (pair.before, pair.after), strict=True):
            shown = words.tell(N_("No such page"))
            if drawn is not None:
                shown = (
                    f'<a href="large:{place}"><img src="{side}:{place}"'
                    f' width="{each}"></a>'
                )
            cells.append(
                f'<td width="{each}" style="background:{tokens.background}">{shown}</td>'
            )
        rows.append(f'<tr><td colspan="2">{title}</td></tr><tr>{"".join(cells)}</tr>')
    return f'<table cellpadding="3" style="margin-top:6px">{"".join(rows)}</table>'


def show_large(
    pairs: Sequence[Pair], place: int, shell: Shell, parent: QWidget
) -> None:
    """Show one pair in a dialog of its own."""
    if 0 <= place < len(pairs):
        dialog = BeforeAfter(pairs[place], shell, parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


class BeforeAfter(QDialog):
    """One page, before beside after."""

    def __init__(self, pair: Pair, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("before_after")
        texts = Texts(shell.words, self)
        texts.put(self.setWindowTitle, N_("Page {page}"), page=pair.page)
        sheet = QWidget(self)
        grid = QGridLayout(sheet)
        for column, (side, drawn) in enumerate(
            zip(SIDES, (pair.before, pair.after), strict=True)
        ):
            head, page = QLabel(sheet), QLabel(sheet)
            texts.put(head.setText, side[1])
            texts.name(page, f"page_{side[0]}", side[1])
            if drawn is None:
                texts.put(page.setText, N_("No such page"))
            else:
                page.setPixmap(QPixmap.fromImage(image(drawn)))
            grid.addWidget(head, 0, column)
            grid.addWidget(page, 1, column, Qt.AlignmentFlag.AlignTop)
        area = QScrollArea(self)
        area.setWidget(sheet)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(area, 1)
        layout.addWidget(buttons)
        self.resize(1340, 720)


def image(drawn: Drawn) -> QImage:
    """Return a picture as one of Qt's, with bytes of its own."""
    kind = QImage.Format.Format_RGB888
    made = QImage(drawn.pixels, drawn.width, drawn.height, drawn.stride, kind)
    return made.copy()
