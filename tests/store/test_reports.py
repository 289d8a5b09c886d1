from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from valuer.core.case import Case
from valuer.core.problems import UserError
from valuer.store.reports import IssuedReport, add_report, list_reports
from valuer.store.revisions import new_case


@pytest.fixture
def report(at):
    return IssuedReport(
        case_id="C1",
        revision=1,
        kind="appraisal_report",
        language="zh_CN",
        number="某评报字〔2026〕第001号",
        report_date=date(2026, 11, 22),
        value=Decimal("90071992547409.93"),
        currency="CNY",
        program_version="0.1.0",
        sha256="ab" * 32,
        at=at,
    )


@pytest.fixture
def register(library, at):
    with library.change() as connection:
        new_case(connection, Case(), "王", "New case", at)
        new_case(connection, Case(), "王", "New case", at)
    return library


def test_a_line_comes_back_as_it_was_entered_to_the_cent(register, report):
    english = replace(report, language="en", value=None)
    other = replace(report, case_id="C2", value=Decimal("1.10"))
    with register.change() as connection:
        for one in (report, english, other):
            add_report(connection, one)
    with register.read() as connection:
        assert list_reports(connection, "C1") == (report, english)
        assert list_reports(connection) == (report, english, other)
        assert str(list_reports(connection)[2].value) == "1.10"
        assert list_reports(connection, "C9") == ()


@pytest.mark.parametrize("change", [{"case_id": "C9"}, {"revision": 2}])
def test_a_report_of_nothing_is_refused(register, report, change):
    with register.change() as connection, pytest.raises(UserError, match="has no"):
        add_report(connection, replace(report, **change))


@pytest.mark.parametrize("value", [1.5, Decimal("NaN"), Decimal("Infinity")])
def test_money_is_a_finite_decimal(register, report, value):
    with register.change() as connection, pytest.raises(Exception, match="no finite"):
        add_report(connection, replace(report, value=value))
