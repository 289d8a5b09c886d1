"""Texts become words where they are shown, in the language asked for."""

from __future__ import annotations

from valuer.core.problems import Issue, Severity, UserError, refuse_errors
from valuer.core.texts import N_, catalogue_texts, message, say, tr


def test_english_is_the_text_itself():
    assert tr(N_("Revenue"), "en") == "Revenue"
    assert tr("{a} of {b}", "en", a=1, b=2) == "1 of 2"


def test_chinese_comes_from_the_catalogue():
    translated = catalogue_texts("zh_CN")
    text = next(text for text in translated if "{" not in text)
    assert tr(text, "zh_CN") == translated[text] != text


def test_what_the_catalogue_does_not_know_stays():
    assert tr("no such text at all", "zh_CN") == "no such text at all"
    assert tr("", "zh_CN") == ""
    assert catalogue_texts("en") == {}


def test_a_message_within_a_message_is_said_in_the_same_language():
    inner = message("{n} years", n=3)
    assert say(message("after {how}", how=inner), "en") == "after 3 years"
    assert say("plain", "en") == "plain"
    assert str(message("{share:.1%} of it", share=0.125)) == "12.5% of it"


def test_braces_in_a_value_are_no_placeholders():
    assert tr("“{given}”", "en", given="{x}") == "“{x}”"


def test_a_refusal_says_itself():
    refusal = UserError("{file} is empty.", file="a.csv")
    assert refusal.say("en") == str(refusal) == "a.csv is empty."


def test_warnings_refuse_nothing():
    warning = Issue(Severity.WARNING, message("careful"))
    refuse_errors([warning])
    refuse_errors([])


def test_a_list_is_told_as_each_language_does():
    told = message("{rows}", rows=(5, "甲", message("careful")))
    assert str(told) == "5, 甲, careful"
    assert say(told, "zh_CN").startswith("5、甲、")
