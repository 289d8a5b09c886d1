from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, MetaData, Table, create_engine, insert, select

from valuer.core.problems import UserError
from valuer.store.types import Day, DecimalText, Json, Moment, moment_text

KINDS = {"day": Day, "moment": Moment, "amount": DecimalText, "json": Json}
TABLE = Table(
    "one",
    MetaData(),
    *(Column(name, kind) for name, kind in KINDS.items()),
    sqlite_strict=True,
)
EARLY, LATE = datetime(2, 1, 1), datetime(9998, 1, 1)  # noqa: DTZ001 - bounds
ENGINE = create_engine("sqlite://")
TABLE.create(ENGINE)


def through(name, value):
    """Write a value and read it back."""
    with ENGINE.connect() as connection:
        connection.execute(insert(TABLE).values({name: value}))
        return connection.scalar(select(TABLE.c[name]))


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_a_decimal_keeps_every_digit(value):
    assert str(through("amount", value)) == str(value)


@given(st.dates())
def test_a_day_stays_that_day(value):
    assert through("day", value) == value


@given(st.datetimes(EARLY, LATE, timezones=st.timezones(), allow_imaginary=False))
def test_a_time_stays_that_time(value):
    # In UTC: an hour that a clock shows twice equals nothing in another zone.
    assert through("moment", value) == value.astimezone(UTC)


@given(st.lists(st.datetimes(timezones=st.just(UTC)), min_size=2, max_size=2))
def test_the_order_of_stored_times_is_the_order_of_times(pair):
    assert (pair[0] < pair[1]) == (moment_text(pair[0]) < moment_text(pair[1]))


def test_json_is_canonical():
    assert through("json", {"b": Decimal("1.10"), "a": [date(2026, 1, 2)]}) == {
        "a": ["2026-01-02"],
        "b": "1.10",
    }


@pytest.mark.parametrize("name", ["day", "moment", "amount"])
def test_nothing_stays_nothing(name):
    assert through(name, None) is None


@pytest.mark.parametrize("name", KINDS)
def test_what_cannot_be_read_is_told(name):
    with ENGINE.connect() as connection:
        connection.exec_driver_sql(f"INSERT INTO one ({name}) VALUES ('?!')")  # noqa: S608
        with pytest.raises(UserError, match="cannot be read"):
            connection.scalar(select(TABLE.c[name]))


@pytest.mark.parametrize("value", [1.5, Decimal("NaN"), Decimal("Infinity")])
def test_money_is_no_float_and_finite(value):
    with pytest.raises(Exception, match="no finite decimal"):
        through("amount", value)


def test_a_time_without_zone_is_not_stored():
    with pytest.raises(ValueError, match="without zone"):
        moment_text(datetime(2026, 11, 22))  # noqa: DTZ001 - the point of it
