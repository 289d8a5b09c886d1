"""Packages in every state: several, damaged, hostile; nothing crashes or is fetched."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from tests.imports.efiling import (
    Filing,
    forms,
    one,
    package,
    read,
    refusal,
    told,
    with_changes,
    zipped,
)
from valuer.core.problems import Severity, UserError
from valuer.imports import archives, plain_xml
from valuer.imports.efiling_package import is_package


def test_several_packages_in_one_zip_and_zips_in_a_zip_are_all_read():
    first = {f"甲案/new/{path}": data for path, data in forms(Filing()).items()}
    second = with_changes(reference="SW2026-0002")
    third = with_changes(reference="SW2026-0003")
    data = zipped(
        {
            **first,
            "乙案.zip": package(second),
            "丙案.ZIP": package(third, "内层/"),
            "__MACOSX/甲案/new/list.xml": b"rubbish",
            "甲案/说明.txt": b"not a form",
        }
    )
    found = read(data)

    assert found.issues == ()
    assert [case.reference for case in found.cases] == [
        "SW2026-0001",
        "SW2026-0002",
        "SW2026-0003",
    ]
    assert [case.source.sheet for case in found.cases] == [
        "甲案/new",
        "乙案.zip",
        "丙案.ZIP/内层",
    ]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_in_gbk_or_utf_8_without_a_mark_are_told_rightly(encoding):
    # 誠 ends in GBK with the byte of a backslash.
    parts = {f"誠信案卷/{path}": data for path, data in forms(Filing()).items()}

    assert one(zipped(parts, encoding)).source.sheet == "誠信案卷"


def test_names_marked_as_utf_8_are_told_rightly():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path, data in forms(Filing()).items():
            archive.writestr(f"水位\u3000探针/{path}", data)

    assert one(stream.getvalue()).source.sheet == "水位\u3000探针"


def test_one_bad_package_leaves_the_others_be():
    good = forms(Filing())
    bad = forms(with_changes(number="202610000001.6", reference="B"))
    data = zipped(
        {
            **{f"好/{path}": part for path, part in good.items()},
            **{f"坏/{path}": part for path, part in bad.items()},
        }
    )
    found = read(data)

    assert (found.read, found.refused, len(found.cases)) == (2, 1, 1)
    (issue,) = found.issues
    assert issue.sheet == "坏"
    assert "check digit" in issue.say("en")


def test_a_package_without_number_and_reference_is_refused():
    assert "neither an application number" in refusal(
        package(with_changes(reference=""))
    )


def test_a_zip_without_a_list_is_refused():
    parts = forms(Filing())
    del parts["list.xml"]

    with pytest.raises(UserError, match=r"案卷\.zip holds no package.*list\.xml"):
        read(zipped(parts))
    with pytest.raises(UserError, match=r"holds no package"):
        read(zipped({}))
    assert "“无清单.zip”" in refusal(zipped({"无清单.zip": zipped(parts)}))


def test_a_list_of_something_else_is_refused():
    said = refusal(zipped({"list.xml": b"<data-bus><TONGZHISXJ/></data-bus>"}))

    assert "lists no application" in said


def test_a_form_that_is_listed_twice_is_one():
    parts = forms(Filing())
    start, end = b"<BAONEIWJXX>", b"</WENJIANBYSXX>"
    items = parts["list.xml"][parts["list.xml"].index(start) : -len(end) - 11]
    parts["list.xml"] = parts["list.xml"].replace(end, items + end)
    case = one(zipped(parts))

    assert parts["list.xml"].count(b"100002</BIAOGEDM>") == 2
    assert (case.pages, case.claims, case.embodiments) == (7, 4, 2)


def test_a_form_that_is_listed_and_missing_is_refused_by_name():
    parts = forms(Filing())
    del parts["110101/110101.XML"]

    assert "110101/110101.xml is in the list" in refusal(zipped(parts))


def test_texts_that_are_listed_and_missing_are_told_and_the_rest_is_read():
    parts = forms(Filing())
    del parts["100001/100001.XML"], parts["100002/100002.XML"]
    found = read(zipped(parts))
    (case,) = found.cases

    assert (case.pages, case.claims, case.agents) == (7, 4, one(package()).agents)
    assert (case.independent_claims, case.embodiments) == (None, None)
    assert " ".join(told(zipped(parts))).count("list, but not in the package") == 2


def test_a_path_in_the_list_cannot_lead_out_of_the_package():
    parts = forms(Filing())
    parts["list.xml"] = parts["list.xml"].replace(
        b"100001\\100001.XML", b"..\\..\\100001.XML"
    )
    inner = {f"a/b/{path}": data for path, data in parts.items()}
    file = zipped(inner | {"100001.XML": parts["100001/100001.XML"]})

    assert one(file).independent_claims is None
    assert "in the list, but not in the package" in " ".join(told(file))


@pytest.mark.parametrize(
    "name",
    [
        "/etc/x.xml",
        "C:\\x.xml",
        "../x.xml",
        "a/../../x.xml",
        "a\\..\\x.xml",
        "a\tb.xml",
    ],
)
def test_a_part_whose_name_leads_out_is_refused_by_name(name):
    with pytest.raises(UserError, match=r"the name of the part “.*leads out"):
        read(zipped({**forms(Filing()), name: b""}))


def test_a_part_that_stands_twice_is_refused_by_name():
    with pytest.raises(UserError, match=r"“LIST\.XML” stands twice"):
        read(zipped({**forms(Filing()), "LIST.XML": b"<a/>"}))


def test_a_protected_part_is_refused_by_name():
    data = bytearray(package())
    place = data.rindex(b"PK\x01\x02")
    data[place + 8] |= 1

    with pytest.raises(UserError, match=r"“100002/100002\.XML” is protected"):
        read(bytes(data))


def test_a_zip_in_a_zip_in_a_zip_is_refused_by_name():
    inner = zipped({"深.zip": package()})
    found = read(zipped({"外.zip": inner, "好.zip": package()}))

    assert (found.read, found.refused) == (2, 1)
    assert "“深.zip” lies in a zip within the zip" in found.issues[0].say("en")


def test_a_zip_within_a_package_is_told_and_left_closed():
    data = package(with_changes(extra={"附件.zip": b"not looked at"}))

    assert one(data).claims == 4
    assert "“附件.zip” lies within a package" in told(data)[0]


def test_a_bomb_is_refused_by_name_before_it_is_unpacked():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("list.xml", b" " * 40_000_000)

    assert "“list.xml” would unpack to 40 MB" in refusal(stream.getvalue())


def test_all_parts_of_a_file_share_one_bound(monkeypatch):
    monkeypatch.setattr(
        archives.Allowance.__init__, "__defaults__", (len(package()) * 3,)
    )
    found = read(zipped({f"{name}.zip": package() for name in "甲乙丙丁"}))

    assert found.refused > 0
    assert len(found.cases) + found.refused == 4


def test_a_part_that_lies_about_its_size_is_refused_in_bounded_memory():
    data = bytearray(zipped({"list.xml": b" " * 1_000_000}))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.index(mark) + place
        data[start : start + 4] = (100).to_bytes(4, "little")

    assert "“list.xml” is damaged" in refusal(bytes(data))


def test_a_packing_that_is_not_read_is_refused_by_name():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("list.xml", b"<a/>")

    assert "“list.xml” is damaged" in refusal(stream.getvalue())


HOSTILE = {
    "an entity": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    "an entity never used": '<!DOCTYPE a [<!ENTITY b "c">]><a/>',
    "an outside entity": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hosts">]><a>&b;</a>',
    "a parameter": '<!DOCTYPE a [<!ENTITY % b SYSTEM "http://x.invalid/">%b;]><a/>',
    "a type from the net": '<!DOCTYPE a SYSTEM "http://x.invalid/a.dtd"><a/>',
    "the office's type from the net": "<!DOCTYPE a SYSTEM"
    ' "http://x.invalid/cn-application-body-20080416.dtd"><a/>',
    "a public type": '<!DOCTYPE a PUBLIC "-//x" "x.dtd"><a/>',
    "an element's type": "<!DOCTYPE a [<!ELEMENT a ANY>]><a/>",
    "an entity of the office's type": '<!DOCTYPE a SYSTEM "cn-application-body-20080416.dtd">'
    "<a>&alpha;</a>",
    "an entity within the office's type": "<!DOCTYPE a SYSTEM"
    ' "cn-application-body-20080416.dtd" [<!ENTITY b "c">]><a>&b;</a>',
    "a bomb": "<!DOCTYPE a [<!ENTITY b '1234567890'>"
    + "".join(
        f"<!ENTITY b{n} '{f'&b{n - 1 or chr(0)};' * 10}'>".replace("&b\0;", "&b;")
        for n in range(1, 9)
    )
    + "]><a>&b8;</a>",
}


@pytest.mark.parametrize("way", HOSTILE)
@pytest.mark.parametrize("part", ["list.xml", "110101/110101.XML", "100001/100001.XML"])
def test_entities_and_document_types_are_refused_by_the_part_s_name(way, part):
    parts = {**forms(Filing()), part: HOSTILE[way].encode()}

    assert f"{part} brings entities or a document type" in refusal(zipped(parts))


def test_hostile_xml_of_others_is_refused(shared_data):
    files = sorted((shared_data / "messy" / "xml").glob("*.xml"))
    assert files
    for path in files:
        said = refusal(zipped({**forms(Filing()), "list.xml": path.read_bytes()}))
        assert "list.xml" in said


BROKEN = {
    "cut off": lambda data: data[:-20],
    "empty": lambda _: b"",
    "two roots": lambda data: data + b"<a/>",
    "in GBK, but UTF-8 by its word": lambda data: data.decode().encode("gbk"),
    "half a letter": lambda data: data.replace("明".encode(), "明".encode()[:2], 1),
    "a mark of another encoding": lambda data: b"\xff\xfe" + data,
}


@pytest.mark.parametrize("way", BROKEN)
@pytest.mark.parametrize("part", ["110101/110101.XML", "100002/100002.XML"])
def test_a_damaged_form_is_refused_by_its_name(way, part):
    parts = forms(Filing())
    parts[part] = BROKEN[way](parts[part])

    assert f"{part} is damaged" in refusal(zipped(parts))


def test_a_form_in_an_encoding_that_is_not_read_is_refused_by_its_name():
    parts = forms(Filing())
    parts["list.xml"] = parts["list.xml"].replace(b"UTF-8", b"EBCDIC-CP-US")

    assert "list.xml is said to be in EBCDIC-CP-US" in refusal(zipped(parts))


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-16", "utf-8-sig"])
def test_a_form_in_the_encoding_that_it_tells_is_read(encoding):
    parts = forms(Filing())
    for part in ("list.xml", "110101/110101.XML"):
        text = parts[part].decode().replace("UTF-8", encoding.removesuffix("-sig"))
        parts[part] = text.encode(encoding)

    assert one(zipped(parts)).title == "一种虚构的水位探针"


def test_a_form_too_deep_or_too_long_is_refused_by_its_name(monkeypatch):
    deep = b"<a>" * 5_000 + b"</a>" * 5_000
    assert "list.xml is larger or deeper" in refusal(zipped({"list.xml": deep}))

    monkeypatch.setattr(plain_xml, "_MOST_ELEMENTS", 1000)
    wide = b"<a>" + b"<b/>" * 2_000 + b"</a>"
    assert "list.xml is larger or deeper" in refusal(zipped({"list.xml": wide}))


def test_a_file_of_very_many_parts_is_refused(monkeypatch):
    monkeypatch.setattr(archives, "_MOST_PARTS", 3)
    with pytest.raises(UserError, match="more than 3 parts"):
        read(package())


def test_a_text_above_the_limit_is_refused_by_its_name(monkeypatch):
    monkeypatch.setattr(plain_xml, "LIMIT_BYTES", 10)
    with pytest.raises(UserError, match=r"list\.xml is larger or deeper"):
        plain_xml.read_xml(b"<a>12345</a>", "list.xml")


def test_what_is_no_zip_is_refused():
    with pytest.raises(UserError, match="is no zip"):
        read(b"%PDF-1.7")
    with pytest.raises(UserError, match="damaged or cut off"):
        read(package()[:200])


def test_packages_are_told_from_workbooks(xlsx):
    assert is_package(package())
    assert not is_package(xlsx([["申请号"]]))
    assert not is_package(package()[:200])
    assert not is_package("申请号".encode())


def test_bytes_changed_at_random_never_break_the_reader():
    drawn = random.Random(20260101)
    whole = package(with_changes(number="202610000001.9"))
    loose = zipped_plainly(forms(Filing()))
    for _ in range(400):
        data = bytearray(drawn.choice((whole, loose)))
        for _ in range(drawn.randint(1, 8)):
            data[drawn.randrange(len(data))] = drawn.randrange(256)
        if drawn.random() < 0.2:
            del data[drawn.randrange(len(data)) :]
        try:
            found = read(bytes(data))
        except UserError:
            continue
        errors = [one.severity for one in found.issues].count(Severity.ERROR)
        assert found.read == len(found.cases) + found.refused
        assert found.refused == errors


def zipped_plainly(parts):
    """A zip that packs nothing, so that changed bytes reach the XML."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for path, data in parts.items():
            archive.writestr(path, data)
    return stream.getvalue()
