"""Canonical JSON: one value, one sequence of bytes; nothing unknown gets in."""

from __future__ import annotations

import contextlib
import dataclasses
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.canonical import (
    DEPTH,
    canonical,
    digest,
    from_plain,
    parse_json,
    to_plain,
)
from valuer.core.case import (
    Appraiser,
    Case,
    Conclusion,
    Forecast,
    ForecastPeriod,
    House,
    OneMethodGround,
    Run,
)
from valuer.core.patents import FeePaid, LegalEvent, Patent, Source
from valuer.core.problems import UserError

# Values of any case

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
dates = st.dates()
maybe_dates = st.none() | dates
whole = st.integers(-(2**63), 2**63)
amounts = st.decimals(
    -(10**20), 10**20, allow_nan=False, allow_infinity=False, places=6
)
plain = st.recursive(
    st.none()
    | st.booleans()
    | whole
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3)
    ),
    max_leaves=6,
)


def some(of: Any) -> Any:
    return st.lists(of, max_size=2).map(tuple)


sources = st.builds(Source, texts, texts, texts, st.none() | whole, maybe_dates)
events = st.builds(LegalEvent, wording=texts, on=maybe_dates)
fees = st.builds(FeePaid, year=whole, on=dates, amount=amounts, currency=texts)
patents = st.builds(
    Patent,
    number=texts,
    publications=some(texts),
    title=texts,
    owners=some(texts),
    filed=maybe_dates,
    granted=maybe_dates,
    history=some(events),
    fees=some(fees),
    pta_days=whole,
    source=sources,
)
periods = some(st.builds(ForecastPeriod, dates, amounts))
forecasts = st.builds(Forecast, periods, periods, texts, texts, sources)
runs = st.builds(
    Run,
    key=texts,
    method=texts,
    params=st.none() | st.dictionaries(texts, plain, max_size=3),
    weight=st.none() | amounts,
    reason=texts,
    scenarios=whole,
    seed=whole,
)
conclusions = st.builds(
    Conclusion,
    run=texts,
    unit=amounts,
    low=st.none() | amounts,
    high=st.none() | amounts,
    analysis=texts,
    ground_kind=st.none() | st.sampled_from(OneMethodGround),
    ground=texts,
)
cases = st.builds(
    Case,
    name=texts,
    house=st.builds(House, name=texts, registration=texts, address=texts),
    appraisers=some(st.builds(Appraiser, texts, texts, st.booleans())),
    statutory=st.booleans(),
    valuation_date=maybe_dates,
    patents=some(patents),
    forecast=st.none() | forecasts,
    runs=some(runs),
    conclusion=st.none() | conclusions,
    assumptions=some(texts),
)


@given(cases)
def test_a_case_reads_back_from_its_bytes(case):
    assert from_plain(parse_json(canonical(case), "case"), Case) == case


@given(cases)
def test_the_bytes_are_the_same_each_time(case):
    once = canonical(case)
    again = from_plain(parse_json(once, "case"), Case)
    assert canonical(again) == once


@given(cases)
def test_python_s_own_json_makes_the_same_bytes(case):
    data = canonical(case)
    again = json.dumps(
        json.loads(data), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    assert again.encode() == data


@given(st.dictionaries(texts, plain, max_size=5))
def test_the_order_of_keys_does_not_matter(value):
    turned = dict(reversed(value.items()))
    assert canonical(turned) == canonical(value)


def test_a_tiny_value_by_hand():
    value = ForecastPeriod(date(2026, 12, 31), Decimal("1.50"))
    written = b'{"end":"2026-12-31","revenue":"1.50"}'
    assert canonical(value) == written
    # printf '%s' '{"end":"2026-12-31","revenue":"1.50"}' | sha256sum
    assert digest(written) == (
        "3880e93249e71cfc9341b461836a76de175645f7d9aa09b431230a9ebf01538f"
    )
    assert digest(b"{}") == (
        "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    )


def test_chinese_is_written_as_it_is():
    assert canonical({"名": "专利"}) == '{"名":"专利"}'.encode()


def test_two_values_that_differ_have_different_bytes():
    case = Case(name="甲")
    assert canonical(case) != canonical(replace(case, name="乙"))


# Unknown fields


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every object whose fields are fixed."""
    if isinstance(value, dict):
        yield path
        for key, one in value.items():
            if key != "params":  # a run's parameters are the method's business
                yield from paths(one, (*path, key))
    elif isinstance(value, list | tuple):
        for index, one in enumerate(value):
            yield from paths(one, (*path, index))


@given(cases, st.data())
def test_an_unknown_field_is_refused_at_every_depth(case, data):
    given = parse_json(canonical(case), "case")
    path = data.draw(st.sampled_from(list(paths(given))))
    place = given
    for step in path:
        place = place[step]
    place["colour"] = 1
    with pytest.raises(UserError, match=r"colour is not a known field"):
        from_plain(given, Case)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"name": 5}, "$.name: str is wanted, this is int."),
        ({"runs": [{"key": "a"}]}, "$.runs[0] is missing the field “method”."),
        ({"purpose": "fun"}, "$.purpose: “fun” is none of the words allowed here."),
        ({"valuation_date": "2026-02-30"}, "$.valuation_date must be a date"),
        ({"conclusion": {"unit": "a"}}, "$.conclusion.unit must be a decimal"),
        ({"conclusion": {"unit": "NaN"}}, "$.conclusion.unit is not a finite number"),
        ({"conclusion": {"unit": "-Infinity"}}, "unit is not a finite number"),
        ({"conclusion": {"unit": "1e99"}}, "$.conclusion.unit has more than 30 digits"),
        ({"conclusion": {"unit": "1e-99"}}, "$.conclusion.unit has more than 30 dig"),
        ({"statutory": 1}, "$.statutory: bool is wanted, this is int."),
        ([], "$: object is wanted, this is array."),
        ({"runs": [{"key": "a", "method": "b", "seed": float("nan")}]}, "finite"),
    ],
)
def test_what_does_not_belong_is_refused_by_its_path(given, told):
    with pytest.raises(UserError) as refusal:
        from_plain(given, Case)
    assert told in str(refusal.value)


def test_the_path_may_begin_elsewhere():
    with pytest.raises(UserError, match=r"^patch\.name: str"):
        from_plain({"name": 5}, Case, "patch")


def test_other_faults_keep_the_library_s_own_words():
    @dataclasses.dataclass
    class Code:
        letters: bytes

    with pytest.raises(UserError, match=r"^\$\.letters: "):
        from_plain({"letters": "*"}, Code)


# Writing what is no number


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_what_is_not_finite_is_not_written(value):
    with pytest.raises(UserError, match=r"\$\.a\[1\] is not a finite number"):
        canonical({"a": [1, value]})


@pytest.mark.parametrize("text", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_decimals_that_are_not_finite_are_not_written(text):
    with pytest.raises(UserError, match=r"\$\.unit is not a finite number"):
        canonical(Conclusion(unit=Decimal(text)))


def test_half_a_character_is_not_written():
    with pytest.raises(UserError, match="surrogate"):
        canonical({"name": "\ud800"})


# Reading bytes


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "JSON: line 1, column 1"),
        (b"{", "JSON"),
        (b'{"a":1}\n{"b":2}', "JSON: line 2, column 1"),
        (b'{"a":NaN}', "$.a is not a finite number"),
        (b'{"a":[1,-Infinity]}', "$.a[1] is not a finite number"),
        (b'{"a":1e400}', "$.a is not a finite number"),
        (b'[{"b":[-1e999]}]', "$[0].b[0] is not a finite number"),
        (b'{"a":1,"a":2}', "The key “a” stands twice"),
        (b'{"b":{"a":1,"a":1}}', "The key “a” stands twice"),
        ('{"a":1}'.encode("utf-16"), "not UTF-8"),
        ("{'名':1}".encode("gb18030"), "not UTF-8"),
        (b'{"a":"\\ud800"}', "surrogate"),
        (b"9" * 5000, "too many digits"),
        (b"[" * 200 + b"]" * 200, "nested too deep"),
        (b"[" * 100_000 + b"]" * 100_000, "nested too deep"),
        (b'{"a":' * 100_000, "nested too deep"),
    ],
)
def test_bytes_that_are_no_good_json_are_refused(data, told):
    with pytest.raises(UserError) as refusal:
        parse_json(data, "case.json")
    assert told in str(refusal.value)


def test_a_byte_order_mark_is_allowed():
    assert parse_json(b'\xef\xbb\xbf{"a":1}', "case.json") == {"a": 1}


def test_json_may_nest_as_deep_as_we_say():
    data = b"[" * DEPTH + b"]" * DEPTH
    assert json.dumps(parse_json(data, "x")).encode() == data


@given(st.binary(max_size=30))
def test_no_bytes_can_break_the_reading(data):
    with contextlib.suppress(UserError):
        parse_json(data, "x")


@given(plain)
def test_no_json_can_break_the_reading_of_a_case(value):
    with contextlib.suppress(UserError):
        assert isinstance(from_plain(value, Case), Case)


def test_a_plain_value_has_decimals_and_dates_as_texts():
    period = ForecastPeriod(date(2026, 12, 31), Decimal("1E+3"))
    assert to_plain(period) == {"end": "2026-12-31", "revenue": "1E+3"}
