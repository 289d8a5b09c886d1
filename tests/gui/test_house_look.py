"""The template of the house and the disclosure of a case, in the window."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QComboBox, QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from valuer.core.canonical import canonical
from valuer.core.disclosure import Disclosure, Extent, Recipient, disclosure_words
from valuer.core.look import Look
from valuer.core.progress import ignore
from valuer.gui import reporting
from valuer.gui.dialogs.signing import SigningDialog
from valuer.gui.main_window import MainWindow
from valuer.gui.pages.case import CaseView
from valuer.gui.pages.engagement import EngagementPage
from valuer.gui.pages.facts import FactsPage
from valuer.gui.pages.settings import SettingsPage
from valuer.reports.carried import logo_of, package_of
from valuer.reports.disclosing import unpack
from valuer.reports.envelopes import load_opening_key, unseal


@pytest.fixture
def template(tmp_path: Path) -> Path:
    folder = tmp_path / "模板"
    folder.mkdir()
    plain = {"format": 1, "accent": "#1f4e8c", "zh_CN": {"header": "某某评估"}}
    (folder / "house.json").write_text(json.dumps(plain), encoding="utf-8")
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "navy").save(out, "PNG")
    (folder / "logo.png").write_bytes(out.getvalue())
    return folder


@pytest.fixture
def settings(window: MainWindow) -> SettingsPage:
    page = window.place("settings")
    assert isinstance(page, SettingsPage)
    return page


def test_a_case_takes_the_template_of_the_house_and_prints_it(
    window: MainWindow,
    view: CaseView,
    settings: SettingsPage,
    template: Path,
    qtbot: QtBot,
    tmp_path: Path,
):
    facts = view.page("facts")
    assert isinstance(facts, FactsPage)
    assert not facts.template.isEnabled()
    settings.template.take_in(template)
    qtbot.waitUntil(settings.template.remove.isEnabled)
    facts.template.click()
    case = view.open_case.case
    assert case.house.look.wording("zh_CN").header == "某某评估"
    assert not facts.template.isEnabled()
    path, desk = tmp_path / "报告.pdf", window.shell.desk
    reporting.build(desk, "C1", case, "", "zh_CN", path, ignore)
    assert logo_of(path.read_bytes())
    settings.template.remove.click()
    facts.template.click()
    assert view.open_case.case.house.look == Look()


def test_a_template_that_is_none_is_told(
    window: MainWindow, settings: SettingsPage, tmp_path: Path, qtbot: QtBot
):
    settings.template.take_in(tmp_path)
    told = window.findChild(QLabel, "notice_text")
    qtbot.waitUntil(lambda: "house.json" in told.text())
    assert not settings.template.remove.isEnabled()


def test_recipients_are_named_by_their_certificates(
    view: CaseView, bank: tuple[Path, Path], qtbot: QtBot
):
    page = view.page("engagement")
    assert isinstance(page, EngagementPage)
    page.disclosure.name(bank[0])
    qtbot.waitUntil(lambda: bool(view.open_case.case.disclosure.recipients))
    (named,) = view.open_case.case.disclosure.recipients
    assert named.name == "示例银行"
    box = page.findChild(QComboBox, "case_disclosure_extent")
    box.setCurrentIndex(2)
    box.activated.emit(2)
    field = page.findChild(QPlainTextEdit, "case_disclosure_recipients")
    digest = ":".join(["AB"] * 32)
    field.setPlainText(f"{field.toPlainText()}\n某某 法院 {digest}")
    field.committed.emit()
    other = Recipient("某某 法院", "ab" * 32)
    assert view.open_case.case.disclosure == Disclosure(Extent.EVIDENCE, (named, other))


def test_the_case_is_written_for_its_recipients_alone(
    window: MainWindow,
    view: CaseView,
    bank: tuple[Path, Path],
    tmp_path: Path,
    qtbot: QtBot,
):
    page = view.page("engagement")
    assert isinstance(page, EngagementPage)
    form, path = page.disclosure, tmp_path / "给银行.p7m"
    assert not form.write.isEnabled()
    form.name(bank[0])
    qtbot.waitUntil(lambda: bool(view.open_case.case.disclosure.recipients))
    assert not form.write.isEnabled()  # the profile is still what is printed
    box = page.findChild(QComboBox, "case_disclosure_extent")
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert form.write.isEnabled()
    form.write_for([bank[0]], path)
    told = window.findChild(QLabel, "notice_text")
    qtbot.waitUntil(lambda: "示例银行" in told.text(), timeout=60_000)
    key = load_opening_key(bank[1], "2468")
    held = unpack(unseal(path.read_bytes(), key, path.name), path.name)
    revision = window.shell.desk.revision("C1")
    assert held.contents.digest == revision.digest
    assert held.files["case.json"] == canonical(view.open_case.case)


def test_what_is_disclosed_is_shown_before_signing(window: MainWindow, qtbot: QtBot):
    to = (Recipient("示例银行", "ab" * 32),)
    words = disclosure_words(Disclosure(Extent.CASE, to))
    dialog = SigningDialog("报告.pdf", window.shell, window, words)
    qtbot.addWidget(dialog)
    assert "示例银行" in dialog.findChild(QLabel, "signing_disclosure").text()
    assert dialog.findChild(QPushButton, "signing_accept") is not None


def test_the_report_shown_tells_its_own_profile(
    window: MainWindow, view: CaseView, tmp_path: Path
):
    path, desk = tmp_path / "报告.pdf", window.shell.desk
    case = view.open_case.case
    reporting.build(desk, "C1", case, "summary", "en", path, ignore)
    assert package_of(path.read_bytes()).case.disclosure == Disclosure()
    shown = reporting.check(path, (), desk, ignore)
    assert shown.disclosed == disclosure_words(Disclosure())
