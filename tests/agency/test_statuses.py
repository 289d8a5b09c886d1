from __future__ import annotations

import pytest

from valuer.agency.statuses import (
    Cause,
    Outcome,
    listed_words,
    status_word,
    unknown_words,
)

# The register's words as the reference lists them, by class.
REGISTER = {
    Outcome.PENDING_FORMAL: (
        "待分配, 新案审查, 回案审查, 等待提案, 等待申请费, 初审待答复, 审查待提取,"
        " 等待案件分配, 中间文件审查, 退件(审查), 待退件(审查), 期限费用审查,"
        " 形审补正待答复, 一通回案形审, 中通回案形审, 其他通知书回案形审,"
        " 准备进入发明初审, 准备进入新型初审, 准备进入外观分类"
    ),
    Outcome.PENDING_PUBLICATION: "等待公布, 准备公布, 准备等待公布, 公布封卷, 公布完成",
    Outcome.PENDING_SUBSTANTIVE: (
        "等待实审请求, 等待提实审, 准备进入实审阶段, 等待实审提案, 进入实审, 实审检查,"
        " 待质检抽案, 一通出案待答复, 一通回案实审, 中通出案待答复, 中通回案实审,"
        " 其他通知书出案待答复, 其他通知书回案实审, 等待裁决转案"
    ),
    Outcome.ALLOWED: (
        "待发授权办登通知书, 等年登印费, 等待颁证公告, 准备颁证公告, 公告封卷, 待公告"
    ),
    Outcome.IN_FORCE: "专利权维持, 等年费滞纳金",
    Outcome.REFUSED_OPEN: (
        "驳回等复审请求, 复审程序中, 合议组审查, 等待合议组成立, 等待诉讼"
    ),
    Outcome.REFUSED: "驳回失效",
    Outcome.DEEMED_WITHDRAWN: "逾期视撤失效, 实审请求视撤失效, 无申请费视撤失效",
    Outcome.DEEMED_ABANDONED: "视为放弃失效",
    Outcome.WITHDRAWN: "撤回专利申请",
    Outcome.ENDED: (
        "未缴年费终止失效, 届满终止失效, 放弃专利权（主动放弃）, 无效宣告失效"
    ),
    Outcome.EXCLUDED: (
        "国优视撤, 分案结案, 放弃专利权（同样发明创造）, 放弃专利权（重复授权）"
    ),
}
RESTORABLE = (
    "逾期视撤,等恢复",
    "视为放弃,等恢复",
    "实审请求视撤,等恢复",
    "未缴申请费视撤,等恢复",
    "未缴年费专利权终止,等恢复",
    "未缴年费终止,等恢复补正",
    "届满终止,待失效",
    "逾期视撤,等恢复补正",
    "逾期视撤，等恢复（发明初审）",
    "逾期视撤，等恢复补正（发明初审）",
)
LISTED = [(one, word) for one, words in REGISTER.items() for word in words.split(", ")]


@pytest.mark.parametrize(("outcome", "word"), LISTED)
def test_a_word_of_the_register_tells_its_class(outcome, word):
    assert status_word(word).outcome is outcome


@pytest.mark.parametrize("word", RESTORABLE)
def test_what_can_be_restored_is_no_loss(word):
    assert status_word(word).outcome is Outcome.RESTORABLE


def test_full_and_half_width_and_spaces_are_one():
    words = ("逾期视撤,等恢复", "逾期视撤，等恢复", " 逾期视撤， 等恢复 ")
    assert len({status_word(word) for word in words}) == 1
    assert status_word("退件（审查）") == status_word("退件(审查)")


def test_what_was_granted_before_it_ended_is_told():
    assert status_word("未缴年费终止失效").granted
    assert status_word("未缴年费专利权终止，等恢复").granted
    assert not status_word("视为放弃失效").granted


def test_the_cause_of_a_loss_is_told():
    assert status_word("无申请费视撤失效").cause is Cause.NO_FEE
    assert status_word("实审请求视撤失效").cause is Cause.NO_REQUEST
    assert status_word("逾期视撤失效").cause is Cause.NO_ANSWER


def test_words_that_tell_nothing_are_asked_once_each():
    words = ("专利权维持", "其他失效", "等火星人", "等火星人", "")
    told = [issue.say("en") for issue in unknown_words(words)]
    assert len(told) == 2
    assert "其他失效" in told[0]
    assert "等火星人" in told[1]
    assert status_word("等火星人") is None


def test_words_of_another_office_are_known():
    failed = "Abandoned  --  Failure to Respond to an Office Action"
    assert status_word(failed).outcome is Outcome.DEEMED_WITHDRAWN
    assert status_word("Final Rejection Mailed").outcome is Outcome.PENDING_SUBSTANTIVE


def test_the_words_that_tell_an_outcome_stand_in_the_order_of_the_procedure():
    words = listed_words()
    told = [one.outcome for one in words]
    assert None not in told
    assert told == sorted(told, key=list(Outcome).index)
    assert "专利权维持" in [one.word for one in words]


@pytest.mark.parametrize(
    ("word", "outcome", "cause"),
    [
        ("避免重复授予专利权", Outcome.EXCLUDED, Cause.DOUBLE_GRANT),
        (
            "专利权的终止（未缴年费专利权终止）",
            Outcome.ENDED,
            Cause.NO_ANNUAL_FEE,
        ),
        ("宣告专利权部分无效", Outcome.IN_FORCE, Cause.NONE),
        ("发明专利申请公布后的视为放弃", Outcome.DEEMED_ABANDONED, Cause.NONE),
    ],
)
def test_words_of_the_gazette_that_leave_no_doubt_are_known(word, outcome, cause):
    found = status_word(word)

    assert (found.outcome, found.cause) == (outcome, cause)


@pytest.mark.parametrize("word", ["驳回", "撤回", "视为撤回", "终止", "有效"])
def test_short_words_that_may_be_final_or_not_are_asked(word):
    assert status_word(word) is None
