"""Packages of the e-filing client, made from invented facts in the client's layout."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from xml.sax.saxutils import escape

from valuer.agency.docket import Case
from valuer.core.problems import Severity
from valuer.imports.docket_result import ReadDocket
from valuer.imports.efiling_package import package_from_bytes

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
OFFICE_TYPE = '<!DOCTYPE cn-application-body SYSTEM "/dtdandxsl/cn-application-body-20080416.dtd">\n'
FORMS = {"0": ("110101", "发明专利请求书"), "1": ("120101", "实用新型专利请求书")}
CLAIMS = (
    "一种虚构的水位探针，其特征在于，包括壳体和浮子。",
    "根据权利要求1所述的水位探针，其特征在于，所述浮子为空心。",
    "一种水位测量方法，其特征在于，读取浮子的位置。",
    "一种水位系统，包括如权利要求1所述的水位探针。",
)
DESCRIPTION = (
    "技术领域",
    "本发明涉及水位。",
    "实施例1",
    "如图1。",
    "实施例2：空心浮子",
    "略。",
)


@dataclass(frozen=True)
class Filing:
    """What an invented agency filed; the texts are the form's own."""

    kind: str = "0"
    title: str = "一种虚构的水位探针"
    number: str = ""
    international: str = ""
    reference: str = "SW2026-0001"
    applicants: Sequence[tuple[str, str]] = (("虚构大学", "大专院校"), ("甲一", "个人"))
    agents: Sequence[tuple[str, str, str]] = (
        ("2", "丁四", "3201100002.5"),
        ("1", "丙三", "3201100001.X"),
    )
    claims: Sequence[str] = CLAIMS
    stated_claims: str = "4"
    description: Sequence[str] = DESCRIPTION
    pages: str = "7"
    stated_pages: str = "7"
    same_day: str = "1"
    priorities: Sequence[str] = ("2025-11-02", "2025-10-01")
    request: bool = True
    extra: Mapping[str, bytes] = field(default_factory=dict)


def with_changes(**changes: object) -> Filing:
    return replace(Filing(), **changes)


def forms(filing: Filing) -> dict[str, bytes]:
    """The parts of one package by their paths, ``list.xml`` among them."""
    code, name = FORMS[filing.kind]
    listed = [("100001", "权利要求书", "1"), ("100002", "说明书", filing.pages)]
    if filing.request:
        listed.insert(0, (code, name, "4"))
    parts = {"list.xml": _list(filing, listed)}
    if filing.request:
        parts[f"{code}/{code}.XML"] = _request(filing, name)
    parts["100001/100001.XML"] = _body(
        "<cn-claims>",
        (
            f'<claim id="cl{number:03}" num="{number}"><claim-text>{escape(text)}'
            "</claim-text></claim>"
            for number, text in enumerate(filing.claims, 1)
        ),
        "</cn-claims>",
    )
    parts["100002/100002.XML"] = _body(
        "<description>",
        (
            f'<p id="p{number:04}" num="{number:04}">{escape(text)}</p>'
            for number, text in enumerate(filing.description, 1)
        ),
        "</description>",
    )
    return {**parts, **filing.extra}


def package(filing: Filing | None = None, folder: str = "") -> bytes:
    """One package as a zip; names that are no ASCII stand in GBK, without the mark."""
    return zipped(
        {folder + path: data for path, data in forms(filing or Filing()).items()}
    )


def zipped(parts: Mapping[str, bytes], encoding: str = "gbk") -> bytes:
    """Zip parts as a Chinese program does: names in an encoding that nothing tells."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in parts.items():
            archive.writestr(_Untold(path, encoding), data)
    return stream.getvalue()


class _Untold(zipfile.ZipInfo):
    """An entry whose name stands in an encoding without the bit that says UTF-8."""

    def __init__(self, path: str, encoding: str) -> None:
        super().__init__(path)
        self._encoding = encoding
        self.compress_type = zipfile.ZIP_DEFLATED

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - zipfile's name
        return self.filename.encode(self._encoding), self.flag_bits


def read(data: bytes) -> ReadDocket:
    return package_from_bytes(data, "案卷.zip")


def one(data: bytes) -> Case:
    found = read(data)
    assert (found.read, found.refused) == (1, 0)
    return found.cases[0]


def told(data: bytes) -> list[str]:
    return [issue.say("en") for issue in read(data).issues]


def refusal(data: bytes) -> str:
    """What is said of a file whose only package is refused."""
    found = read(data)
    assert (found.read, found.refused, found.cases) == (1, 1, ())
    (issue,) = found.issues
    assert issue.severity is Severity.ERROR
    return issue.say("en")


def _list(filing: Filing, listed: Sequence[tuple[str, str, str]]) -> bytes:
    items = "".join(
        f"<BAONEIWJXX><WENJIANBZ>{code}.XML</WENJIANBZ><GESHILX>.XML</GESHILX>"
        f"<BIAOGEDM>{code}</BIAOGEDM><XIANGDUILJ>{code}\\{code}.XML</XIANGDUILJ>"
        f"<PAGES>{pages}</PAGES><COUNTS>0</COUNTS><SHIFOUBZ>0</SHIFOUBZ>"
        f"<WENJIANMC>{name}</WENJIANMC></BAONEIWJXX>"
        for code, name, pages in listed
    )
    return (
        f"{HEAD}<data-bus><QINGQIUXX><DIANZISQAJID>0f3c</DIANZISQAJID>"
        f"<YEWULX>{filing.kind}</YEWULX><FAMINGMC>{escape(filing.title)}</FAMINGMC>"
        f"<SHENQINGH>{filing.number}</SHENQINGH>"
        f"<GUOJISQH>{filing.international}</GUOJISQH>"
        f"<NEIBUBH>{filing.reference}</NEIBUBH></QINGQIUXX>"
        f"<WENJIANBYSXX>{items}</WENJIANBYSXX></data-bus>"
    ).encode()


def _request(filing: Filing, name: str) -> bytes:
    applicants = "".join(
        f"<{tag}><姓名或名称>{escape(who)}</姓名或名称><申请人类型>{kind}</申请人类型>"
        f"<城区乡街道门牌号>虚构路1号</城区乡街道门牌号></{tag}>"
        for tag, (who, kind) in zip(
            ("第一申请人", "其他申请人", "其他申请人"), filing.applicants, strict=False
        )
    )
    agents = "".join(
        f'<代理人 顺序="{order}"><姓名>{who}</姓名><工作证号>{licence}</工作证号></代理人>'
        for order, who, licence in filing.agents
    )
    claimed = "".join(
        f'<在先申请 顺序="{place}"><在先申请国别或地区>CN</在先申请国别或地区>'
        f"<在先申请日>{day}</在先申请日></在先申请>"
        for place, day in enumerate(filing.priorities, 1)
    )
    return (
        f"{HEAD}<{name}><申请日></申请日><发明名称>{escape(filing.title)}</发明名称>"
        f"<内部编号>{filing.reference}</内部编号>"
        "<发明人><第一发明人><姓名>甲一</姓名></第一发明人></发明人>"
        f"<申请人>{applicants}</申请人><专利代理机构><名称>虚构专利代理事务所</名称>"
        f"<代码>32999</代码>{agents}</专利代理机构>"
        f"<要求优先权声明>{claimed}</要求优先权声明><同日申请>"
        f"<声明本发明在同日申请实用新型专利>{filing.same_day}"
        "</声明本发明在同日申请实用新型专利></同日申请>"
        f"<申请文件清单><项数>{filing.stated_claims}</项数><申请文件信息><申请文件>"
        f"<表格代码>100002</表格代码><页数>{filing.stated_pages}</页数></申请文件>"
        f"</申请文件信息></申请文件清单></{name}>"
    ).encode()


def _body(opening: str, inside: object, closing: str) -> bytes:
    texts = "".join(inside)  # type: ignore[arg-type]
    return (
        f'{HEAD}{OFFICE_TYPE}<cn-application-body lang="zh" country="CN">'
        f"{opening}{texts}{closing}</cn-application-body>"
    ).encode()
