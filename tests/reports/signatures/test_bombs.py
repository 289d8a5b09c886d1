"""Files made to fill the memory or to take for ever: a verdict soon, within bounds.

All are verified in one process of their own, so that its memory can be measured.
"""

from __future__ import annotations

import json
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows does not tell how much memory was used"
)

SECONDS, MEGABYTES = 20, 200

CHILD = """
import json, resource, sys, time
from datetime import UTC, datetime
from pathlib import Path
from valuer.core.problems import UserError
from valuer.methods import METHODS
from valuer.reports.recompute import recompute
from valuer.reports.verifying import verify_file

told = {}
for path in map(Path, sys.argv[1:]):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    try:
        verdict = str(verify_file(path, now=datetime.now(UTC)).verdict)
        if recompute(path.read_bytes(), METHODS, "en").matches:
            verdict = "matches"
    except UserError as error:
        verdict = str(error.wording.text)
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    told[path.stem] = verdict, time.process_time() - began, more // 1024
print(json.dumps(told))
"""


def document(objects: dict[int, bytes]) -> bytes:
    """Write objects, a table and a trailer whose root is object 1."""
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n" % size
    free = b"0000000000 65535 f \n"
    out += b"".join(
        b"%010d 00000 n \n" % places[number] if number in places else free
        for number in range(size)
    )
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % size
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % table


def stream(entries: bytes, data: bytes, length: int | None = None) -> bytes:
    size = len(data) if length is None else length
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, size, data)


def pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(3, count + 3))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    return document(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
            **dict.fromkeys(range(3, count + 3), page),
        }
    )


def folded(data: bytes, times: int) -> bytes:
    for _ in range(times):
        data = zlib.compress(data, 9)
    return data


def packed(times: int) -> bytes:
    """A form that lies in an object stream, folded so many times."""
    filters = b"/Filter [" + b" /FlateDecode" * times + b" ]"
    entries = b"/Type /ObjStm /N 1 /First 4 " + filters
    bomb = stream(entries, folded(b"3 0 " + b" " * 60_000_000, times))
    head, rows = b"%PDF-1.7\n", b""
    places = []
    for number, body in ((1, b"<< /Type /Catalog /AcroForm 3 0 R >>"), (2, bomb)):
        places.append(len(head))
        head += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    for kind, where in ((1, places[0]), (1, places[1]), (2, 2), (1, len(head))):
        rows += bytes([kind]) + where.to_bytes(4, "big") + b"\0"
    section = stream(b"/Type /XRef /W [1 4 1] /Index [1 4] /Size 5 /Root 1 0 R", rows)
    tail = b"4 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (section, len(head))
    return head + tail


FIELD = b"<< /Type /Catalog /AcroForm << /Fields [ 2 0 R ] >> >>"

BOMBS: dict[str, Callable[[], bytes]] = {
    "many-pages": lambda: pages(60_000),
    "folded-once": lambda: packed(1),
    "folded-twice": lambda: packed(2),
    "folded-five-times": lambda: packed(5),
    "deep": lambda: document({1: b"<< /A " + b"<< /A " * 50_000}),
    "deep-kids": lambda: document(
        {1: FIELD}
        | {n: b"<< /T (a) /Kids [ %d 0 R ] >>" % (n + 1) for n in range(2, 25_000)}
    ),
    "length-too-long": lambda: document(
        {1: FIELD, 2: stream(b"/FT /Sig", b"x", 2**40)}
    ),
    "length-of-itself": lambda: document(
        {1: FIELD, 2: b"<< /Length 2 0 R >>\nstream\nx\nendstream"}
    ),
    "one-long-string": lambda: document({1: b"<< /A (" + b"(" * 9_000_000}),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, float, int]]:
    """What a process of its own says of every file: verdict, seconds, megabytes."""
    folder = tmp_path_factory.mktemp("bombs")
    for name, make in BOMBS.items():
        (folder / f"{name}.pdf").write_bytes(make())
    with (folder / "sparse.pdf").open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(2 * 1024**3)  # takes no room
    paths: list[Path] = sorted(folder.glob("*.pdf"))
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *map(str, paths)],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    found: dict[str, tuple[str, float, int]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", [*BOMBS, "sparse"])
def test_a_bomb_gets_a_verdict_or_a_refusal_soon(told, name):
    verdict, seconds, megabytes = told[name]

    refused = verdict == "{file} is larger than {most} MB; it was not read."
    assert refused == (name == "sparse")
    assert refused or verdict in ("unsigned", "broken", "unreadable")
    assert seconds < SECONDS
    assert megabytes < MEGABYTES
