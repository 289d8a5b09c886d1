"""Amounts and rates as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.entry import has_unit, parse_amount, parse_rate


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,234.5万", "12345000"),
        ("1.2亿", "120000000"),
        ("1.2 亿元", "120000000"),
        ("300千元", "300000"),
        ("5百万元", "5000000"),
        ("2千万", "20000000"),
        ("1234", "1234"),
        ("1,234,567.89", "1234567.89"),
        ("１，２３４．５万", "12345000"),
        ("￥5,000", "5000"),
        ("人民币300万元", "3000000"),
        ("RMB 12", "12"),
        ("(300)", "-300"),
        ("−5", "-5"),
        ("1.5e3", "1500"),
        (".5", "0.5"),
    ],
)
def test_an_amount_is_read_in_its_plain_unit(text, amount):
    assert parse_amount(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text", ["", "万", "abc", "12%", "1,23", "1.2.3", "NaN", "inf", "--", "1-2"]
)
def test_what_is_no_amount_is_none(text):
    assert parse_amount(text) is None


@pytest.mark.parametrize(
    ("text", "rate"),
    [("12%", "0.12"), ("0.12", "0.12"), ("１２％", "0.12"), ("5‰", "0.005")],
)
def test_a_rate_is_a_fraction(text, rate):
    assert parse_rate(text) == Decimal(rate)


@pytest.mark.parametrize(
    "text", ["", "%", "12%%", "abc", "NaN", "1e999", "1e-999", "9" * 40]
)
def test_what_is_no_rate_is_none(text):
    assert parse_rate(text) is None


@given(
    st.decimals(
        allow_nan=False,
        allow_infinity=False,
        places=2,
        min_value=-(10**12),
        max_value=10**12,
    )
)
def test_an_amount_with_thousands_marks_is_the_amount(amount):
    assert parse_amount(f"{amount:,}") == amount


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading(text):
    for read in (parse_amount(text), parse_rate(text)):
        assert read is None or read.is_finite()


def test_an_amount_tells_whether_it_has_its_own_unit():
    assert has_unit("1,234.5万")
    assert not has_unit("1,234.5")
