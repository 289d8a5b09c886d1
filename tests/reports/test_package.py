"""The package holds what the pages print, all of it and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.canonical import to_plain
from valuer.core.case import Case, Purpose
from valuer.core.patents import FeePaid, LegalEvent, LegalStatus, Patent, PatentKind
from valuer.core.problems import Severity, UserError
from valuer.core.standing import standing
from valuer.core.valuing import value_case
from valuer.methods import METHODS
from valuer.reports.package import FORMAT, Package, printed, read, written
from valuer.reports.pdfium import Pages

VALUED = date(2026, 9, 30)

days = st.dates(date(2018, 1, 1), date(2032, 12, 31))
statuses = st.sampled_from(LegalStatus)
events = st.lists(
    st.builds(LegalEvent, statuses, st.just("公告"), st.none() | days), max_size=4
)
fees = st.lists(
    st.builds(FeePaid, st.integers(1, 20), days, st.just(Decimal(900))), max_size=3
)
patents = st.builds(
    Patent,
    number=st.just("CN2019105243178"),
    country=st.just("CN"),
    kind=st.none() | st.sampled_from(PatentKind),
    title=st.just("一种方法"),
    filed=st.none() | st.dates(date(2010, 1, 1), date(2027, 1, 1)),
    granted=st.none() | days,
    status=statuses,
    status_on=st.none() | days,
    history=events.map(tuple),
    fees=fees.map(tuple),
    pta_days=st.integers(0, 400),
)


def package(case: Case) -> Package:
    return Package(FORMAT, "0.1.0", "appraisal_report", "en", "C1", 1, "0" * 64, case)


@given(patents, st.sampled_from([Purpose.ASSIGNMENT, Purpose.PAST_DAMAGES]))
def test_a_patent_as_printed_stands_where_it_stood(patent: Patent, purpose: Purpose):
    found = standing(patent, VALUED, purpose)
    if any(issue.severity is Severity.ERROR for issue in found.issues):
        return  # no report is made of it
    case = Case(valuation_date=VALUED, purpose=purpose, patents=(patent,))
    (shown,) = printed(case).patents
    assert standing(shown, VALUED, purpose) == found


def test_a_status_without_a_day_leaves_the_standing_unknown():
    pending = LegalEvent(LegalStatus.PENDING, "公告", date(2027, 1, 1))
    patent = Patent("CN2019105243178", status=LegalStatus.IN_FORCE, history=(pending,))
    case = Case(valuation_date=VALUED, patents=(patent,))
    before = standing(patent, VALUED, Purpose.ASSIGNMENT)
    assert before.status is LegalStatus.UNKNOWN
    assert standing(printed(case).patents[0], VALUED, Purpose.ASSIGNMENT) == before


@given(patents)
def test_printing_twice_blanks_no_more(patent: Patent):
    case = Case(valuation_date=VALUED, patents=(patent,))
    once = printed(case)
    assert printed(once) == once


def test_the_case_as_printed_gives_the_same_valuation(portfolio: Case):
    assert value_case(printed(portfolio), METHODS) == value_case(portfolio, METHODS)


def test_sources_and_people_are_left_out_and_past_years_are_kept(portfolio: Case):
    text = written(package(printed(portfolio))).decode()
    assert "patents.csv" in str(to_plain(portfolio))
    for absent in ("patents.csv", "forecast.csv", "授权"):
        assert absent not in text
    assert "2023-12-31" in text


def test_a_package_reads_back(small: Case):
    one = package(printed(small))
    assert read(written(one)) == one


CODES = {
    "format",
    "program",
    "kind",
    "country",
    "status",
    "method",
    "key",
    "dist",
    "purpose",
    "ground_kind",
    "value_type",
    "timing",
    "tax_basis",
    "language",
    "currency",
    "version",
    "statutory",
    "certified",
    "run",
    "nature",
    "group",
    "profit_base",
    "sequence",
    "coupling",
}
"""Fields that the pages print in words of the report's language."""


def leaves(value: Any, key: str = ""):
    if isinstance(value, dict):
        for name, item in value.items():
            yield from leaves(item, name)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from leaves(item, key)
    elif value not in (None, "", 0, False):
        yield key, value


@pytest.mark.parametrize("name", ["small", "several"])
def test_every_input_of_the_package_stands_on_a_page(
    name: str, build, request: pytest.FixtureRequest
):
    case: Case = request.getfixturevalue(name)
    with Pages(build(case, "en").pdf) as pages:
        text = "".join(
            "".join(line.split())
            for index in range(len(pages))
            for line in pages.lines(index)
        )
    missing = []
    for key, value in leaves(to_plain(printed(case))):
        if key in CODES:
            continue
        if not any(form in text for form in forms(value)):
            missing.append((key, value))
    assert missing == []


def forms(value: Any) -> list[str]:
    """How a value may be printed, blanks taken out."""
    shown = "".join(str(value).split())
    found = [shown]
    if isinstance(value, float):
        found.append(f"{Decimal(str(value)) * 100:f}%".replace(".0%", "%"))
        found.append(f"{(Decimal(str(value)) * 100).normalize():f}%")
        found = [form.replace("-", "−") for form in found]
    if isinstance(value, int):
        found.append(f"{value:,}")
    if isinstance(value, str):
        if value.replace(".", "", 1).isdecimal():
            found.append(f"{Decimal(value):,.2f}")
        if value.startswith("CN") and len(value) == 15:
            found.append(f"ZL{value[2:14]}.{value[14]}")
        if len(value) == 10 and value[4] == value[7] == "-":
            on = date.fromisoformat(value)
            found.append(f"{on.day}{on:%B}{on.year}")
    return found


@pytest.mark.parametrize("number", [2, 99])
def test_a_newer_form_is_refused(small: Case, number: int):
    data = written(package(printed(small)))
    newer = data.replace(b'"format":1,"kind"', b'"format":%d,"kind"' % number)
    assert newer != data
    with pytest.raises(UserError, match="newer program"):
        read(newer)


def test_more_past_years_than_a_report_holds_are_refused(several: Case):
    assert several.forecast is not None
    years = several.forecast.history * 101
    case = replace(several, forecast=replace(several.forecast, history=years))
    with pytest.raises(UserError, match=r"forecast\.history"):
        written(package(printed(case)))


def test_a_text_without_end_is_refused(small: Case):
    with pytest.raises(UserError, match="client"):
        written(package(replace(printed(small), client="委" * 30_000)))


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"null", b"\xff\xfe", b"1" * 9999])
def test_what_is_no_package_is_refused(data: bytes):
    with pytest.raises(UserError):
        read(data)
