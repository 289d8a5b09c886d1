"""What the columns of docket lists are called, and what each holds.

The names of a field stand in the order in which they are believed: where a list has
both 案件状态 and 法律状态, the first that is filled tells the status. The names are those
of the office's query list, of search services and of agencies' own systems.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from valuer.imports.column_names import NAMES as PATENT_NAMES
from valuer.imports.columns import header_key

NAMES: Mapping[str, tuple[str, ...]] = {
    "number": (
        "申请号", "申请号/专利号", "申请(专利)号", "专利申请号", "申请(专利号)", "申请号码", "国家申请号",
        "申请编号", "专利号/申请号", "application number", "application no", "appl no",
        "application/patent number", "专利号", "专利编号", "patent number", "patent no",
    ),
    "reference": (
        "我方文号", "我方案号", "我方卷号", "我所文号", "我所案号", "本所案号", "本所文号", "本所编号",
        "代理案号", "代理编号", "内部编号", "内部案号", "案卷号", "卷号", "案号", "案件编号", "所内编号",
        "our reference", "our ref", "docket number", "docket no", "case number", "case no",
        "file no", "reference",
    ),
    "title": (
        "发明名称", "专利名称", "案件名称", "名称", "标题", "专利标题", "发明创造名称", "标题(中文)",
        "标题(翻译)", "标题(译)(简体中文)", "title", "invention title", "patent title",
    ),
    "kind": (
        "申请类型", "专利类型", "专利种类", "专利类别", "类型", "案件类型", "patent type",
        "type of patent", "application type", "type",
    ),
    "office": (
        "受理局", "公开国别", "申请国家", "申请国", "国家/地区", "国家", "国别", "country", "office",
        "jurisdiction",
    ),
    "field": (
        "主分类号", "ipc主分类号", "主ipc分类号", "ipc主分类", "主分类", "ipc分类号", "ipc", "ipc分类",
        "国际分类号", "分类号", "main ipc", "ipc classification",
    ),
    "status": (
        "案件状态", "专利状态", "当前法律状态", "法律状态", "最新法律状态", "法律状态/事件", "状态",
        "当前状态", "case status", "legal status", "status",
    ),
    "status_on": PATENT_NAMES["status_on"],
    "client": (
        "客户名称", "客户", "委托人", "委托人名称", "客户单位", "企业", "client", "client name",
        "customer",
    ),
    "applicants": (
        "申请人姓名或名称", "申请人", "申请人名称", "申请人姓名", "申请(专利权)人", "申请人/专利权人",
        "当前申请(专利权)人", "专利权人", "原始申请(专利权)人", "标准化申请人",
        "[标]当前申请(专利权)人", "applicant", "applicants", "applicant name", "owner",
    ),
    "applicant_type": ("申请人类型", "applicant type"),
    "agents": (
        "第一代理人", "第一代理师", "第一专利代理师", "签名代理师", "签名代理人", "专利代理师", "专利代理人",
        "代理师", "代理人", "代理人姓名", "代理师姓名", "第二代理人", "第二代理师", "第二专利代理师",
        "agent", "agents", "signing agent", "attorney",
    ),
    "agent_licences": (
        "工作证号", "代理人工作证号", "代理师工作证号", "执业证号", "代理师执业证号", "执业备案号",
    ),
    "handler": (
        "承办人", "案件承办人", "案件负责人", "处理人", "办案人", "主办人", "承办代理师", "handler",
        "agent in charge", "responsible",
    ),
    "drafter": (
        "撰写人", "撰稿人", "撰写代理师", "撰写代理人", "撰写人员", "drafter", "drafted by",
    ),
    "reviewer": (
        "审核人", "核稿人", "审稿人", "复核人", "质检人", "审核代理师", "核稿代理师", "reviewer",
        "reviewed by",
    ),
    "priority": PATENT_NAMES["priority"],
    "filed": (
        "申请日", "申请日期", "专利申请日", "提交日", "递交日", "提交日期", "递交日期", "filing date",
        "application date", "date filed", "filed",
    ),
    "published": (
        "首次公开日", "公开日", "公布日", "申请公布日", "公开日期", "公布日期", "publication date",
    ),
    "announced": (
        "公开(公告)日", "公开(公告)日期", "公开/公告日", "公布/公告日", "公布日/公告日", "公开日/公告日",
        "申请公布日/授权公告日", "publication/announcement date",
    ),
    "publication": (
        "公开(公告)号", "公开/公告号", "公开公告号", "授权公告号", "公告号", "公开号", "公布号",
        "公布/公告号", "publication number", "publication no",
    ),
    "exam_requested": ("提实审日", "实审请求日", "实质审查请求日", "提出实审日", "提出实审日期"),
    "exam_effective": (
        "实质审查生效日", "实审生效日", "实质审查生效日期", "进入实审日", "进入实审日期",
    ),
    "allowed": (
        "授权通知日", "授权通知书发文日", "办登通知日", "办登通知书发文日", "办理登记手续通知书发文日",
        "授权通知发文日",
    ),
    "granted": (
        "授权公告日", "授权日", "授权公告日期", "授权日期", "公告日", "颁证日", "grant date",
        "date of grant", "issue date",
    ),
    "refused": ("驳回生效日", "驳回失效日"),
    "withdrawn": ("撤回日", "主动撤回日", "撤回日期"),
    "deemed_withdrawn": ("视撤日", "视为撤回日", "视撤日期", "视为撤回日期"),
    "abandoned": ("视为放弃日", "视为放弃日期"),
    "lapsed": ("专利权终止日", "终止日", "终止日期", "专利权终止日期"),
    "ended_on": ("失效日", "失效日期", "专利失效日"),
    "restored": ("恢复日", "权利恢复日", "恢复日期"),
    "same_day": ("一案双申", "同日申请", "是否同日申请", "是否一案双申"),
    "claims": (
        "权利要求数量", "权利要求数", "权利要求项数", "权项数", "权利要求个数", "claims", "number of claims",
    ),
    "independent_claims": (
        "独立权利要求数量", "独立权利要求数", "独立权利要求个数", "独权数", "independent claims",
    ),
    "claim_length": ("首权字数",),
    "pages": ("说明书页数", "文献页数", "pages of the description"),
    "embodiments": ("实施例数量", "实施例数", "实施例个数", "embodiments"),
    "family": ("同族国家/地区", "同族国家", "简单同族国家/地区", "简单同族"),
    "family_countries": ("同族国家数量", "同族国家/地区数量", "简单同族国家数量"),
    "instructed": ("客户指示放弃", "是否客户指示放弃", "客户指示"),
    "taken_over": ("转入日", "接手日", "转入日期", "接手日期"),
    "handed_over": ("转出日", "转出日期"),
    "action_count": ("审查意见次数", "审查意见通知书次数", "oa次数", "审通次数"),
    "dealings.on": ("权利转移生效日", "转让生效日", "许可生效日", "质押生效日"),
    "due_dates.due": ("官方期限", "官方绝限", "绝限", "绝限日", "法定期限", "due date", "deadline"),
    "due_dates.done": ("完成日", "完成日期", "办结日", "done", "done on"),
    "complaints.made": ("投诉日期", "投诉日"),
    "complaints.closed": ("投诉结案日", "投诉结案日期", "投诉办结日"),
    "abnormal.noticed": ("非正常通知日", "非正常通知日期", "非正常通报日"),
    "abnormal.result": ("非正常结果", "非正常处理结果", "非正常认定结果"),
}  # fmt: skip
"""Names of what a column may hold, the most believed first."""

_TURN = r"^(第?[一二三四五六七八九十\d]+(次)?(审查意见)?(通知书|通)|oa\d+)"
PATTERNS = tuple(
    (re.compile(pattern), key)
    for pattern, key in (
        (_TURN + r"(发文|下发|通知)?(日|日期|发文日|发文日期)$", "office_actions.made"),
        (_TURN + r"(实际)?(答复|回复)(日|日期)$", "office_actions.answered"),
        (
            _TURN + r"(答复|回复|官方)?(期限|绝限|截止日)(日期)?$",
            "office_actions.due",
        ),
        (r"^补正(通知书)?(发文)?(日|日期)$", "corrections.made"),
        (r"^补正(通知书)?答复(日|日期)$", "corrections.answered"),
    )
)
"""Patterns of names with a count in them, as in 一通发文日."""

WHOLE_DOCUMENT = "文献页数"
"""Pages of the whole document, where those of the description are wanted."""

HOW_OFTEN = ("转让次数", "许可次数", "质押次数")
"""How often, and not when: no metric counts by these."""


TASKS = ("处理事项", "任务名称", "任务属性")
STATE_OF_TASK = "当前状态"
"""In a list with a row a task, the state is that of the task."""


@cache
def known_names() -> Mapping[str, tuple[str, int]]:
    """Return by each name what it holds, and how much it is believed, 0 the most."""
    return {
        header_key(name): (key, place)
        for key, names in NAMES.items()
        for place, name in enumerate(names)
    }
