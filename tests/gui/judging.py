"""Pictures of the window, looked at by rules: what is cut, unnamed or not translated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTextBrowser,
    QWidget,
)

from valuer.gui.elided import ElidedLabel

# Abbreviations and names that are the same in Chinese.
SAME = re.compile(
    r"(?:[/\\][\w.~-]+)+|"
    r"Valuer|English|Sobol|Iman|Conover|rNPV|CAPM|WACC|WARA|IRR|LSLP|JSON|[A-Z]{3,6}(?=）)|"
    r"PKCS#12|UKey|PDF|PIN|IPC|PCT|PERT|SHA-256|IVS 210 Intangible Assets,"
    r" relief-from-royalty method|\b(CN|B|C|P|SHA)\d+\w*|\b\w+@[\w.-]+|\w+\.(pdf|p12|valuer)"
    r"|\b[A-Za-zρτ]\b|\bCNY\b|\b[0-9a-f]{8,64}\b"
)
ENGLISH = re.compile(r"[A-Za-z]{2,}")
CAPITALS = re.compile("人民币[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整]+")
CHINESE = re.compile(r"[\u4e00-\u9fff]")

# Acted upon by the user; Qt's own parts inside them are theirs to name.
ACTED_ON = (
    QAbstractButton,
    QLineEdit,
    QComboBox,
    QAbstractItemView,
    QPlainTextEdit,
    QTextBrowser,
    QTabBar,
)

# Chinese in whichever language: names of files and of the language itself.
FACTS = {"空库", "案卷", "专利库", "中文"}


def look_at(shown: QWidget, path: Path, language: str) -> None:
    """Draw and judge a window."""
    for _ in range(3):  # a layout may ask for another one
        QApplication.sendPostedEvents()
        QApplication.processEvents()
    picture = shown.grab()
    assert picture.save(str(path))
    image = picture.toImage()
    colours = {
        image.pixel(x, y)
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 3)
    }
    assert len(colours) > 20, "the picture is blank"
    faults = [*cut_texts(shown), *unnamed(shown), *foreign(shown, language)]
    assert not faults, "\n".join(faults)


def in_sight(shown: QWidget, *kinds: type[QWidget]) -> list[QWidget]:
    found = [
        widget
        for kind in kinds
        for widget in shown.findChildren(kind)
        if widget.isVisible() and not is_of_qt(widget)
    ]
    return list(dict.fromkeys(found))


def is_of_qt(widget: QWidget) -> bool:
    """Whether Qt made it: clear buttons, scroll bars, corners, viewports."""
    parent = widget.parentWidget()
    return (
        widget.objectName().startswith("qt_")
        or isinstance(widget, QScrollBar | QHeaderView)
        or isinstance(parent, QLineEdit | QComboBox | QTabBar)
        or (
            isinstance(parent, QAbstractItemView)
            and isinstance(widget, QAbstractButton)
        )
    )


def cut_texts(shown: QWidget) -> Iterator[str]:
    for label in in_sight(shown, QLabel):
        if label.text() and not label.pixmap():
            yield from cut_label(label)
    for button in in_sight(shown, QAbstractButton):
        if button.text() and button.width() < button.sizeHint().width() - 1:
            yield f"button {button.text()!r} is cut"
    for tabs in in_sight(shown, QTabBar):
        if tabs.width() < tabs.sizeHint().width():
            yield f"tabs {tabs.objectName()} are cut"
    for box in in_sight(shown, QComboBox):
        if width_of(box, box.currentText()) > box.width() - 34:
            yield f"choice {box.currentText()!r} is cut"
    for view in in_sight(shown, QAbstractItemView):
        yield from cut_heads(view)
    for field in in_sight(shown, QLineEdit):
        is_fixed = field.maximumWidth() < 2000
        if is_fixed and width_of(field, field.text()) > field.width() - 14:
            yield f"field {field.objectName()} cuts {field.text()!r}"
    yield from out_of_bounds(shown)


def cut_label(label: QLabel) -> Iterator[str]:
    inside = label.contentsRect()
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        if needed > label.height() + 1:
            yield f"text {label.text()!r} is cut below"
    elif max(width_of(label, line) for line in label.text().splitlines()) > (
        inside.width() + 1
    ):
        yield f"text {label.text()!r} is cut"


def cut_heads(view: QWidget) -> Iterator[str]:
    for header in view.findChildren(QHeaderView):
        if not header.isVisible() or header.model() is None:
            continue
        for section in range(header.count()):
            head = header.model().headerData(section, header.orientation())
            if header.isSectionHidden(section) or not head:
                continue
            across = header.orientation() is Qt.Orientation.Horizontal
            room = header.sectionSize(section) if across else header.width()
            if width_of(header, str(head)) + 12 > room:
                yield f"head {head!r} of {view.objectName()} is cut"


def out_of_bounds(shown: QWidget) -> Iterator[str]:
    for widget in in_sight(shown, QLabel, *ACTED_ON):
        parent = widget.parentWidget()
        if parent is None or isinstance(parent.parentWidget(), QAbstractScrollArea):
            continue
        if not QRect(0, 0, parent.width(), parent.height()).contains(widget.geometry()):
            yield f"{widget} reaches out of {parent}"


def width_of(widget: QWidget, text: str) -> int:
    return widget.fontMetrics().horizontalAdvance(text.replace("&", ""))


def unnamed(shown: QWidget) -> Iterator[str]:
    seen: set[str] = set()
    for widget in in_sight(shown, *ACTED_ON):
        name = widget.objectName()
        if not name:
            yield f"{widget} has no name"
        if name in seen:
            yield f"{name} is the name of two"
        seen.add(name)
        if not widget.accessibleName():
            yield f"{widget} has nothing to be read out"


def foreign(shown: QWidget, language: str) -> Iterator[str]:
    """Tell texts of the other language; facts of the case are in Chinese."""
    for text in said(shown):
        if language == "zh_CN":
            if ENGLISH.search(SAME.sub("", text)):
                yield f"not Chinese: {text!r}"
        elif CHINESE.search(CAPITALS.sub("", without(FACTS, text))):
            yield f"not English: {text!r}"


def without(facts: set[str], text: str) -> str:
    for fact in sorted(facts, key=len, reverse=True):
        text = text.replace(fact, "")
    return text


def said(shown: QWidget) -> Iterator[str]:
    yield shown.windowTitle()
    for widget in in_sight(shown, QWidget):
        yield widget.accessibleName()
        yield widget.accessibleDescription()
        yield widget.toolTip()
    for label in in_sight(shown, QLabel, QAbstractButton):
        yield label.whole if isinstance(label, ElidedLabel) else label.text()
    for field in in_sight(shown, QLineEdit):
        yield field.placeholderText()
    for box in in_sight(shown, QComboBox):
        yield from (box.itemText(number) for number in range(box.count()))
    for tabs in in_sight(shown, QTabBar):
        yield from (tabs.tabText(number) for number in range(tabs.count()))
    for view in in_sight(shown, QAbstractItemView):
        for header in view.findChildren(QHeaderView):
            if header.isVisible() and header.model() is not None:
                for section in range(header.count()):
                    head = header.model().headerData(section, header.orientation())
                    yield str(head or "")
