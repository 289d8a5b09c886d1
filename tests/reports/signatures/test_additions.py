"""What was added after each signature, by kind and page."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest

from valuer.core.texts import say
from valuer.reports.additions import KIND_NAMES, Addition, Kind
from valuer.reports.verdict_words import addition_texts


@pytest.fixture(scope="module")
def parts(signed: bytes) -> dict[str, int]:
    """Object numbers of the pages and of what belongs to them."""
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        return {
            "catalogue": pdf.Root.objgen[0],
            "pages": pdf.Root.Pages.objgen[0],
            "first": pdf.pages[0].obj.objgen[0],
            "second": pdf.pages[1].obj.objgen[0],
            "content": pdf.pages[1].obj.Contents.objgen[0],
            "font": pdf.pages[0].Resources.Font["/F1"].objgen[0],
            "info": pdf.trailer.Info.objgen[0],
        }


def body(pdf: bytes, number: int) -> bytes:
    """The newest text of an object, without its closing brackets."""
    found = list(re.finditer(rb"(?<!\d)%d 0 obj\s(.*?)\sendobj" % number, pdf, re.S))
    return found[-1][1].rstrip()[:-2]


def kinds(found) -> set[tuple[str, tuple[int, ...]]]:
    return {(str(one.kind), one.pages) for one in found.added_last}


NOTE = b"<< /Type /Annot /Subtype /FreeText /Rect [0 0 99 99] /Contents (Sold) >>"
TEXT = b"<< /Length 9 >>\nstream\nBT ET q Q\nendstream"
FILE = b"/Names << /EmbeddedFiles << /Names [ (a.json) 81 0 R ] >> >>"


def attacks(pdf: bytes, parts: dict[str, int]) -> dict[str, tuple[dict, tuple]]:
    """Each attack: the objects it defines, and what must be told of it."""
    first, second = body(pdf, parts["first"]), body(pdf, parts["second"])
    root, kids = body(pdf, parts["catalogue"]), body(pdf, parts["pages"])
    mine = parts["first"], parts["second"]
    three = re.sub(
        rb"/Kids \[.*?\]", b"/Kids [ %d 0 R 80 0 R %d 0 R ]" % mine, kids, flags=re.S
    )
    one = re.sub(rb"/Kids \[.*?\]", b"/Kids [ %d 0 R ]" % mine[0], kids, flags=re.S)
    turned = re.sub(
        rb"/Kids \[.*?\]", b"/Kids [ %d 0 R %d 0 R ]" % mine[::-1], kids, flags=re.S
    )
    page = b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 9 9] >>" % parts["pages"]
    return {
        "a note": (
            {parts["first"]: first + b"/Annots [ 80 0 R ] >>", 80: NOTE},
            ("annotation", (1,)),
        ),
        "a note without an object": (
            {parts["first"]: first + b"/Annots [ " + NOTE + b" ] >>"},
            ("annotation", (1,)),
        ),
        "a page's content": ({parts["content"]: TEXT}, ("page_changed", (2,))),
        "a page cut": (
            {parts["second"]: second + b"/CropBox [0 0 99 99] >>"},
            ("page_changed", (2,)),
        ),
        "a font of both pages": (
            {parts["font"]: b"<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>"},
            ("page_changed", (1, 2)),
        ),
        "a page within": (
            {parts["pages"]: three + b">>", 80: page},
            ("page_added", (2,)),
        ),
        "a page away": ({parts["pages"]: one + b">>"}, ("page_removed", (2,))),
        "another order": ({parts["pages"]: turned + b">>"}, ("page_changed", (1, 2))),
        "a larger sheet": (
            {parts["pages"]: kids + b"/CropBox [0 0 99 99] >>"},
            ("page_changed", (1, 2)),
        ),
        "a script": (
            {parts["catalogue"]: root + b"/OpenAction << /S /JavaScript /JS (x) >> >>"},
            ("other", ()),
        ),
        "a file": (
            {parts["catalogue"]: root + FILE + b">>", 81: b"<< /Type /Filespec >>"},
            ("attachment", ()),
        ),
        "a layer": (
            {parts["catalogue"]: root + b"/OCProperties << /OCGs [] >> >>"},
            ("other", ()),
        ),
        "a title": ({parts["info"]: b"<< /Title (Sold) >>"}, ("metadata", ())),
        "a loose object": ({80: b"(loose)"}, ("other", ())),
    }


ATTACKS = (
    "a note",
    "a note without an object",
    "a page's content",
    "a page cut",
    "a font of both pages",
    "a page within",
    "a page away",
    "another order",
    "a larger sheet",
    "a script",
    "a file",
    "a layer",
    "a title",
    "a loose object",
)


@pytest.mark.parametrize("name", ATTACKS)
def test_what_was_added_is_told_by_kind_and_page(signed, append, verified, parts, name):
    objects, expected = attacks(signed, parts)[name]
    info = b"/Info %d 0 R" % parts["info"] if parts["info"] in objects else b""
    found = verified(append(signed, objects, trailer=info))

    assert found.verdict == "altered"
    assert expected in kinds(found)
    assert {one.after_signature for one in found.added_last} == {3}
    pages = {page for kind, page in kinds(found) if page}
    assert pages == ({expected[1]} if expected[1] else set())
    assert not all(one.allowed for one in found.added_last)


def test_every_attack_is_tried(signed, parts):
    assert set(attacks(signed, parts)) == set(ATTACKS)


def test_planned_signatures_are_told_with_their_page(signed, verified):
    found = verified(signed)

    assert [one.to_plain() for one in found.additions] == [
        {
            "after_signature": number,
            "kind": "signature",
            "pages": [2],
            "allowed": True,
            "name": name,
        }
        for number, name in ((1, "Appraiser2"), (2, "Institution"))
    ]
    assert found.added_last == ()


def test_the_json_tells_levels_and_revisions(signed, verified):
    plain = verified(signed).to_plain()

    assert plain["level"] == "B-B"
    assert [one["level"] for one in plain["signatures"]] == ["B-B"] * 3
    assert [one["after_signature"] for one in plain["revisions"]] == [1, 2]


def test_additions_are_told_page_by_page():
    told = addition_texts(
        [
            Addition(1, Kind.SIGNATURE, (2,), allowed=True, name="Appraiser2"),
            Addition(1, Kind.ANNOTATION, (1, 2)),
            Addition(1, Kind.METADATA),
        ]
    )

    assert [say(one, "en") for one in told] == [
        "Page 1, not allowed: annotation or field",
        "Page 2: signature (Appraiser2)",
        "Page 2, not allowed: annotation or field",
        "On no page, not allowed: properties of the document",
    ]
    assert set(KIND_NAMES) == set(Kind)
