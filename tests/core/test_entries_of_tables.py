"""Tables among parameters: read row by row, wrong ones told by row and column."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.canonical import canonical, parse_json
from valuer.core.distributions import Uniform
from valuer.core.entries import plain_params, read_params
from valuer.core.params import (
    Kind,
    Measure,
    Money,
    Quantity,
    Rate,
    Shape,
    Text,
    param,
    parameters,
)
from valuer.core.problems import Issue, Severity
from valuer.core.quantities import LONGEST, LONGEST_TEXT
from valuer.core.schema import params_schema
from valuer.methods import METHODS


class Colour(StrEnum):
    """A choice within a row."""

    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of every kind of column."""

    name: Text = param("Name")
    amount: Money = param("Amount", low=0)
    rate: Rate | None = param("Rate", None, low=0, high=1)
    on: date | None = param("Day", None)
    colour: Colour = param("Colour", Colour.RED)


@dataclass(frozen=True, slots=True)
class Grade:
    """A row with one figure for each row of the other table."""

    marks: Annotated[
        tuple[Quantity, ...], Measure(Kind.NUMBER, Shape.SERIES, across="rows")
    ] = param("Marks", low=0, above=True)


@dataclass(frozen=True, slots=True)
class Whole:
    """A table that must have rows, and one that need not."""

    rows: tuple[Row, ...] = param("Rows")
    grades: tuple[Grade, ...] = param("Grades", ())


GOOD: dict[str, Any] = {"name": "甲", "amount": 1}


def wrong(row: Any, **more: Any) -> Issue:
    """The one error that this second row makes."""
    params, issues = read_params(Whole, {"rows": [GOOD, row], **more})
    (found,) = [issue for issue in issues if issue.severity is Severity.ERROR]
    assert params is None
    assert found.say("en")
    return found


def test_rows_are_read_as_they_are():
    rows = [
        {"name": "甲", "amount": "10.50", "on": "2024-02-29", "colour": "blue"},
        {"name": "", "amount": {"dist": "uniform", "low": 1, "high": 2}, "rate": 0.5},
    ]
    params, issues = read_params(Whole, {"rows": rows, "grades": [{"marks": [1, 2]}]})
    assert issues == ()
    assert params.rows == (
        Row(name="甲", amount=10.5, on=date(2024, 2, 29), colour=Colour.BLUE),
        Row(name="", amount=Uniform(1, 2), rate=0.5),
    )
    assert params.grades == (Grade(marks=(1.0, 2.0)),)


def test_what_may_be_left_out_may_be_null_too():
    params, _ = read_params(Whole, {"rows": [GOOD | {"rate": None, "on": None}]})
    assert params.rows == (Row(name="甲", amount=1.0),)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"amount": -1}, "rows[1].amount"),
        ({"amount": None}, "rows[1].amount"),
        ({"amount": [1]}, "rows[1].amount"),
        ({"amount": True}, "rows[1].amount"),
        ({"amount": {"dist": "uniform", "low": 2, "high": 1}}, "rows[1].amount.high"),
        ({"amount": {"dist": "cauchy"}}, "rows[1].amount"),
        ({"rate": 1.5}, "rows[1].rate"),
        ({"rate": "5%"}, "rows[1].rate"),
        ({"on": "2024-02-30"}, "rows[1].on"),
        ({"on": 2024}, "rows[1].on"),
        ({"colour": "green"}, "rows[1].colour"),
        ({"colour": None}, "rows[1].colour"),
        ({"name": 5}, "rows[1].name"),
        ({"name": None}, "rows[1].name"),
        ({"name": "x" * (LONGEST_TEXT + 1)}, "rows[1].name"),
        ({"price": 1}, "rows[1]"),
    ],
)
def test_a_wrong_cell_is_told_by_its_row_and_column(change, where):
    assert wrong(GOOD | change).where == where


def test_people_are_told_the_row_from_one_and_the_column_by_its_name():
    told = wrong(GOOD | {"amount": -1}).say("en")
    assert "Rows, row 2, “Amount”" in told


@pytest.mark.parametrize("name", ["name", "amount"])
def test_a_missing_cell_is_named(name):
    row = {key: value for key, value in GOOD.items() if key != name}
    found = wrong(row)
    assert found.where == f"rows[1].{name}"
    assert "missing" in found.say("en")


@pytest.mark.parametrize("row", [None, 5, "x", [], [1]])
def test_a_row_is_one_object(row):
    assert wrong(row).where == "rows[1]"


@pytest.mark.parametrize("rows", [None, 5, "x", {}, [], [GOOD] * (LONGEST + 1)])
def test_a_table_is_a_list_of_a_few_rows(rows):
    _, (issue,) = read_params(Whole, {"rows": rows})
    assert (issue.severity, issue.where) == (Severity.ERROR, "rows")


def test_a_table_that_is_missing_is_named_and_one_with_a_default_is_empty():
    _, (issue,) = read_params(Whole, {})
    assert issue.where == "rows"
    params, _ = read_params(Whole, {"rows": [GOOD] * LONGEST})
    assert params.grades == ()
    assert read_params(Whole, {"rows": [GOOD], "grades": []})[0].grades == ()


@pytest.mark.parametrize(
    ("marks", "where"),
    [
        (5, "grades[0].marks"),
        (None, "grades[0].marks"),
        ([1, 0], "grades[0].marks[1]"),
        ([1, "x"], "grades[0].marks[1]"),
        ([1, {"dist": "normal", "mean": 1, "sd": -1}], "grades[0].marks[1].sd"),
    ],
)
def test_a_series_within_a_row_is_told_by_its_place(marks, where):
    assert wrong(GOOD, grades=[{"marks": marks}]).where == where


def test_a_distribution_out_of_a_column_s_range_is_warned_of():
    rate = {"dist": "normal", "mean": 0.5, "sd": 1}
    params, (issue,) = read_params(Whole, {"rows": [GOOD, GOOD | {"rate": rate}]})
    assert params is not None
    assert (issue.severity, issue.where) == (Severity.WARNING, "rows[1].rate")
    assert "row 2, “Rate”" in issue.say("en")
    marks = {"dist": "normal", "mean": 1, "sd": 9}
    given = {"rows": [GOOD], "grades": [{"marks": [5, marks]}]}
    _, (issue,) = read_params(Whole, given)
    assert issue.where == "grades[0].marks[1]"


rows = st.fixed_dictionaries(
    {"name": st.text(max_size=5), "amount": st.floats(0, 1e9)},
    optional={
        "rate": st.none() | st.floats(0, 1),
        "on": st.none() | st.dates().map(date.isoformat),
        "colour": st.sampled_from(["red", "blue"]),
    },
)


@given(st.lists(rows, min_size=1, max_size=4))
def test_a_table_reads_back_from_its_json(given):
    params, _ = read_params(Whole, {"rows": given})
    again = parse_json(canonical(plain_params(params)), "params")
    assert read_params(Whole, again)[0] == params


junk = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "amount", "rate", "on", "colour", "x", "dist"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["rows", "grades", "x"]), junk))
def test_whatever_is_given_becomes_issues_or_parameters(given):
    params, issues = read_params(Whole, given)
    assert all(issue.say("en") for issue in issues)
    assert (params is None) == any(i.severity is Severity.ERROR for i in issues)


# What a schema says of it


def test_a_schema_tells_the_rows_of_a_table():
    table = params_schema(Whole)["properties"]["rows"]
    assert (table["type"], table["minItems"], table["maxItems"]) == (
        "array",
        1,
        LONGEST,
    )
    row = table["items"]
    assert row["required"] == ["name", "amount"]
    assert row["additionalProperties"] is False
    assert row["properties"]["name"]["maxLength"] == LONGEST_TEXT
    assert row["properties"]["colour"]["enum"] == ["red", "blue"]
    assert row["properties"]["rate"]["anyOf"][0] == {"type": "null"}


def test_a_schema_tells_a_table_that_may_be_empty():
    table = params_schema(Whole)["properties"]["grades"]
    assert (table["default"], table["minItems"]) == ([], 0)
    assert table["items"]["properties"]["marks"]["type"] == "array"


@pytest.mark.parametrize("method", list(METHODS), ids=lambda one: one.key)
def test_the_schema_of_every_method_is_json(method):
    schema = params_schema(method.params)
    assert msgspec.json.decode(msgspec.json.encode(schema)) == schema
    assert list(schema["properties"]) == [o.name for o in parameters(method.params)]
