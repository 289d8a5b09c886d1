"""What goes out of the quality page: the workbook, and the report to be signed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from tests.gui.agency.metrics_shown import ALL, Shown, settle
from tests.gui.judging import cut_texts, out_of_bounds, unnamed
from valuer.agency.credit_events import Subject
from valuer.agency.credit_packs import SubjectKind
from valuer.agency.credit_subjects import KnownSubject
from valuer.agency.metric import Grouping
from valuer.core.texts import LANGUAGES
from valuer.gui.agency.metrics_filters import Filter, Period
from valuer.gui.agency.metrics_table import LEAST, NAME
from valuer.gui.pages.metrics import MetricsPage


def test_the_workbook_holds_what_the_page_shows(
    show: Shown, hand_library, tmp_path: Path, qtbot: QtBot, monkeypatch
):
    page = show(hand_library)
    path = tmp_path / "质量指标.xlsx"
    monkeypatch.setattr(page._shell.files, "save", lambda *_: path)
    page.exporting.click()
    qtbot.waitUntil(path.exists, timeout=20000)
    notice = page._shell.notices.text
    qtbot.waitUntil(lambda: str(path) in notice.text())
    book = load_workbook(path)
    cells = list(book["Metrics"].iter_rows(values_only=True))
    (line,) = [row for row in cells if row[0] == "Q01"]
    assert line[2:4] == (7, 3)


def test_a_file_goes_on_being_written_when_another_choice_is_made(
    show: Shown, hand_library, tmp_path: Path, qtbot: QtBot
):
    page = show(hand_library)
    path = tmp_path / "质量指标.xlsx"
    page.write_workbook(path)
    page.filters.put(replace(ALL, by=Grouping.AGENT))
    page.filters.put(Filter(Period.LAST))
    qtbot.waitUntil(path.exists, timeout=20000)
    settle(page, qtbot)


def test_the_report_is_built_shown_and_recomputed(
    show: Shown, hand_library, tmp_path: Path, qtbot: QtBot, monkeypatch
):
    page = show(hand_library)
    page.reporting.click()
    sheet = page.report
    assert sheet is not None
    assert sheet.isVisible()
    assert not sheet._sign.isEnabled()
    sheet.agency.put("某某知识产权代理事务所")
    sheet._people[0][0].put("周以宁")
    path = tmp_path / "质量报告.pdf"
    monkeypatch.setattr(page._shell.files, "save", lambda *_: path)
    sheet.choose_place()
    qtbot.waitUntil(lambda: sheet.checked is not None, timeout=60000)
    assert path.read_bytes().startswith(b"%PDF")
    assert sheet._sign.isEnabled()
    assert sheet.wish.people[0].name == "周以宁"
    assert sheet.wish.numbered == (Grouping.CLIENT,)
    qtbot.waitUntil(lambda: sheet.checked.figures.match is not None, timeout=60000)
    assert sheet.checked.figures.match
    sheet.left.emit()
    assert page.table.isVisible()


def test_a_report_without_the_name_of_the_agency_is_refused_in_words(
    show: Shown, hand_library, tmp_path: Path, qtbot: QtBot
):
    page = show(hand_library)
    page.show_report()
    path = tmp_path / "质量报告.pdf"
    page.report.build(path)
    notice = page._shell.notices
    qtbot.waitUntil(notice.isVisible, timeout=20000)
    assert "name" in notice.text.text()
    assert not path.exists()


def faults(page: MetricsPage) -> list[str]:
    return [*cut_texts(page), *out_of_bounds(page), *unnamed(page)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_or_unnamed_in_a_small_window(
    show: Shown, invented_library, language: str, qtbot: QtBot
):
    page = show(invented_library, language=language)
    page.resize(1000, 640)
    page.filters.put(replace(ALL, by=Grouping.AGENT))
    settle(page, qtbot)
    for key in ("Q01", "Q07_filing", "Q07"):
        page.table.choose(key)
        for tab in range(page.detail.tabs.count()):
            page.detail.tabs.setCurrentIndex(tab)
            settle(page, qtbot)
            qtbot.wait(1)
            assert not faults(page), (key, tab)
    page.show_report()
    qtbot.wait(1)
    assert not faults(page)


def test_metrics_keep_their_names_in_a_narrow_window(show: Shown, hand_library):
    page = show(hand_library)
    for width in (700, 1400, 700):
        page.table.resize(width, 300)
        assert page.table.columnWidth(NAME) >= LEAST


def test_the_report_begins_with_the_name_of_the_agency_that_is_scored(
    show: Shown, hand_library
):
    page = show(hand_library)
    subject = Subject(SubjectKind.AGENCY, "32100")
    page._shell.desk.credit.put_subject(KnownSubject(subject, "某某专利代理事务所"))
    page.show_report()
    assert page.report.agency.value == "某某专利代理事务所"
