"""The dashboard, drawn full in both languages, and looked at by rules."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.agency.test_dashboard import open_board as open_board
from tests.gui.agency.test_dashboard import stocked_library as stocked_library
from tests.gui.agency.test_dashboard import window_of
from tests.gui.agency.test_dashboard import with_ledger as with_ledger
from tests.gui.judging import look_at
from valuer.core.texts import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_dashboard_with_figures(
    open_board, with_ledger: Path, language: str, tmp_path: Path
):
    folder = Path(os.environ.get("VALUER_SCREENS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    board = open_board(with_ledger, language=language)
    window = window_of(board)
    window.resize(1366, 768)
    look_at(window, folder / f"{language}-dashboard.png", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_tile_is_cut_at_the_side_in_the_smallest_window(
    open_board, with_ledger: Path, language: str, qtbot: QtBot
):
    board = open_board(with_ledger, language=language)
    window = window_of(board)
    window.resize(400, 300)
    cards = board.tiles.cards.values()

    def is_whole() -> bool:
        seen = board.tiles.visibleRegion().boundingRect().right()
        return seen >= max(card.geometry().right() for card in cards)

    qtbot.waitUntil(is_whole)
