"""The strip tells what the gate finds, not only what the valuation does."""

from __future__ import annotations

from dataclasses import replace

from pytestqt.qtbot import QtBot

from valuer.gui.main_window import MainWindow
from valuer.gui.pages.case import CaseView
from valuer.reports.gate import check_case
from valuer.reports.sections.kinds import kind_of

PATIENCE = 60_000


def test_the_strip_counts_what_the_gate_finds_and_tells_it(
    window: MainWindow, view: CaseView, qtbot: QtBot
):
    strip, valuations = view.strip, view.valuations
    watch = strip.watch
    qtbot.waitUntil(lambda: watch.gate is not None and watch.is_new, timeout=PATIENCE)
    case, valuation = view.open_case.case, valuations.valuation
    assert valuation is not None
    gate = check_case(case, valuation, kind_of(case.house.kind))
    assert len(gate.unanswered) > len(valuation.issues)
    assert str(len(gate.unanswered)) in strip.gate.text()
    strip.gate.click()
    told = window.why.body.toPlainText()
    words = window.shell.words
    assert all(words.say(one.message) in told for one in gate.unanswered)

    former = watch.gate
    changed = replace(case, assumptions=())
    view.open_case.change("…", changed)
    qtbot.waitUntil(lambda: watch.gate is not former and watch.is_new, timeout=PATIENCE)
    assert watch.gate is not None
    assert "assumptions_missing" in {one.check for one in watch.gate.warnings}
