"""A PDF from anywhere is verified in the window: verdict, additions, pictures, register."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QFileOpenEvent
from pytestqt.qtbot import QtBot

from valuer.__main__ import main
from valuer.core.canonical import digest
from valuer.core.case import Case
from valuer.gui.added_pages import BeforeAfter
from valuer.gui.application import Application
from valuer.gui.issued import issued_texts
from valuer.gui.main_window import MainWindow, dropped_pdf
from valuer.gui.pages.verify import VerifyPage
from valuer.store.reports import IssuedReport, add_report

MUSEUM = Path(__file__).parents[1] / "museum" / "0.1.0"
NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report with three signatures, as another program would send it."""
    path = tmp_path / "报告.pdf"
    path.write_bytes((MUSEUM / "report.pdf").read_bytes())
    return path


@pytest.fixture
def changed(report: Path) -> Path:
    """The same with a note laid upon its second page after the last signature."""
    pdf = report.read_bytes()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        page, root = document.pages[1].obj, document.Root
        number, catalogue = page.objgen[0], root.objgen[0]
        size = int(document.trailer.Size)
        box = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Square,
            Rect=[90, 500, 400, 700],
            C=[1, 0, 0],
            IC=[1, 0, 0],
        )
        page.Annots = pikepdf.Array([*page.get("/Annots", []), box])
        text = page.unparse(resolved=True)
    previous = pdf[pdf.rfind(b"startxref") :].split()[1]
    start = len(pdf)
    body = b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, start)
    end = b"trailer\n<< /Size %d /Root %d 0 R /Prev %s >>\nstartxref\n%d\n%%%%EOF\n"
    tail = end % (size, catalogue, previous, start + len(body))
    path = report.with_name("changed.pdf")
    path.write_bytes(pdf + body + table + tail)
    return path


def verified(window: MainWindow, path: Path, qtbot: QtBot) -> VerifyPage:
    window.verify(path)
    page = window.place("verify")
    assert isinstance(page, VerifyPage)

    def is_done() -> bool:
        return (
            page.checked is not None
            and page.checked.path == path
            and page.verdict.looked is not None
            and not window.shell.tasks.running
        )

    qtbot.waitUntil(is_done, timeout=60_000)
    return page


def test_a_changed_report_is_shown_page_by_page_before_and_after(
    open_window: Callable[..., MainWindow],
    empty_library: Path,
    changed: Path,
    qtbot: QtBot,
):
    window = open_window(empty_library, "en")
    page = verified(window, changed, qtbot)
    said = page.verdict.body.toPlainText()

    assert page.verdict.verdict.text() == "Altered: the file is not as it was signed"
    assert "Page 2, not allowed: annotation or field" in said
    assert "signer's computer clock" in said
    assert "This library did not issue the file." in said
    assert "Of several verdicts the worst counts." in said
    assert page.verdict.looked is not None
    pairs = {pair.page: pair for pair in page.verdict.looked.pairs}
    assert 2 in pairs
    assert pairs[2].before is not None
    assert pairs[2].after is not None
    assert pairs[2].before.pixels != pairs[2].after.pixels
    assert said.index("annotation or field") < said.index("Signature 1")
    top = page.preview.verticalScrollBar().value()
    assert top == page.preview.pages[1].y() > 0

    page.verdict.body.anchorClicked.emit(QUrl("large:0"))
    dialog = page.verdict.findChild(BeforeAfter)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.close()


def test_what_was_added_after_an_earlier_signature_can_be_chosen(
    open_window: Callable[..., MainWindow],
    empty_library: Path,
    report: Path,
    qtbot: QtBot,
):
    window = open_window(empty_library, "zh_CN")
    page = verified(window, report, qtbot)
    panel = page.verdict
    assert panel.since.value == 3
    assert panel.looked is not None
    assert panel.looked.pairs == ()

    former = panel.looked
    panel.since.put(1)
    panel.since.committed.emit()
    qtbot.waitUntil(lambda: panel.looked is not former, timeout=30_000)
    assert [pair.page for pair in panel.looked.pairs] == [13]


def test_what_may_not_be_added_is_shown_though_a_later_signature_covers_it(
    open_window: Callable[..., MainWindow],
    empty_library: Path,
    shared_data: Path,
    qtbot: QtBot,
):
    name = "form-update-override-appearance-stream-sneaky.pdf"
    window = open_window(empty_library, "en")
    page = verified(window, shared_data / "signatures" / name, qtbot)

    assert page.verdict.since.value == 1
    said = page.verdict.body.toPlainText()
    assert "Page 1, not allowed: page changed" in said
    assert "The figures cannot be recomputed." in said


def test_a_pdf_dropped_on_the_window_is_verified(
    open_window: Callable[..., MainWindow], empty_library: Path, tmp_path, qtbot
):
    path = tmp_path / "任意.PDF"
    path.write_bytes(b"no PDF at all")
    window = open_window(empty_library, "en")
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(path))])
    window.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            carried,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    page = window.place("verify")
    qtbot.waitUntil(lambda: page.checked is not None, timeout=30_000)

    assert page.verdict.verdict.text().startswith("Unreadable")


def test_only_one_pdf_at_a_time_is_taken_from_a_drop():
    carried = QMimeData()
    assert dropped_pdf(carried) is None
    for names in (["a.txt"], ["a.pdf", "b.pdf"]):
        carried.setUrls([QUrl.fromLocalFile(f"/x/{name}") for name in names])
        assert dropped_pdf(carried) is None
    carried.setUrls([QUrl("https://example.org/a.pdf")])
    assert dropped_pdf(carried) is None


def test_the_register_tells_issued_superseded_and_changed(
    open_window: Callable[..., MainWindow], library: Path
):
    sent = b"%PDF-1.7 made here %%EOF\n"
    window = open_window(library, "en")
    desk = window.shell.desk
    record = desk.record("C1")
    line = IssuedReport(
        "C1",
        record.revision.number,
        "appraisal_report",
        "zh_CN",
        "示评字（2026）第1号",
        date(2026, 9, 30),
        Decimal(1),
        "CNY",
        "0.2.0",
        digest(sent),
        NOW,
    )

    def told() -> list[str]:
        signed = sent + b"a signature %%EOF\n"
        return [str(one) for one in issued_texts(desk, signed)]

    assert told() == ["This library did not issue the file."]
    with desk.library.change() as connection:
        add_report(connection, line)
    first = (
        "Issued by this library on 2026-11-22 as 示评字（2026）第1号, from revision"
        f" {line.revision} of case C1."
    )
    assert told() == [first, "The case was not changed since."]

    case: Case = record.case
    record.save(replace(case, name="another"), "changed")
    later = replace(line, revision=line.revision + 1, sha256="0" * 64, number="第2号")
    with desk.library.change() as connection:
        add_report(connection, later)
    assert told() == [
        first,
        f"Superseded: 第2号 was issued on 2026-11-22 from revision {later.revision}.",
        f"The case was changed since: it stands at revision {later.revision}.",
    ]


def test_the_program_opens_on_a_pdf(monkeypatch: pytest.MonkeyPatch):
    opened: list[tuple[Path | None, Path | None]] = []

    def run(library: Path | None = None, pdf: Path | None = None) -> int:
        opened.append((library, pdf))
        return 0

    monkeypatch.setattr("valuer.app.run_window", run)
    for word in ("报告.PDF", "库.valuer"):
        monkeypatch.setattr(sys, "argv", ["valuer", word])
        assert main() == 0

    assert opened == [(None, Path("报告.PDF")), (Path("库.valuer"), None)]


def test_the_desktop_hands_over_a_file(
    qapp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    wanted: list[Path] = []
    monkeypatch.setattr(qapp, "file_wanted", Emitted(wanted), raising=False)

    assert Application.event(qapp, QFileOpenEvent(str(tmp_path)))
    assert wanted == [tmp_path]


class Emitted:
    """A signal that keeps what it is given."""

    def __init__(self, kept: list[Path]) -> None:
        self._kept = kept

    def emit(self, path: Path) -> None:
        self._kept.append(path)
