"""Colours, icons, fonts, tables and preferences."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtGui import QFontInfo, QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QApplication

from valuer.core.resources import resource
from valuer.gui.columns import Columns
from valuer.gui.icons import icon
from valuer.gui.preferences import Preferences
from valuer.gui.tables import RowTable, Table, TableColumn
from valuer.gui.theme import Theme
from valuer.gui.tokens import DARK, LIGHT, Tokens
from valuer.gui.words import Texts, Words

TEXT = ("text", "muted", "accent", "good", "warn", "bad")
STANDS_ON = [
    *((name, ground) for name in TEXT for ground in ("background", "surface")),
    ("text", "selection"),
    ("accent", "selection"),
]


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("name", "ground"), STANDS_ON)
def test_text_stands_out_from_its_ground(tokens: Tokens, name: str, ground: str):
    assert contrast(getattr(tokens, name), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_buttons_and_borders_stand_out(tokens: Tokens):
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    assert contrast(tokens.edge, tokens.surface) >= 3
    assert len(tokens.series) <= 6


def test_every_colour_is_a_colour():
    for tokens in (LIGHT, DARK):
        for field in fields(tokens):
            value = getattr(tokens, field.name)
            for colour in value if isinstance(value, tuple) else (value,):
                assert re.fullmatch("#[0-9a-f]{6}", colour)


ICONS = sorted(path.stem for path in resource("icons").glob("*.svg"))


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_is_drawn_in_its_colour(qapp, name: str):
    drawn = icon(name, "#ff0000").pixmap(16, 16).toImage()
    seen = [drawn.pixelColor(x, y) for x in range(16) for y in range(16)]
    inked = [colour for colour in seen if colour.alpha() > 128]
    assert inked
    if not name.startswith("down_"):
        assert all(colour.red() > 200 and colour.blue() < 60 for colour in inked)


def test_no_icon_is_kept_that_nothing_shows(root: Path):
    code = "\n".join(p.read_text("utf-8") for p in (root / "valuer/gui").rglob("*.py"))
    assert not [name for name in ICONS if f'"{name}"' not in code]


def test_digits_are_of_one_width(qapp):
    Theme("light")
    metrics = QFontMetrics(QApplication.font())
    assert len({metrics.horizontalAdvance(digit * 10) for digit in "0123456789"}) == 1
    assert QFontInfo(QApplication.font()).family() == "Noto Sans SC"


def test_a_choice_of_appearance_is_seen_and_kept(qapp, tmp_path: Path):
    theme = Theme("light")
    theme.choose("dark")
    assert theme.tokens is DARK
    kept = tmp_path / "own" / "preferences.json"
    Preferences(kept).keep(appearance="dark")
    assert Preferences(kept).chosen.appearance == "dark"


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"appearance": 7}', '{"columns": [{}]}', "\xff"]
)
def test_preferences_that_cannot_be_read_count_as_absent(tmp_path: Path, text: str):
    path = tmp_path / "preferences.json"
    path.write_bytes(text.encode("latin-1"))
    assert Preferences(path).chosen.appearance == "system"


def test_preferences_that_cannot_be_written_are_lost_quietly(tmp_path: Path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    preferences = Preferences(blocked / "preferences.json")
    preferences.keep(appearance="dark")
    assert preferences.chosen.appearance == "dark"


def arranged(path: Path) -> Table:
    """Return a table of three columns as the preferences at a path arrange it."""
    words = Words("en")
    table: Table = Table("patents_table", "Name", words)
    words.setParent(table)
    columns = tuple(TableColumn(name, str) for name in ("A", "B", "C"))
    table.setModel(RowTable(columns, words, table))
    table.fit(1, [100, 100, 100])
    Columns(table, Preferences(path))
    return table


def test_columns_stay_as_they_were_arranged(qtbot, tmp_path: Path):
    path = tmp_path / "own" / "preferences.json"
    before = arranged(path)
    qtbot.addWidget(before)
    before.horizontalHeader().moveSection(2, 0)
    before.setColumnWidth(0, 177)
    before.findChild(Columns).keep()
    after = arranged(path)
    qtbot.addWidget(after)
    header = after.horizontalHeader()
    assert [header.logicalIndex(place) for place in range(3)] == [2, 0, 1]
    assert after.columnWidth(0) == 177


@pytest.mark.parametrize(
    "written", ["", "x", "0:100", "0:100 1:100 1:100", "0:9 1:100 2:100", "0 1 2"]
)
def test_columns_arranged_otherwise_count_as_never_arranged(
    qtbot, tmp_path: Path, written: str
):
    path = tmp_path / "own" / "preferences.json"
    Preferences(path).keep_columns("patents_table", written)
    table = arranged(path)
    qtbot.addWidget(table)
    header = table.horizontalHeader()
    assert [header.logicalIndex(place) for place in range(3)] == [0, 1, 2]
    assert table.columnWidth(0) == 100


def test_a_table_copies_numbers_as_numbers(qtbot):
    words = Words("zh_CN")
    table: Table = Table("t", "Name", words)
    qtbot.addWidget(table)
    columns: tuple[TableColumn[tuple[str, str]], ...] = (
        TableColumn("Name", lambda row: row[0]),
        TableColumn("Value", lambda row: row[1], is_number=True),
    )
    model = RowTable(columns, words, table)
    table.setModel(model)
    model.put([("甲, 乙", "1,234.50"), ("丙", "7")])
    table.selectAll()
    table.copy()
    assert QGuiApplication.clipboard().text() == "甲, 乙\t1234.50\n丙\t7"


def test_rows_not_yet_known_are_blank_until_they_are_filled(qtbot):
    words = Words("en")
    model = RowTable((TableColumn("Name", str),), words, words)
    model.put(["a", None, None])
    assert model.index(2, 0).data() == ""
    model.fill(1, ["b", "c"])
    assert model.index(2, 0).data() == "c"


def test_a_text_follows_the_language_until_its_owner_is_gone(qtbot):
    words, seen = Words("zh_CN"), []
    texts = Texts(words, words)
    texts.put(seen.append, "Cancel")
    words.switch("en")
    words.switch("en")
    words.switch("fr")
    assert seen == ["取消", "Cancel"]
