"""Cases and reports that several tests share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from valuer import __version__
from valuer.core.canonical import canonical, digest, from_plain, parse_json
from valuer.core.case import Case, ForecastPeriod, House, HouseKind, Run
from valuer.core.grounds import InputGround, Observability
from valuer.core.valuing import Valuation, value_case, with_versions
from valuer.methods import METHODS
from valuer.reports.appraisal import BuiltReport, build_report
from valuer.reports.package import printed
from valuer.reports.sections.completeness import complete
from valuer.reports.sections.draft import Draft, words
from valuer.reports.sections.kinds import Kind, kind_of

Build = Callable[..., BuiltReport]


@pytest.fixture(scope="session")
def portfolio() -> Case:
    """Three patents, a forecast of ten periods, a triangular royalty rate."""
    path = Path(__file__).with_name("portfolio_case.json")
    plain = parse_json(path.read_bytes(), path.name)
    return with_versions(from_plain(plain, Case), METHODS)


@pytest.fixture(scope="session")
def small(portfolio: Case) -> Case:
    """The same with fewer scenarios, so that it is quickly made."""
    run = replace(portfolio.runs[0], scenarios=500)
    return replace(portfolio, runs=(run,))


@pytest.fixture(scope="session")
def agency_case(small: Case) -> Case:
    """The same as a patent agency would have it."""
    house = House(HouseKind.PATENT_AGENCY, "南京示衡专利代理事务所（演示）")
    return replace(small, house=house, report_number="示专析（2026）第021号")


@pytest.fixture(scope="session")
def with_file() -> Callable[[Case], Case]:
    """Gives a case a whole engagement's file, each fact in words of its own."""
    path = Path(__file__).with_name("engagement_file.json")
    plain = parse_json(path.read_bytes(), path.name)
    filed = from_plain(plain, Case)
    names = (
        *("contract", "work", "events", "factors", "declared"),
        *("evidence", "receipt", "premise"),
    )
    grounds = (
        InputGround("royalty_rate", "三件许可合同所载费率", Observability.OBSERVABLE),
        InputGround("discount_rate", "累加法测算", Observability.UNOBSERVABLE),
    )

    def filled(case: Case) -> Case:
        first = replace(case.runs[0], grounds=grounds)
        case = replace(case, self_test=True, runs=(first, *case.runs[1:]))
        return replace(case, **{name: getattr(filed, name) for name in names})

    return filled


@pytest.fixture(scope="session")
def several(small: Case) -> Case:
    """The same valued by three approaches, with past years beside the forecast."""
    path = Path(__file__).with_name("three_runs.json")
    runs = from_plain(parse_json(path.read_bytes(), path.name), tuple[Run, ...])
    assert small.forecast is not None
    assert small.conclusion is not None
    past = tuple(
        ForecastPeriod(date(year, 12, 31), Decimal(revenue))
        for year, revenue in ((2024, 52_600_000), (2025, 63_800_000))
    )
    analysis = "成本法不反映获利能力，市场法受案例数量所限，故选取收益法的测算结果。"
    return with_versions(
        replace(
            small,
            runs=(*small.runs, *runs),
            forecast=replace(small.forecast, history=past),
            conclusion=replace(
                small.conclusion, analysis=analysis, ground_kind=None, ground=""
            ),
        ),
        METHODS,
    )


@pytest.fixture(scope="session")
def build() -> Build:
    """Makes the report of a case."""

    def build(
        case: Case,
        language: str = "zh_CN",
        program: str = __version__,
        kind: str = "",
        logo: bytes = b"",
    ) -> BuiltReport:
        return build_report(
            case,
            value_case(case, METHODS),
            case_id="C1",
            revision=3,
            digest=digest(canonical(case)),
            language=language,
            program=program,
            kind_key=kind,
            logo=logo,
        )

    return build


@pytest.fixture(scope="session")
def report(small: Case, build: Build) -> BuiltReport:
    """The Chinese report of the small case."""
    return build(small)


@pytest.fixture(scope="session")
def draft(small: Case) -> Callable[..., Draft]:
    """Makes what a section is given; a case is valued once."""
    known: dict[str, Valuation] = {}

    def draft(
        case: Case = small, language: str = "en", kind: Kind | None = None
    ) -> Draft:
        kind = kind or kind_of(case.house.kind)
        mark = digest(canonical(case))
        valuation = known.get(mark) or known.setdefault(mark, value_case(case, METHODS))
        concluded, valued, dated = complete(case, valuation, kind)
        terms = words(kind, language)
        return Draft(
            printed(case, is_whole=kind.is_whole),
            valuation,
            kind,
            concluded,
            valued,
            dated,
            "C1",
            3,
            mark,
            language,
            __version__,
            terms,
        )

    return draft
