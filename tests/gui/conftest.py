"""Windows for the tests of the window: on a small library, closed when a test ends."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from valuer.app import build_window
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
from valuer.core.patents import LegalStatus, Patent, PatentKind, Source
from valuer.gui.main_window import MainWindow
from valuer.gui.pages.case import CaseView
from valuer.gui.pages.cases import CasesPage
from valuer.store.batches import BatchFile, new_batch
from valuer.store.library import open_library
from valuer.store.putting import put_patents
from valuer.store.revisions import new_case

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
AMOUNTS = (7_426_000, 30_157_000, 35_284_000, 39_165_000, 41_900_000, 43_150_000)


@pytest.fixture(autouse=True)
def own_preferences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes what the user of this machine chose."""
    for name in ("XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "own"))


@pytest.fixture(scope="session")
def patents() -> tuple[Patent, ...]:
    """Sixty patents of one list."""
    return tuple(
        Patent(
            number=f"CN2019105243{number:02}8",
            publications=(f"CN1102345{number:02}B",),
            country="CN",
            kind=PatentKind.INVENTION,
            title=f"复合相变材料及其制备方法（{number}）",
            owners=("某某理工大学",),
            inventors=("周以宁", "沈知远"),
            filed=date(2019, 6, 18),
            granted=date(2021, 3, 2),
            ipc=("C09K5/06",),
            status=LegalStatus.IN_FORCE,
            status_wording="专利权维持",
            source=Source("专利清单.xls", "0" * 64, "清单", number + 2, NOW.date()),
        )
        for number in range(60)
    )


@pytest.fixture(scope="session")
def case(patents: tuple[Patent, ...]) -> Case:
    """A case with everything that a report needs."""
    periods = tuple(
        ForecastPeriod(date(2026 + year, 12, 31), Decimal(amount))
        for year, amount in enumerate(AMOUNTS)
    )
    history = (ForecastPeriod(date(2025, 12, 31), Decimal(26_400_000)),)
    run = Run(
        "rfr",
        "relief_from_royalty",
        1,
        {
            "royalty_rate": {
                "dist": "triangular",
                "low": 0.018,
                "mode": 0.025,
                "high": 0.034,
            },
            "tax_rate": 0.25,
            "discount_rate": 0.18,
            "timing": "mid",
        },
        reason="专利产品收入可以单独核算。",
        scenarios=2000,
        seed=7,
    )
    return Case(
        name="复合相变材料发明专利转让评估",
        report_number="苏某评报字（2026）第0118号",
        house=House(name="江苏某某资产评估有限公司", registration="备案号 1"),
        appraisers=(Appraiser("顾某宁", "32000001"), Appraiser("陆某和", "32000002")),
        client="某某理工大学",
        users=("拟受让方：某某电源科技有限公司",),
        purpose_text="委托人拟转让所持发明专利的专利权。",
        valuation_date=date(2026, 9, 30),
        report_date=date(2026, 11, 20),
        patents=patents[:2],
        scope_note="评估范围为发明专利的所有权。",
        forecast=Forecast(periods, history, note="委托人提供。"),
        runs=(run,),
        conclusion=Conclusion(
            "rfr",
            Decimal(10_000),
            analysis="许可费节省法直接反映受让方无须支付的许可费。",
            ground_kind=OneMethodGround.ONLY_ONE_FITS,
            ground="市场法缺少可比案例，成本法不能合理反映其价值。",
        ),
        assumptions=("专利权在收益期内持续有效。",),
        special_matters=("本案为测试数据。",),
        sources=("收入预测：委托人提供的收入预测表",),
    )


@pytest.fixture(scope="session")
def crowded(case: Case) -> Case:
    """A case with more of everything than one likes to see."""
    deals = [f"挂牌成交案例{number}" for number in range(20)]
    compared = {
        "comparables": [
            {
                "name": name,
                "price": str(2_000_000 + 37_000 * number),
                "deal_date": f"2025-0{1 + number % 9}-15",
                "nature": "unrelated",
                "source": "交易所公告",
            }
            for number, name in enumerate(deals)
        ],
        "factors": [
            {"name": f"修正因素之{number}", "indices": [100 + number] * len(deals)}
            for number in range(12)
        ],
    }
    uncertain = {"dist": "pert", "low": 900_000, "mode": 1_000_000, "high": 1_400_000}
    cost = {
        "items": [
            {"name": f"研发人员薪酬及社会保险费（{number}）", "amount": "1234567.89"}
            for number in range(59)
        ]
        + [{"name": "委外试验费", "amount": uncertain}],
        "profit_base": "cost",
        "used_life": 5.0,
        "remaining_life": 8.0,
    }
    periods = tuple(
        ForecastPeriod(date(2026 + year, 12, 31), Decimal(40_000_000))
        for year in range(200)
    )
    royalty = case.runs[0]
    runs = [
        royalty,
        Run("compared", "comparable_transactions", 1, compared, reason="有可比案例。"),
        Run("cost", "replacement_cost", 1, cost, reason="研发投入账面可查。"),
        *(replace(royalty, key=f"rfr_{number}") for number in range(2, 7)),
    ]
    return replace(case, forecast=Forecast(periods), runs=tuple(runs))


Copy = Callable[[str, str], Path]


@pytest.fixture(scope="session")
def stocked(
    tmp_path_factory: pytest.TempPathFactory,
    patents: tuple[Patent, ...],
    case: Case,
    crowded: Case,
) -> Callable[[str], Path]:
    """Libraries to copy, each made once: a test opens its own copy."""
    folder = tmp_path_factory.mktemp("libraries")
    rows = list(enumerate(patents, 2))

    @cache
    def make(kind: str) -> Path:
        path = folder / f"{kind}.valuer"
        with open_library(path, create=True) as opened, opened.change() as connection:
            if kind in ("patents", "whole"):
                batch = new_batch(
                    connection, [BatchFile("专利清单.xls", "0" * 64)], NOW
                )
                put_patents(connection, batch, rows)
            if kind in ("whole", "crowded"):
                one = case if kind == "whole" else crowded
                new_case(connection, one, "顾某宁", "New case", NOW)
        return path

    return make


@pytest.fixture
def copied(tmp_path: Path, stocked: Callable[[str], Path]) -> Copy:
    """Copies a library of one kind under a name that people give."""
    return lambda kind, name: Path(shutil.copyfile(stocked(kind), tmp_path / name))


@pytest.fixture
def crowded_library(copied: Copy) -> Path:
    """A library with the crowded case, ``C1``."""
    return copied("crowded", "案卷.valuer")


@pytest.fixture
def empty_library(copied: Copy) -> Path:
    """A library with nothing in it."""
    return copied("empty", "空库.valuer")


@pytest.fixture
def patents_only(copied: Copy) -> Path:
    """A library with sixty patents and no case."""
    return copied("patents", "专利库.valuer")


@pytest.fixture
def library(copied: Copy) -> Path:
    """A library with sixty patents and one case, ``C1``."""
    return copied("whole", "案卷.valuer")


@pytest.fixture
def open_window(qtbot: QtBot) -> Iterator[Callable[..., MainWindow]]:
    """Opens a window on a library and closes it after the test."""
    opened: list[MainWindow] = []

    def open_one(library: Path, language: str = "zh_CN") -> MainWindow:
        window = build_window(library, language)
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        opened.append(window)
        return window

    yield open_one
    for window in opened:
        window.close()
        window.deleteLater()
    opened.clear()
    # A window left over is styled anew with each that follows: tests would crawl.
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def window(open_window: Callable[..., MainWindow], library: Path) -> MainWindow:
    """The window on the library with one case, in Chinese."""
    return open_window(library)


@pytest.fixture
def view(window: MainWindow) -> CaseView:
    """The case of that library, opened."""
    window.open_case("C1")
    cases = window.place("cases")
    assert isinstance(cases, CasesPage)
    assert cases.view_of_case is not None
    return cases.view_of_case
