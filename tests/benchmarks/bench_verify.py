"""Verifying a report with three signatures against bare pyHanko on the same file.

Both judge every signature and what was added after it: ours with the roots that its
signers lead to, pyHanko with the same roots and its own rules for later revisions.
"""

from __future__ import annotations

import asyncio
import io
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from reportlab.pdfgen.canvas import Canvas
from rows import Row, ratio

from valuer.reports.certificates import encoded, load_certificates
from valuer.reports.keys import load_key
from valuer.reports.sample_keys import make_sample_keys
from valuer.reports.signature_boxes import FieldBox, prepare_fields
from valuer.reports.signing import sign
from valuer.reports.verdicts import Verdict
from valuer.reports.verifying import verify

PAGES = 40
FIELDS = ("Appraiser1", "Appraiser2", "Institution")


def measure() -> list[Row]:
    """Compare on one report of forty pages, trusting its root."""
    with tempfile.TemporaryDirectory() as folder:
        pdf, roots, now = _signed(Path(folder))
    found = verify(pdf, roots, now=now)
    if found.verdict is not Verdict.INTACT or not found.all_trusted:
        raise AssertionError(found)
    taken = ratio(
        lambda: verify(pdf, roots, now=now), lambda: _bare(pdf, roots, now), times=9
    )
    what = "verify with three signatures, 40 pages"
    return [Row(what, "bare pyHanko validation of the same file", taken, 1.5)]


def _signed(folder: Path) -> tuple[bytes, tuple[x509.Certificate, ...], Any]:
    from datetime import UTC, datetime

    now, pin = datetime(2026, 9, 30, 10, 15, tzinfo=UTC), "2468"
    made = make_sample_keys(folder, pin, now, appraisers=("王建国", "李敏"))
    holders = [load_key(path, pin, now) for path in made.appraisers]
    holders.append(load_key(made.institution, pin, now))
    boxes = [
        FieldBox(name, PAGES, 60, 100 + 120 * place, 240, 200 + 120 * place, name)
        for place, name in enumerate(FIELDS)
    ]
    pdf = prepare_fields(_pages(), boxes)
    for minutes, key in enumerate(holders):
        role = "agency" if minutes == 2 else "appraiser"
        pdf = sign(pdf, key, role, now + timedelta(minutes=minutes), "en")
    return pdf, load_certificates(made.root), now + timedelta(hours=1)


def _pages() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for page in range(PAGES):
        for line in range(50):
            canvas.drawString(60, 780 - 14 * line, f"Page {page}, value 1,234,5{line}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _bare(pdf: bytes, roots: tuple[x509.Certificate, ...], now: Any) -> None:
    """Judge the signatures as pyHanko does out of the box."""
    from asn1crypto import x509 as asn1
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import async_validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    anchors = [asn1.Certificate.load(encoded(root)) for root in roots]
    reader = PdfFileReader(io.BytesIO(pdf))

    async def judge() -> list[Any]:
        return [
            await async_validate_pdf_signature(
                one, ValidationContext(trust_roots=anchors, moment=now)
            )
            for one in reader.embedded_signatures
        ]

    for status in asyncio.run(judge()):
        if not status.intact:
            raise AssertionError(status)
