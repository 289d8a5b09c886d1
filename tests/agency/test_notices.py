from __future__ import annotations

from datetime import date

from valuer.agency.notices import Notice, NoticeKind, counted_once, notice_word


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_an_action_made_and_mailed_counts_once():
    told = (
        Notice("MCTFR", day("2021-01-06")),
        Notice("CTFR", day("2020-12-31")),
        Notice("MCTNF", day("2020-08-27")),
        Notice("CTNF", day("2020-08-16")),
    )
    found = counted_once(told)
    assert [(one.name, one.made, one.mailed) for one in found] == [
        ("CTNF", day("2020-08-16"), day("2020-08-27")),
        ("CTFR", day("2020-12-31"), day("2021-01-06")),
    ]


def test_made_and_mailed_on_one_day_in_any_order_are_one():
    told = (Notice("MCTNF", day("2020-08-16")), Notice("CTNF", day("2020-08-16")))
    assert len(counted_once(told)) == 1


def test_two_actions_of_a_kind_stay_two():
    days = ("2020-01-02", "2020-01-09", "2020-06-01", "2020-06-08")
    names = ("CTNF", "MCTNF", "CTNF", "MCTNF")
    told = tuple(Notice(n, day(d)) for n, d in zip(names, days, strict=True))
    assert [one.mailed for one in counted_once(told)] == [day(days[1]), day(days[3])]


def test_two_actions_made_before_either_was_mailed_stay_two():
    days = ("2020-01-02", "2020-01-03", "2020-01-09", "2020-01-10")
    names = ("CTNF", "CTNF", "MCTNF", "MCTNF")
    told = tuple(Notice(n, day(d)) for n, d in zip(names, days, strict=True))
    found = counted_once(told)
    assert {one.mailed for one in found} == {day(days[2]), day(days[3])}


def test_a_mailing_without_its_action_stands_by_itself():
    told = (Notice("MCTNF", day("2020-08-27")), Notice("CTFR", day("2020-09-01")))
    assert [one.name for one in counted_once(told)] == ["MCTNF", "CTFR"]


def test_the_number_before_a_notice_is_left_out():
    for name in ("审查意见通知书", "第一次审查意见通知书", "第 2 次审查意见通知书"):
        assert notice_word(name).kind is NoticeKind.SUBSTANTIVE
    assert notice_word("补正通知书").kind is NoticeKind.FORMALITY
    assert notice_word("天书") is None
