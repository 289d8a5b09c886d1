"""A report of every release: still intact and trusted, and its figures come again."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from valuer.methods import METHODS
from valuer.reports.certificates import load_certificates
from valuer.reports.pdfium import Pages
from valuer.reports.recompute import EARLIER, recompute
from valuer.reports.verdicts import Verdict
from valuer.reports.verifying import verify

MUSEUM = Path(__file__).parent.parent / "museum"
RELEASES = sorted(folder.name for folder in MUSEUM.iterdir() if folder.is_dir())
NOW = datetime(2027, 1, 31, tzinfo=UTC)

Edit = Callable[[pikepdf.Pdf], None]


def edited(pdf: bytes, edit: Edit) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        edit(document)
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def reprinted(pdf: bytes, old: str, new: str) -> bytes:
    """Return the report with a figure printed otherwise, the first time it stands."""
    with Pages(pdf) as pages:
        index = next(
            i for i in range(len(pages)) if any(old in one for one in pages.lines(i))
        )

    def codes(text: str) -> bytes:
        return text.encode("utf-16-be").hex().encode()

    def edit(document: pikepdf.Pdf) -> None:
        page = document.pages[index]
        before = page.Contents.read_bytes()
        gap = rb"(?:> -?[\d.]+ <)?"
        sought = gap.join(codes(character) for character in old)
        after = re.sub(sought, codes(new), before, count=1)
        assert after != before
        page.Contents = document.make_stream(after)

    return edited(pdf, edit)


def test_every_earlier_release_is_in_the_museum():
    assert set(EARLIER) <= set(RELEASES)


@pytest.mark.parametrize("release", RELEASES)
def test_a_report_of_old_is_intact_and_trusted(release: str):
    folder = MUSEUM / release
    roots = load_certificates(folder / "root.pem")
    found = verify((folder / "report.pdf").read_bytes(), roots, now=NOW)
    assert found.verdict is Verdict.INTACT
    assert found.all_trusted


@pytest.mark.parametrize("release", RELEASES)
def test_the_figures_of_a_report_of_old_come_out_again(release: str):
    found = recompute((MUSEUM / release / "report.pdf").read_bytes(), METHODS)
    assert found.matches, found.differences
    assert found.program == release


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("3,300,000.00", "3,900,000.00"),
        ("叁佰叁拾万", "玖佰叁拾万"),
        ("4,119,338.38", "4,219,338.38"),
        # A figure that the report prints elsewhere in the same section.
        ("2,650,304.06", "3,341,672.33"),
    ],
)
def test_a_falsified_figure_of_old_is_found(old: str, new: str):
    pdf = (MUSEUM / "0.1.0" / "report.pdf").read_bytes()
    found = recompute(reprinted(pdf, old, new), METHODS, "en")
    assert not found.matches
    assert any(new in one.printed or "玖" in one.printed for one in found.differences)


def test_a_falsified_input_of_old_is_found():
    pdf = (MUSEUM / "0.1.0" / "report.pdf").read_bytes()

    def edit(document: pikepdf.Pdf) -> None:
        attached = document.Root.AF[0].EF.F
        plain = json.loads(attached.read_bytes())
        plain["case"]["runs"][0]["params"]["tax_rate"] = 0.15
        attached.write(json.dumps(plain).encode())

    found = recompute(edited(pdf, edit), METHODS, "en")
    assert not found.matches
    assert any("25%" in one.printed for one in found.differences)
