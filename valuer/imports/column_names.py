"""What the columns of patent lists are called, in Chinese and English.

First whole names, then patterns for the many ways to say the same: a pattern counts
only for a thing that no column names outright.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

NAMES: Mapping[str, tuple[str, ...]] = {
    "number": (
        "申请号", "申请号/专利号", "申请(专利)号", "专利申请号", "申请编号", "申请(专利号)",
        "application number", "application no", "appl no", "app no", "application",
        "application/patent number", "application id", "filing number",
        "application serial number", "application number(s)",
    ),
    "publication": (
        "公开(公告)号", "公开/公告号", "公开公告号", "公开号", "公告号", "授权公告号", "公布号",
        "公开编号", "文献号", "公布/公告号", "专利公开号", "公开(公告)编号", "显示键", "显示编号",
        "publication number", "publication no", "pub no", "display key", "grant number",
        "document number", "publication id", "publication",
    ),
    "either": (
        "专利号", "专利编号", "专利号码", "编号", "号码", "标识", "标识符", "专利id", "id",
        "patent number", "patent no", "patent id", "number", "patent", "no", "identifier",
    ),
    "title": (
        "标题", "名称", "专利名称", "发明名称", "专利标题", "题名", "发明创造名称", "专利题目", "题目",
        "发明标题", "title", "invention title", "title of invention", "patent title", "name",
        "patent name",
    ),
    "owners": (
        "专利权人", "当前专利权人", "权利人", "受让人", "所有人", "所有者", "当前申请(专利权)人",
        "权利人(美国)", "所有人(美国)", "所有者(美国)", "美国权利人", "当前权利人", "专利所有人",
        "owner(s)", "owner", "assignee", "assignee(s)", "current assignee", "patentee",
        "patentee(s)", "owners (us)", "us owners", "proprietor", "patent owner", "right holder",
    ),
    "applicants": (
        "申请人", "申请人/专利权人", "专利权人/申请人", "申请(专利权)人", "申请人(专利权人)",
        "申请人姓名或名称", "申请人姓名", "专利申请人", "申请人名称", "申请单位",
        "applicant", "applicant(s)", "applicant/patentee", "applicant/assignee",
        "applicant/patent owner", "applicant/owner", "applicant or patentee", "applicant name",
    ),
    "inventors": (
        "发明人", "发明人/设计人", "发明(设计)人", "发明人(设计人)", "设计人", "发明人姓名",
        "发明人/作者", "发明者", "发明者/作者", "作者", "inventor", "inventor(s)",
        "inventor/author", "inventors/authors", "inventor/designer", "author", "designer",
        "inventor name",
    ),
    "filed": (
        "申请日", "申请日期", "专利申请日", "提交日", "提交日期", "申请/创建日", "申请/创建日期",
        "申请日/创建日", "申请日期/创建日期", "提交/创建日期", "filing date", "application date",
        "date of application", "filing/creation date", "date filed", "date of filing", "filed",
        "application filing date",
    ),
    "priority": (
        "优先权日", "优先权日期", "最早优先权日", "最早优先权日期", "优先日", "优先日期",
        "priority date", "earliest priority date", "earliest priority", "date of priority",
    ),
    "granted": (
        "授权日", "授权日期", "授权公告日", "授权公告日期", "颁证日", "专利授权日", "授予日", "授予日期",
        "grant date", "date of grant", "granted", "issue date", "date granted",
    ),
    "published": (
        "公开日", "公开日期", "公开(公告)日", "公开(公告)日期", "公布日", "公告日", "公布日期", "公告日期",
        "申请公布日", "申请公布日/授权公告日", "公布日/公告日", "公布/公告日", "公开日/公告日", "出版日期",
        "publication date", "date of publication", "publication/grant date", "pub date",
        "publication date/grant date", "publication or grant date", "published",
        "application publication date/grant announcement date", "publication/announcement date",
        "application publication date/grant publication date", "announcement date",
    ),
    "ipc": (
        "ipc分类号", "ipc主分类号", "主ipc分类号", "主分类号", "ipc分类", "ipc", "ipcr分类", "ipcr分类号",
        "国际分类号", "国际专利分类", "国际专利分类号", "分类号", "ipc主分类", "国际分类",
        "ipcr classifications", "ipc classifications", "ipc classification", "ipc(s)", "ipc class",
        "international classification", "main ipc", "ipcr",
    ),
    "status": (
        "法律状态", "当前法律状态", "最新法律状态", "案件状态", "专利状态", "法律状态/事件", "状态",
        "legal status", "status", "current legal status", "patent status", "case status",
    ),
    "status_on": (
        "法律状态最后修改日期", "法律状态日期", "法律状态生效日", "法律状态公告日", "法律状态日",
        "法律状态更新日期", "法律状态变更日期", "法律状态修改日期", "最新法律状态日期", "状态日期",
        "legal status date", "status date", "date of legal status", "legal status last modified",
        "legal status last modified date", "last legal status date", "legal status change date",
        "legal status effective date", "legal status last modification date",
        "legal status update date", "legal status last updated", "last modified date of legal status",
        "date of last legal status change", "last legal status modification date",
        "legal status modified", "legal status modification date", "legal status modified date",
    ),
    "kind": (
        "专利类型", "申请类型", "专利种类", "专利类别", "类型", "patent type", "type of patent",
        "application type", "patent kind", "type", "kind of patent",
    ),
    "kind_code": ("种类", "种类代码", "文献种类", "文献种类代码", "文献代码", "kind", "kind code"),
    "country": (
        "国家", "国别", "公开国别", "受理局", "司法管辖区", "管辖区", "管辖", "国家/地区", "司法辖区",
        "管辖权", "管辖地", "辖区", "jurisdiction", "country", "country code", "office", "authority",
    ),
    "document": (
        "文献类型", "文档类型", "document type", "publication type",
    ),
    "link": ("结果链接", "链接", "网址", "url", "result link", "link", "网页链接"),
    "lens_id": ("lens id", "lens编号", "lens标识", "lens标识符", "lens"),
    "filing_year": ("申请年份", "申请年", "application year", "filing year"),
    "abstract": ("摘要", "abstract", "专利摘要"),
}  # fmt: skip
"""Names of what a column may hold, as lists write them."""

# Patterns are tried in this order on a name without spaces and in lower case.
PATTERNS = tuple(
    (re.compile(pattern), field)
    for pattern, field in (
        (r"法律状态.*(日|日期|时间)$", "status_on"),
        (r"legalstatu.*(date|modif|updat|chang)|(date|modif|updat).*legalstatu", "status_on"),
        (r"优先.*日期?$", "priority"),
        (r"priority.*date|date.*priority", "priority"),
        (r"(公开|公布).*日期?$", "published"),
        (r"publi.*date|date.*publi|announce.*date", "published"),
        (r"授权.*日期?$", "granted"),
        (r"(grant|issue).*date|date.*grant", "granted"),
        (r"(公告|出版|发布).*日期?$", "published"),
        (r"(申请|提交|创建|递交).*日期?$", "filed"),
        (r"(filing|filed|application|creation).*date|date.*(filing|application)", "filed"),
        (r"申请.*号码?$", "number"),
        (r"(application|filing).*(number|no)$", "number"),
        (r"(公开|公布|公告|授权).*号码?$", "publication"),
        (r"(publication|grant).*(number|no)$", "publication"),
        (r"专利.*(号码?|id)$", "either"),
        (r"patent.*(number|no|id)$", "either"),
        (r"(标题|题目|题名|发明名称|专利名称)(\(.*\))?$", "title"),
        (r"title$|(invention|patent)name$", "title"),
        (r"(发明人|发明者|设计人|作者)$", "inventors"),
        (r"inventor(/.*)?$", "inventors"),
        (r"(申请人|申请单位)$", "applicants"),
        (r"applicant(/.*)?$", "applicants"),
        (r"(权利人|专利权人|受让人|所有人|所有者|持有人)(\(.*\))?$", "owners"),
        (r"(assignee|owner|patentee|proprietor)(\(.*\))?$", "owners"),
        (r"^(国家|国别|司法|管辖)", "country"),
        (r"法律状态$", "status"),
        (r"legalstatu$", "status"),
        (r"^(patent|application)(type|kind)$", "kind"),
        (r"(链接|网址)$", "link"),
    )
)  # fmt: skip
"""Patterns of names, each with what the column holds."""
