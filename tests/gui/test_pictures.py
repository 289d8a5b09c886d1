"""Every page and dialog, drawn in both languages, and looked at by rules.

A picture must not be missing or blank, no text may be cut, nothing may stand in the
other language, and whatever a user acts on has a stable name and one to be read out.
The pictures are kept in the folder that VALUER_SCREENS names.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.judging import CHINESE, FACTS, foreign, look_at
from valuer.core.canonical import to_plain
from valuer.core.case import Case
from valuer.core.engagement import Evidence, EvidenceKind
from valuer.core.texts import LANGUAGES
from valuer.gui.backups_panel import BackupsPanel
from valuer.gui.dialogs.registry import DIALOGS
from valuer.gui.documents_panel import DocumentsPanel
from valuer.gui.evidence_table import EvidenceTable
from valuer.gui.main_window import MainWindow
from valuer.gui.pages.case_registry import CASE_PAGES
from valuer.gui.pages.cases import CasesPage
from valuer.gui.pages.patents import PatentsPage
from valuer.gui.pages.record import LEAVES, RecordPage
from valuer.gui.pages.registry import PLACES
from valuer.gui.run_list import RunList
from valuer.store.library import open_library
from valuer.store.revisions import new_case

PLACE_KEYS = [place.key for place in PLACES]
LEAF_KEYS = [key for key, _, _ in LEAVES]
PAGE_KEYS = [page.key for page in CASE_PAGES]
DIALOG_KEYS = [dialog.key for dialog in DIALOGS]


@pytest.fixture(autouse=True)
def facts(case: Case, crowded: Case) -> None:
    """What the case says stays as it was typed."""

    def strings(value: object) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for inner in value.values():
                yield from strings(inner)
        elif isinstance(value, list | tuple):
            for inner in value:
                yield from strings(inner)

    for one in (case, crowded):
        FACTS.update(text for text in strings(to_plain(one)) if CHINESE.search(text))


@pytest.fixture
def screens(tmp_path: Path) -> Path:
    folder = Path(os.environ.get("VALUER_SCREENS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", PLACE_KEYS)
def test_an_empty_place(
    key: str,
    language: str,
    open_window: Callable[..., MainWindow],
    empty_library: Path,
    screens: Path,
):
    window = open_window(empty_library, language)
    window.place(key)
    look_at(window, screens / f"{language}-empty-{key}.png", language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", PLACE_KEYS)
def test_a_place(
    key: str,
    language: str,
    open_window: Callable[..., MainWindow],
    library: Path,
    screens: Path,
):
    window = open_window(library, language)
    window.place(key)
    look_at(window, screens / f"{language}-{key}.png", language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", LEAF_KEYS)
@pytest.mark.parametrize("stock", ["empty_library", "library"])
def test_a_leaf_of_the_librarys_data(
    stock: str,
    key: str,
    language: str,
    open_window: Callable[..., MainWindow],
    screens: Path,
    qtbot: QtBot,
    request: pytest.FixtureRequest,
):
    window = open_window(request.getfixturevalue(stock), language)
    if stock == "library":
        window.shell.keeping.back_up()
        window.shell.desk.records.bin_case("C1")
        window.shell.desk.documents.take([("1.pdf", b"%PDF-1.7")])
        window.shell.ways.library_changed.emit()
        qtbot.waitUntil(lambda: not window.shell.tasks.running, timeout=30_000)
    page = window.place("data")
    assert isinstance(page, RecordPage)
    leaf = page.leaf(key)
    if stock == "library":
        qtbot.waitUntil(lambda: bool(leaf.list.table.rows), timeout=30_000)
        leaf.list.view.selectRow(0)
    if isinstance(leaf, BackupsPanel | DocumentsPanel):
        leaf.ask()
    look_at(window, screens / f"{language}-{stock}-data-{key}.png", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_window_beside_a_writer(
    language: str,
    open_window: Callable[..., MainWindow],
    library: Path,
    screens: Path,
):
    with open_library(library):
        window = open_window(library, language)
        window.place("patents")
        look_at(window, screens / f"{language}-read-only.png", language)


@pytest.mark.parametrize("appearance", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", PAGE_KEYS)
def test_a_page_of_a_case(
    key: str,
    language: str,
    appearance: str,
    open_window: Callable[..., MainWindow],
    library: Path,
    screens: Path,
    qtbot: QtBot,
):
    window = open_window(library, language)
    window.shell.theme.choose(appearance)
    show_page(window, "C1", key, qtbot)
    look_at(window, screens / f"{language}-{appearance}-case-{key}.png", language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", PAGE_KEYS)
def test_a_page_of_a_new_case(
    key: str,
    language: str,
    open_window: Callable[..., MainWindow],
    empty_library: Path,
    screens: Path,
    qtbot: QtBot,
):
    window = open_window(empty_library, language)
    cases = window.place("cases")
    assert isinstance(cases, CasesPage)
    cases.new()
    show_page(window, "C1", key, qtbot)
    look_at(window, screens / f"{language}-new-case-{key}.png", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_evidence_whose_place_is_chosen(
    language: str,
    open_window: Callable[..., MainWindow],
    tmp_path: Path,
    case: Case,
    screens: Path,
    qtbot: QtBot,
):
    told = (EvidenceKind.TITLE, "runs.rfr", "EUIPO", date(2026, 9, 1))
    lines = (Evidence("ab" * 32, "2.pdf", 12_345_678, *told), Evidence("cd" * 32, "3"))
    path = tmp_path / "案卷.valuer"
    with open_library(path, create=True) as opened, opened.change() as connection:
        held = replace(case, evidence=lines)
        new_case(connection, held, "顾某宁", "New case", datetime.now(UTC))
    window = open_window(path, language)
    show_page(window, "C1", "evidence", qtbot)
    view = window.findChild(EvidenceTable)
    view.selectRow(0)
    view.edit(view.lines.index(0, 2))
    look_at(window, screens / f"{language}-case-evidence-chosen.png", language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("run", ["rfr", "compared", "cost"])
@pytest.mark.parametrize("key", ["methods", "simulation"])
def test_a_run_of_a_crowded_case(
    key: str,
    run: str,
    language: str,
    open_window: Callable[..., MainWindow],
    crowded_library: Path,
    screens: Path,
    qtbot: QtBot,
):
    window = open_window(crowded_library, language)
    show_page(window, "C1", key, qtbot)
    runs = window.findChild(RunList, f"{key.removesuffix('s')}_runs")
    keys = [line.key for line in runs.lines.rows if line is not None]
    runs.selectRow(keys.index(run))
    assert window.width() <= 1366
    look_at(window, screens / f"{language}-crowded-{key}-{run}.png", language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", DIALOG_KEYS)
def test_a_dialog(
    key: str,
    language: str,
    open_window: Callable[..., MainWindow],
    library: Path,
    screens: Path,
    qtbot: QtBot,
):
    window = open_window(library, language)
    entry = next(one for one in DIALOGS if one.key == key)
    dialog = entry.build(window.shell, window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    look_at(dialog, screens / f"{language}-dialog-{key}.png", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_account_of_an_import(
    language: str,
    open_window: Callable[..., MainWindow],
    patents_only: Path,
    screens: Path,
    tmp_path: Path,
    qtbot: QtBot,
):
    path = tmp_path / "a1.csv"
    path.write_text("申请号,专利名称\n无,甲\n201810999999.3,乙\n", "utf-8-sig")
    window = open_window(patents_only, language)
    page = window.place("patents")
    assert isinstance(page, PatentsPage)
    page.import_lists([path])
    qtbot.waitUntil(lambda: page.account is not None, timeout=30_000)
    assert page.account is not None
    page.account.issues.selectRow(0)
    look_at(window, screens / f"{language}-import.png", language)


@pytest.mark.parametrize(("first", "then"), [LANGUAGES, LANGUAGES[::-1]])
def test_switching_the_language_leaves_nothing_behind(
    first: str,
    then: str,
    open_window: Callable[..., MainWindow],
    library: Path,
    qtbot: QtBot,
):
    window = open_window(library, first)
    for place in PLACE_KEYS:
        window.place(place)
    for page in PAGE_KEYS:
        show_page(window, "C1", page, qtbot)
    window.shell.words.switch(then)
    faults = []
    for place in PLACE_KEYS:
        window.place(place)
        faults += foreign(window, then)
    for page in PAGE_KEYS:
        show_page(window, "C1", page, qtbot)
        faults += foreign(window, then)
    assert not faults, "\n".join(faults)


def show_page(window: MainWindow, name: str, key: str, qtbot: QtBot) -> None:
    window.open_case(name)
    cases = window.place("cases")
    assert isinstance(cases, CasesPage)
    view = cases.view_of_case
    assert view is not None
    view.page(key)
    qtbot.waitUntil(lambda: view.valuations.is_settled, timeout=30_000)
