"""The history: every revision, the difference of any two, and the way back."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from valuer.core.case import Run
from valuer.core.texts import say
from valuer.gui.open_case import OpenCase
from valuer.gui.pages.case import CaseView
from valuer.gui.pages.history import HistoryPage
from valuer.gui.trail_file import harmless, trail_file
from valuer.gui.words import Words
from valuer.store.revision_rows import Revision


@pytest.fixture
def open_case(view: CaseView) -> OpenCase:
    return view.open_case


@pytest.fixture
def page(view: CaseView) -> HistoryPage:
    page = view.page("history")
    assert isinstance(page, HistoryPage)
    return page


def numbers(page: HistoryPage) -> list[int]:
    return [row.number for row in page.table.rows]


def told(page: HistoryPage) -> list[str]:
    return [say(one.wording, "en") for one in page.found.table.rows]


def client(open_case: OpenCase, name: str) -> None:
    open_case.change("Change the client", replace(open_case.case, client=name))


def test_the_newest_revision_is_told_against_the_one_before(page, open_case):
    client(open_case, "另一所大学")
    assert numbers(page) == [2, 1]
    assert told(page) == ["Client: 某某理工大学 → 另一所大学"]
    assert "2" in page.line.text()


def test_any_two_revisions_are_compared(page, open_case):
    client(open_case, "甲")
    open_case.change("x", replace(open_case.case, report_date=date(2026, 12, 1)))
    client(open_case, "乙")
    page.view.selectRow(3)
    page.view.add_row(0)
    assert told(page) == [
        "Client: 某某理工大学 → 乙",
        "Report date: 2026-11-20 → 2026-12-01",
    ]


def test_an_input_of_a_method_is_told_in_its_words(page, open_case):
    case = open_case.case
    params = {**(case.runs[0].params or {}), "discount_rate": 0.15}
    runs = (replace(case.runs[0], params=params),)
    open_case.change("x", replace(case, runs=runs))
    assert told(page) == ["Discount rate: 18% → 15% (Relief from royalty)"]


def test_the_first_revision_tells_what_it_states(page):
    assert "Client: added: 某某理工大学" in told(page)


def test_undo_and_redo_stand_in_the_history_as_such(page, open_case, window):
    client(open_case, "甲")
    open_case.undo()
    open_case.redo()
    shown = [page.table.index(row, 3).data() for row in range(4)]
    assert numbers(page) == [4, 3, 2, 1]
    assert shown[0] != shown[1]
    assert all(shown[2] in text for text in shown[:2])


def test_an_earlier_revision_is_restored_as_the_newest(page, open_case):
    client(open_case, "甲")
    client(open_case, "乙")
    page.view.selectRow(1)
    page.restore()
    assert open_case.case.client == "甲"
    assert numbers(page) == [4, 3, 2, 1]
    assert "2" in page.table.index(0, 3).data()


def test_only_an_older_revision_can_be_restored(page, open_case, window):
    button = window.findChild(QPushButton, "history_restore")
    client(open_case, "甲")
    assert not button.isEnabled()
    page.view.selectRow(1)
    assert button.isEnabled()
    page.view.add_row(0)
    assert not button.isEnabled()


def test_the_record_is_checked(page, open_case, window):
    client(open_case, "甲")
    page.verify()
    assert "2" in window.notices.text.text()


def test_a_page_out_of_sight_reads_nothing_until_it_is_shown(view, page, open_case):
    view.page("facts")
    client(open_case, "甲")
    assert numbers(page) == [1]
    view.page("history")
    assert numbers(page) == [2, 1]


def test_a_difference_is_told_whole_beside(page, open_case, window):
    client(open_case, "另一所大学" * 40)
    page.found.selectRow(0)
    assert "另一所大学" in window.why.body.toPlainText()


def test_a_case_of_many_runs_and_patents_is_compared(page, open_case, patents):
    case = open_case.case
    runs = tuple(
        Run(f"r{n}", "relief_from_royalty", 1, {"discount_rate": 0.1 + n / 100})
        for n in range(8)
    )
    open_case.change("x", replace(case, patents=patents, runs=runs))
    assert len(told(page)) == 58 + 8 + 1
    changed = tuple(replace(run, params={"discount_rate": 0.3}) for run in runs)
    open_case.change("x", replace(open_case.case, runs=changed))
    assert len(told(page)) == 8


def test_the_trail_is_written_to_a_file(page, open_case, tmp_path: Path, monkeypatch):
    client(open_case, "甲")
    path = tmp_path / "留痕.csv"
    monkeypatch.setattr(page._shell.files, "save", lambda *words: path)
    page.choose_file()
    lines = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    assert [line[0] for line in lines[1:]] == ["2", "1"]
    assert len(lines[1][5]) == 64


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])
def test_no_cell_of_the_file_is_a_formula(text):
    assert harmless(text).startswith("'")
    assert harmless("顾某宁") == "顾某宁"


def test_an_author_who_looks_like_a_formula_is_written_as_text(qapp):
    at = datetime(2026, 1, 2, tzinfo=UTC)
    made = Revision("C1", 1, at, "=HYPERLINK(1)", "x", "0", "1")
    (_, line) = csv.reader(
        trail_file([made], Words("en")).decode("utf-8-sig").splitlines()
    )
    assert line[2] == "'=HYPERLINK(1)"
