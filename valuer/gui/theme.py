"""The look of the window: Fusion, our palette, our font, a short style sheet."""

from __future__ import annotations

from pylopdf_fonts_zh_cn import sans_path
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from valuer.core.resources import resource
from valuer.gui.tokens import DARK, HEADING, LIGHT, ROW, TEXT, VALUE, Tokens

APPEARANCES = ("system", "light", "dark")
"""What the user may choose; ``system`` follows the desktop."""


class Theme(QObject):
    """The appearance of the moment."""

    changed = Signal()

    def __init__(self, appearance: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.appearance = appearance
        self.tokens = LIGHT
        _application().styleHints().colorSchemeChanged.connect(self._follow)
        _dress_font()
        self._dress()

    def choose(self, appearance: str) -> None:
        """Take an appearance, one of ``APPEARANCES``."""
        if appearance != self.appearance:
            self.appearance = appearance
            self._dress()
            self.changed.emit()

    def _follow(self) -> None:
        if self.appearance == "system":
            self._dress()
            self.changed.emit()

    def _dress(self) -> None:
        self.tokens = DARK if self._is_dark() else LIGHT
        application = _application()
        application.setStyle("Fusion")
        application.setPalette(_palette(self.tokens))
        application.setStyleSheet(_sheet(self.tokens))

    def _is_dark(self) -> bool:
        if self.appearance != "system":
            return self.appearance == "dark"
        scheme = _application().styleHints().colorScheme()
        return scheme is Qt.ColorScheme.Dark


def _application() -> QApplication:
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise TypeError("the window needs a QApplication")
    return application


def _dress_font() -> None:
    # The bundled font costs 3 ms, and the window is the same on every system.
    added = QFontDatabase.addApplicationFont(str(sans_path()))
    families = QFontDatabase.applicationFontFamilies(added) if added >= 0 else []
    font = QFont([*families, QFont().family()])
    font.setPixelSize(TEXT)
    font.setFeature(QFont.Tag("tnum"), 1)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    _application().setFont(font)


def _palette(t: Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    colours = {
        role.Window: t.background,
        role.WindowText: t.text,
        role.Base: t.surface,
        role.AlternateBase: t.background,
        role.Text: t.text,
        role.PlaceholderText: t.muted,
        role.Button: t.surface,
        role.ButtonText: t.text,
        role.BrightText: t.on_accent,
        role.ToolTipBase: t.surface,
        role.ToolTipText: t.text,
        role.Highlight: t.selection,
        role.HighlightedText: t.text,
        role.Link: t.accent,
        role.LinkVisited: t.accent,
        role.Accent: t.accent,
        role.Light: t.surface,
        role.Midlight: t.line,
        role.Mid: t.line,
        role.Dark: t.edge,
        role.Shadow: t.edge,
    }
    for key, colour in colours.items():
        palette.setColor(key, QColor(colour))
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, QColor(t.muted))
    return palette


def _arrow(t: Tokens) -> str:
    name = "down_dark" if t is DARK else "down_light"
    return resource(f"icons/{name}.svg").as_posix()


def _sheet(t: Tokens) -> str:
    # Chosen by the property "part", never by class alone: Qt's dialogs stay Qt's.
    return f"""
*[part="heading"] {{ font-size: {HEADING}px; color: {t.text}; }}
*[part="value"] {{ font-size: {VALUE}px; color: {t.text}; }}
*[part="muted"] {{ color: {t.muted}; }}
*[part="good"] {{ color: {t.good}; }}
*[part="warn"] {{ color: {t.warn}; }}
*[part="bad"] {{ color: {t.bad}; }}
*[part="rail"] {{ background: {t.background}; border: 0;
  border-right: 1px solid {t.line}; }}
*[part="strip"], *[part="bar"] {{ background: {t.surface}; border: 0;
  border-bottom: 1px solid {t.line}; }}
*[part="notice"] {{ background: {t.surface}; border: 0;
  border-bottom: 1px solid {t.line}; }}
*[part="page"] {{ background: {t.surface}; }}
*[part="why"] {{ background: {t.background}; border: 0;
  border-left: 1px solid {t.line}; }}
*[part="why"] QTextBrowser {{ background: {t.background}; color: {t.text}; }}
QFrame[part="card"] {{ background: {t.surface}; border: 1px solid {t.line};
  border-radius: 4px; }}
QFrame[part="row"] {{ background: {t.surface}; border: 1px solid transparent;
  border-radius: 4px; }}
QFrame[part="card"]:hover, QFrame[part="row"]:hover {{ background: {t.selection}; }}
QFrame[part="card"]:focus, QFrame[part="row"]:focus {{ border: 1px solid {t.accent}; }}
QScrollArea[part="page"], QScrollArea[part="page"] > #qt_scrollarea_viewport > QWidget {{
  background: {t.surface}; }}
QPushButton, QComboBox, QLineEdit {{ min-height: {ROW - 4}px; }}
QPushButton {{ padding: 0 12px; border: 1px solid {t.edge}; border-radius: 4px;
  background: {t.surface}; color: {t.text}; }}
QPushButton:hover {{ background: {t.selection}; }}
QPushButton:pressed {{ background: {t.line}; }}
QPushButton:disabled {{ color: {t.muted}; border-color: {t.line}; }}
QPushButton:focus {{ border: 2px solid {t.accent}; padding: 0 11px; }}
QPushButton[part="primary"] {{ background: {t.accent}; color: {t.on_accent};
  border-color: {t.accent}; }}
QPushButton[part="primary"]:disabled {{ background: {t.line}; color: {t.muted};
  border-color: {t.line}; }}
QPushButton[part="primary"]:focus {{ border: 2px solid {t.text}; }}
QLineEdit, QPlainTextEdit, QComboBox {{ border: 1px solid {t.edge};
  border-radius: 4px; padding: 0 6px; background: {t.surface}; color: {t.text};
  selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{
  border: 2px solid {t.accent}; padding: 0 5px; }}
QLineEdit:read-only, QPlainTextEdit:read-only, QLineEdit:disabled,
QPlainTextEdit:disabled, QComboBox:disabled {{ border-color: {t.line}; background: {t.background}; }}
QLineEdit[wrong="true"] {{ border: 2px solid {t.bad}; padding: 0 5px; }}
QComboBox::drop-down {{ border: 0; width: 22px; }}
QComboBox::down-arrow {{ image: url("{_arrow(t)}"); width: 14px; height: 14px; }}
QComboBox QAbstractItemView {{ background: {t.surface}; border: 1px solid {t.edge}; }}
QToolButton {{ border: 2px solid transparent; border-radius: 4px; padding: 2px; }}
QToolButton[part="gate"] {{ padding: 0; margin-left: -2px; }}
QToolButton[part="menu"] {{ padding-right: 16px; }}
QToolButton[part="chip"] {{ padding: 2px 8px; background: {t.selection}; }}
QToolButton:hover {{ background: {t.selection}; }}
*[part="rail"] QToolButton:hover:!checked {{ background: {t.surface}; }}
QToolButton:focus {{ border-color: {t.accent}; }}
QToolButton:checked {{ background: {t.selection}; color: {t.accent}; }}
QTableView, QListView {{ border: 1px solid {t.line}; gridline-color: {t.line};
  background: {t.surface}; alternate-background-color: {t.background};
  selection-background-color: {t.selection}; selection-color: {t.text}; }}
QTableView::item {{ padding: 0 6px; }}
QTableView::item:selected {{ background: {t.selection}; color: {t.text}; }}
QTableView:focus, QListView:focus {{ border: 1px solid {t.accent}; }}
QHeaderView::section {{ background: {t.background}; color: {t.muted}; border: 0;
  border-right: 1px solid {t.line}; border-bottom: 1px solid {t.line};
  padding: 0 6px; min-height: {ROW - 2}px; }}
QTableCornerButton::section {{ background: {t.background}; border: 0;
  border-right: 1px solid {t.line}; border-bottom: 1px solid {t.line}; }}
QTabBar::tab {{ padding: 6px 14px; border: 0; border-bottom: 2px solid transparent;
  color: {t.muted}; background: transparent; }}
QTabBar::tab:selected {{ color: {t.accent}; border-bottom-color: {t.accent}; }}
QTabBar::tab:focus {{ color: {t.text}; }}
QStatusBar {{ background: {t.background}; border-top: 1px solid {t.line}; }}
QStatusBar::item {{ border: 0; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QSplitter::handle {{ background: {t.line}; }}
QToolTip {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.edge}; }}
"""
