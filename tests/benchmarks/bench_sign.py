"""Three visible signatures against three by bare pyHanko with the same pictures.

Ours also verifies before and after each, asks the gate, finds the signer among those
whom the report names, and checks what its key made.
"""

from __future__ import annotations

import io
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.stamp.noop import NoOpStampStyle
from reportlab.pdfgen.canvas import Canvas
from rows import Row, ratio

from valuer.reports.keys import SigningKey, load_key
from valuer.reports.sample_keys import make_sample_keys
from valuer.reports.signature_boxes import FIELD_NAMES, FieldBox, prepare_fields
from valuer.reports.signature_pictures import Signer, draw_picture, picture_lines
from valuer.reports.signature_roles import Role
from valuer.reports.signature_writing import KeySigner
from valuer.reports.signing import sign

PAGES = 40
NOW = datetime(2026, 9, 30, 10, 15, tzinfo=UTC)
ROLES = (Role.APPRAISER, Role.APPRAISER, Role.AGENCY)
BOX = (180.0, 80.0)


def measure() -> list[Row]:
    """Compare on one report of forty pages, keys loaded."""
    with tempfile.TemporaryDirectory() as folder:
        made = make_sample_keys(Path(folder), "1", NOW, appraisers=("王建国", "李敏"))
        files = (*made.appraisers, made.institution)
        keys = [load_key(path, "1", NOW) for path in files]
    pdf = _report()
    taken = ratio(lambda: _ours(pdf, keys), lambda: _bare(pdf, keys), times=9)
    against = "three bare pyHanko signatures with the same pictures"
    return [Row("three visible signatures, 40 pages", against, taken, 1.3)]


def _report() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for page in range(PAGES):
        for line in range(50):
            canvas.drawString(60, 780 - 14 * line, f"Page {page}, value 1,234,5{line}")
        canvas.showPage()
    canvas.save()
    wide, high = BOX
    boxes = [
        FieldBox(name, PAGES, 60, 100 * place, 60 + wide, 100 * place + high, name)
        for place, name in enumerate(FIELD_NAMES, 1)
    ]
    return prepare_fields(out.getvalue(), boxes)


def _ours(pdf: bytes, keys: list[SigningKey]) -> None:
    for key, role in zip(keys, ROLES, strict=True):
        pdf = sign(pdf, key, role, NOW, "zh_CN")


def _bare(pdf: bytes, keys: list[SigningKey]) -> None:
    """Sign as pyHanko's own guide does; the picture is drawn by our own hand."""
    for key, role, name in zip(keys, ROLES, FIELD_NAMES, strict=True):
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        look = Signer(role, key.signer, sample=True)
        draw_picture(writer, BOX, picture_lines(look, "2026-09-30", "zh_CN"))
        meta = signers.PdfSignatureMetadata(
            field_name=name,
            subfilter=fields.SigSeedSubFilter.PADES,
            certify=name == FIELD_NAMES[0],
        )
        signer = signers.PdfSigner(meta, KeySigner(key), stamp_style=NoOpStampStyle())
        pdf = signer.sign_pdf(writer, existing_fields_only=True).getvalue()
