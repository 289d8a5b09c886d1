"""Amounts in Chinese capitals.

Source: 《正确填写票据和结算凭证的基本规定》, whose own examples are marked; the others by
its rules. Where the rule leaves a choice (零 before 仟 or 角, 整 after 角), one is taken.
"""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.capitals import LARGEST, capitals

FORMS = {
    "1409.50": "壹仟肆佰零玖元伍角整",  # the rule's example (整 optional)
    "6007.14": "陆仟零柒元壹角肆分",  # the rule's example
    "1680.32": "壹仟陆佰捌拾元叁角贰分",  # the rule's second form
    "107000.53": "壹拾万柒仟元伍角叁分",  # the rule allows no 零 in both places
    "16409.02": "壹万陆仟肆佰零玖元零贰分",  # the rule's example
    "325.04": "叁佰贰拾伍元零肆分",  # the rule's example
    "0": "零元整",
    "0.01": "壹分",
    "0.10": "壹角整",
    "0.12": "壹角贰分",
    "0.994": "玖角玖分",
    "0.995": "壹元整",
    "1": "壹元整",
    "1.01": "壹元零壹分",
    "1.10": "壹元壹角整",
    "1.23": "壹元贰角叁分",
    "10": "壹拾元整",
    "10.05": "壹拾元零伍分",
    "11": "壹拾壹元整",
    "20": "贰拾元整",
    "100": "壹佰元整",
    "101": "壹佰零壹元整",
    "110": "壹佰壹拾元整",
    "1000": "壹仟元整",
    "1001": "壹仟零壹元整",
    "1010": "壹仟零壹拾元整",
    "1100": "壹仟壹佰元整",
    "9999.99": "玖仟玖佰玖拾玖元玖角玖分",
    "10000": "壹万元整",
    "10001": "壹万零壹元整",
    "10010": "壹万零壹拾元整",
    "10100": "壹万零壹佰元整",
    "11000": "壹万壹仟元整",
    "100000": "壹拾万元整",
    "100001": "壹拾万零壹元整",
    "101000": "壹拾万壹仟元整",
    "1000000": "壹佰万元整",
    "6950000": "陆佰玖拾伍万元整",
    "10000000": "壹仟万元整",
    "10100001": "壹仟零壹拾万零壹元整",
    "27700000": "贰仟柒佰柒拾万元整",
    "99999999": "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元整",
    "100000000": "壹亿元整",
    "100000001": "壹亿零壹元整",
    "100010000": "壹亿零壹万元整",
    "100050001": "壹亿零伍万零壹元整",
    "100003000": "壹亿零叁仟元整",
    "110000000": "壹亿壹仟万元整",
    "1000000000": "壹拾亿元整",
    "1234567890.12": "壹拾贰亿叁仟肆佰伍拾陆万柒仟捌佰玖拾元壹角贰分",
    "300000000000": "叁仟亿元整",
    "1000000000000": "壹万亿元整",
    "1000000010000": "壹万亿零壹万元整",
    "1000100000000": "壹万零壹亿元整",
    "1200300000000": "壹万贰仟零叁亿元整",
    "9999999999999999.99": "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
}


@pytest.mark.parametrize(("amount", "words"), FORMS.items())
def test_an_amount_is_written_as_the_rule_says(amount, words):
    assert capitals(Decimal(amount)) == "人民币" + words


@pytest.mark.parametrize(
    ("currency", "name"), [("USD", "美元"), ("EUR", "欧元"), ("HKD", "港元")]
)
def test_the_currency_stands_before_the_amount(currency, name):
    assert capitals(Decimal(12), currency) == f"{name}壹拾贰元整"


def test_a_negative_amount_says_so():
    assert capitals(Decimal("-12.5")) == "人民币负壹拾贰元伍角整"
    assert capitals(Decimal("-0.001")) == "人民币零元整"


def test_what_cannot_be_named_gives_nothing():
    assert capitals(Decimal(1), "XYZ") == ""
    assert capitals(LARGEST) == ""
    assert capitals(LARGEST - Decimal("0.001")) == ""
    assert capitals(Decimal("1e300")) == ""
    assert capitals(Decimal("-1e30")) == ""


DIGITS = {word: value for value, word in enumerate("零壹贰叁肆伍陆柒捌玖")}
PLACES = {"拾": 10, "佰": 100, "仟": 1000}


def read_back(words: str) -> Decimal:
    """Read an amount in capitals: 亿 and 万 multiply all that stands before them."""
    match = re.fullmatch(r"人民币(?:(.+)元)?零?(?:(.)角)?零?(?:(.)分)?整?", words)
    assert match is not None, words
    cents = 10 * DIGITS.get(match[2], 0) + DIGITS.get(match[3], 0)
    return whole(match[1] or "") + Decimal(cents) / 100


def whole(words: str) -> int:
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        head, found, tail = words.rpartition(unit)
        if found:
            return (whole(head) if head else 1) * size + whole(tail)
    total = digit = 0
    for word in words:
        if word in PLACES:
            total, digit = total + digit * PLACES[word], 0
        else:
            digit = DIGITS[word]
    return total + digit


cents = st.integers(0, 10**18 - 1) | st.lists(
    st.sampled_from("0001259"), min_size=1, max_size=18
).map(lambda digits: int("".join(digits)))


@given(cents)
def test_what_is_written_reads_back(number):
    amount = Decimal(number) / 100
    assert read_back(capitals(amount)) == amount


@given(cents)
def test_no_two_noughts_stand_together_and_none_before_a_unit(number):
    words = capitals(Decimal(number) / 100).removeprefix("人民币")
    assert "零零" not in words
    assert not re.search(r"零[拾佰仟万亿]", words)
    assert "零元" not in words or words == "零元整"


@given(cents)
def test_it_ends_with_whole_or_with_a_fen(number):
    assert capitals(Decimal(number) / 100)[-1] == ("分" if number % 10 else "整")
