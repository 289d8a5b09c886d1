"""A small report, sample keys, the signed report, and a way to append to it."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from reportlab.pdfgen.canvas import Canvas

from tests.reports.signatures.servers import Handler, Web
from valuer.reports.certificates import load_certificates
from valuer.reports.keys import SigningKey, load_key
from valuer.reports.sample_keys import SampleKeys, make_sample_keys
from valuer.reports.signature_boxes import FieldBox, prepare_fields
from valuer.reports.signing import sign
from valuer.reports.verifying import Verification, verify

Append = Callable[..., bytes]
Verify = Callable[..., Verification]

PIN = "2468 专利"
BOXES = (
    FieldBox("Appraiser1", 2, 60, 300, 240, 370, "First appraiser"),
    FieldBox("Appraiser2", 2, 260, 300, 440, 370, "Second appraiser"),
    FieldBox("Institution", 2, 60, 120, 240, 280, "Institution"),
)


@dataclass(frozen=True)
class Holders:
    """Three who sign, as the sample keys name them."""

    first: SigningKey
    second: SigningKey
    institution: SigningKey


@pytest.fixture(scope="session")
def now() -> datetime:
    return datetime(2026, 9, 30, 10, 15, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture(scope="session")
def pin() -> str:
    return PIN


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory, now: datetime) -> SampleKeys:
    folder = tmp_path_factory.mktemp("密钥")
    return make_sample_keys(folder, PIN, now, appraisers=("王建国", "李敏"))


@pytest.fixture(scope="session")
def holders(keys: SampleKeys, now: datetime) -> Holders:
    first, second = (load_key(path, PIN, now) for path in keys.appraisers)
    return Holders(first, second, load_key(keys.institution, PIN, now))


@pytest.fixture(scope="session")
def roots(keys: SampleKeys) -> tuple[x509.Certificate, ...]:
    return load_certificates(keys.root)


@pytest.fixture(scope="session")
def plain() -> bytes:
    """A document of two pages without any field."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for page in (1, 2):
        for line in range(12):
            canvas.drawString(60, 780 - 15 * line, f"Page {page}, value 1,234,5{line}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture(scope="session")
def boxes() -> tuple[FieldBox, ...]:
    return BOXES


@pytest.fixture(scope="session")
def prepared(plain: bytes) -> bytes:
    """The document with its three empty fields."""
    return prepare_fields(plain, BOXES)


@pytest.fixture(scope="session")
def signed(prepared: bytes, holders: Holders, now: datetime) -> bytes:
    """The document with its three signatures."""
    pdf = sign(prepared, holders.first, "appraiser", now, "en")
    later = now + timedelta(minutes=5)
    pdf = sign(pdf, holders.second, "appraiser", later, "en")
    return sign(pdf, holders.institution, "agency", later + timedelta(hours=1), "en")


@pytest.fixture(scope="session")
def verified(now: datetime) -> Verify:
    """Verifies at the time of signing."""

    def verified(pdf: bytes, *roots: x509.Certificate) -> Verification:
        return verify(pdf, roots, now=now)

    return verified


@pytest.fixture(scope="session")
def append() -> Append:
    """Appends a revision as an attacker would write it by hand."""

    def append(
        pdf: bytes,
        objects: dict[int, bytes],
        *,
        trailer: bytes = b"",
        entries: dict[int, int] | None = None,
        before_table: bytes = b"",
    ) -> bytes:
        """Define objects anew; ``entries`` are table rows that point elsewhere."""
        at = pdf.rfind(b"startxref")
        previous = int(pdf[at:].split()[1])
        last = pdf[pdf.rfind(b"trailer") :]
        kept = b" ".join(re.findall(rb"/(?:Root|Info) \d+ 0 R", last))
        out = bytearray(pdf)
        places = dict(entries or {})
        for number, body in objects.items():
            places[number] = len(out)
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        out += before_table
        table = len(out)
        out += b"xref\n"
        for number, place in sorted(places.items()):
            out += b"%d 1\n%010d 00000 n \n" % (number, place)
        if b"/Info" in trailer:
            kept = re.sub(rb"/Info \d+ 0 R", b"", kept)
        out += b"trailer\n<< /Size 90 %s /Prev %d %s >>\n" % (kept, previous, trailer)
        out += b"startxref\n%d\n%%%%EOF\n" % table
        return bytes(out)

    return append


@pytest.fixture(scope="session")
def utc() -> timezone:
    return UTC


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "专利 评估"
    made.mkdir()
    return made


@pytest.fixture(scope="session")
def web() -> Iterator[Web]:
    made = Web()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, made))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.url = f"http://127.0.0.1:{server.server_port}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("no_proxy", "127.0.0.1")
        yield made
    made.released.set()
    server.shutdown()
    server.server_close()
