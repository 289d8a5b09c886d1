"""Words along the axes of charts keep clear of each other."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontMetrics
from pytestqt.qtbot import QtBot

from valuer.core.figures import Swing, TornadoFigure
from valuer.gui.chart_room import apart, bars_room, ends_share, in_two

LABELS = [f"{place * 50:,}000000" for place in range(7, 14)]


@pytest.mark.parametrize("room", [120, 220, 400, 900, 2000])
def test_the_labels_shown_do_not_overlap(room: int, qtbot: QtBot):
    font = QFont()
    wide = QFontMetrics(font).horizontalAdvance(LABELS[-1])
    shown = apart(LABELS, font, room)
    assert len(shown) >= 2
    if len(shown) > 2:
        step = room / (len(LABELS) - 1) * (shown[1] - shown[0])
        assert step >= wide


def test_every_label_is_shown_where_there_is_room(qtbot: QtBot):
    assert apart(LABELS, QFont(), 5000) == list(range(len(LABELS)))


@pytest.mark.parametrize("width", [260, 380, 700, 1500])
def test_the_inputs_at_the_ends_of_the_bars_lie_inside(width: int, qtbot: QtBot):
    swing = Swing("Living labour", "954,000.00", "1,166,000.00", 2.0, 2.5)
    figure = TornadoFigure("Sensitivity", "CNY", 2.2, "Value", (swing,))
    font = QFont()
    room = bars_room(figure, font, width)
    side = ends_share(figure, font, room)
    beyond = room * side / (1 + 2 * side)
    wide = QFontMetrics(font).horizontalAdvance(swing.high_input)
    assert beyond >= min(wide, room / 3)


def test_a_long_name_stands_in_two_lines(qtbot: QtBot):
    assert in_two("短", QFont(), 80) == "短"
    assert in_two("委托检测与外协加工费用及管理费用", QFont(), 80).count("\n") == 1
