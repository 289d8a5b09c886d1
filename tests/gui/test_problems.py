"""What no one caught: refusals are told, faults are shown without figures."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtGui import QGuiApplication

from valuer.core.problems import Cancelled, UserError
from valuer.gui.dialogs.crash import CrashDialog, details_of
from valuer.gui.main_window import MainWindow
from valuer.gui.problems import Problems


@pytest.fixture
def problems(window: MainWindow) -> Problems:
    return Problems(window)


def fly(error: Exception) -> None:
    raise error


def raised(error: Exception) -> tuple:
    try:
        fly(error)
    except type(error):
        return sys.exc_info()


def shown(window: MainWindow) -> list[CrashDialog]:
    return [d for d in window.findChildren(CrashDialog) if d.isVisible()]


def test_a_fault_is_shown_with_place_and_versions(problems, window):
    problems.handle(*raised(ValueError("the revenue of 某某大学 is 12,345,678")))
    (dialog,) = shown(window)
    dialog.copy()
    copied = QGuiApplication.clipboard().text()
    assert "ValueError" in copied
    assert "test_problems.py" in copied
    assert f"Python {sys.version.split()[0]}" in copied


def test_no_figure_of_a_case_is_in_what_is_copied():
    figure = format(12_345_678, ",")
    try:
        try:
            int(figure)
        except ValueError as cause:
            raise RuntimeError(figure) from cause
    except RuntimeError as error:
        details = details_of(type(error), error, error.__traceback__)
    assert details.index("ValueError") < details.rindex("RuntimeError")
    assert figure not in details


def test_faults_that_follow_each_other_are_shown_once(problems, window):
    for _ in range(3):
        problems.handle(*raised(ZeroDivisionError()))
    assert len(shown(window)) == 1


def test_a_refusal_is_told_in_its_place_and_cancel_is_silent(problems, window):
    problems.handle(*raised(Cancelled()))
    assert not window.notices.isVisible()
    problems.handle(*raised(UserError("The disk is full.")))
    assert window.notices.isVisible()
    assert not shown(window)


def test_what_is_no_refusal_flies_past_the_notices(window):
    with pytest.raises(ZeroDivisionError), window.notices.guard():
        raise ZeroDivisionError
