"""One case by three approaches on the command line alone, from list to verified report.

Each command is a process of its own, as a person or a script calls it. The expected
values are reckoned here, in plain Python, from the same inputs.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from valuer.reports.sample_keys import make_sample_keys

PIN = "2468"
LIST = (
    "申请号,专利名称,申请日,授权公告日,申请人,法律状态\n"
    "201810999999.3,一种相变储热材料,2018-06-18,2020-03-02,某某大学,专利权维持\n"
)
FORECAST = (
    "项目（万元）,2026年10-12月,2027年,2028年,2029年\n营业收入,250,1000,1100,1200\n"
)
CASE = {
    "name": "相变储热材料专利转让",
    "report_number": "苏某评报字（2026）第1号",
    "house": {"name": "江苏某某资产评估有限公司"},
    "appraisers": [{"name": "顾某宁"}, {"name": "陆某和"}],
    "client": "某某大学",
    "purpose_text": "委托人拟转让专利权。",
    "valuation_date": "2026-09-30",
    "report_date": "2026-11-20",
    "patents": [{"quote": "CN201810999999.3"}],
    "runs": [
        {
            "key": "income",
            "method": "relief_from_royalty",
            "reason": "收入可以单独核算。",
            "scenarios": 1000,
            "seed": 7,
            "params": {
                "royalty_rate": {
                    "dist": "triangular",
                    "low": 0.04,
                    "mode": 0.05,
                    "high": 0.07,
                },
                "tax_rate": 0.25,
                "discount_rate": 0.1,
                "timing": "mid",
            },
        },
        {
            "key": "cost",
            "method": "replacement_cost",
            "reason": "研发支出单独核算。",
            "params": {
                "items": [
                    {
                        "name": "人员",
                        "amount": "600000",
                        "incurred": "2024-05-01",
                        "index": "人工",
                    },
                    {"name": "材料", "amount": "200000"},
                    {"name": "管理", "amount": "100000", "group": "indirect"},
                ],
                "price_indices": [
                    {"index": "人工", "until": "2025-12-31", "change": 0.05},
                    {"index": "人工", "until": "2026-09-30", "change": 0.02},
                ],
                "development_years": 2,
                "capital_rate": 0.06,
                "profit_rate": 0.2,
                "profit_base": "cost_and_capital",
                "official_fees": [{"name": "申请费", "amount": "900"}],
                "newness_basis": "life",
                "used_life": 2,
                "remaining_life": 6,
            },
        },
        {
            "key": "market",
            "method": "comparable_transactions",
            "reason": "可比案例成交条件完整。",
            "params": {
                "comparables": [
                    {
                        "name": f"案例{name}",
                        "price": price,
                        "deal_date": "2026-01-15",
                        "nature": "unrelated",
                        "source": "成交公告",
                    }
                    for name, price in (
                        ("甲", "1000000"),
                        ("乙", "1200000"),
                        ("丙", "900000"),
                    )
                ],
                "factors": [
                    {"name": "交易日期", "indices": [98, 100, 96]},
                    {"name": "剩余经济寿命", "indices": [105, 110, 95]},
                ],
            },
        },
    ],
    "conclusion": {
        "run": "income",
        "unit": "10000",
        "analysis": "三种结果的差异来自各方法反映的价值内涵不同，采用收益法结果。",
    },
    "assumptions": ["专利权在收益期内持续有效。"],
    "sources": ["收入预测：委托人提供"],
}


@pytest.fixture
def valuer(tmp_path: Path) -> Callable[..., Any]:
    """Return a function that runs one command and gives its JSON."""
    environment = {**os.environ, "VALUER_LANGUAGE": "zh_CN", "PIN": PIN}

    def run(*words: object, code: int = 0) -> Any:
        done = subprocess.run(
            [sys.executable, "-m", "valuer", *map(str, words), "--json"],
            capture_output=True,
            env=environment,
            cwd=tmp_path,
            check=False,
        )
        assert done.returncode == code, done.stderr.decode()
        return json.loads(done.stdout) if done.stdout else None

    return run


def test_a_case_is_valued_signed_and_verified_by_commands(
    valuer: Callable[..., Any], tmp_path: Path
) -> None:
    library = tmp_path / "库.valuer"
    case = make_the_case(valuer, tmp_path, library)
    values_are_those_reckoned_by_hand(valuer, library, case)
    steps_are_taken_back_and_brought_again(valuer, library, case)
    the_report_is_signed_and_verified(valuer, tmp_path, library, case)
    the_library_has_backups_and_keeps_what_was_issued(valuer, library, case)


def make_the_case(valuer: Callable[..., Any], folder: Path, library: Path) -> str:
    (folder / "专利.csv").write_text(LIST, "utf-8-sig")
    (folder / "预测.csv").write_text(FORECAST, "utf-8-sig")
    (folder / "案件.json").write_text(json.dumps(CASE), "utf-8")
    valuer("import", "专利.csv", "--library", library)
    made = valuer("case", "new", "--from", "案件.json", "--library", library)
    valuer("import", "预测.csv", "--library", library, "--case", made["case"])
    return str(made["case"])


def values_are_those_reckoned_by_hand(
    valuer: Callable[..., Any], library: Path, case: str
) -> None:
    found = valuer("case", "run", case, "--library", library)
    values = {run["key"]: float(run["value"]) for run in found["runs"]}
    assert values == pytest.approx(expected(), rel=1e-12)
    low, high = min(values.values()), max(values.values())
    spread = float(found["differences"]["spread"])
    assert spread == pytest.approx((high - low) / low, rel=1e-12)
    tens = Decimal(values["income"]) / 10_000
    rounded = tens.quantize(Decimal(1), ROUND_HALF_UP) * 10_000
    assert Decimal(found["conclusion"]["value"]) == rounded
    assert found["runs"][0]["simulation"]["n"] == 1000


def expected() -> dict[str, float]:
    """Return the three values, reckoned as on paper."""
    valued = date(2026, 9, 30)
    ends = [valued, *(date(year, 12, 31) for year in (2026, 2027, 2028, 2029))]
    days = [(end - valued).days for end in ends]
    income = sum(
        amount * 10_000 * 0.05 * 0.75 / 1.1 ** ((begin + end) / 2 / 365)
        for amount, begin, end in zip(
            (250, 1000, 1100, 1200), days, days[1:], strict=False
        )
    )
    spent = 600_000 * 1.05 * 1.02 + 200_000 + 100_000
    capital = spent * (1.06 ** (2 / 2) - 1)
    anew = (spent + capital) * 1.2 + 900
    prices = (
        1_000_000 * (100 / 98) * (100 / 105),
        1_200_000 * (100 / 100) * (100 / 110),
        900_000 * (100 / 96) * (100 / 95),
    )
    return {"income": income, "cost": anew * 6 / 8, "market": sum(prices) / 3}


def steps_are_taken_back_and_brought_again(
    valuer: Callable[..., Any], library: Path, case: str
) -> None:
    before = valuer("case", "show", case, "--library", library)
    (library.parent / "改.json").write_text('{"client": "另一家"}')
    valuer("case", "set", case, "改.json", "--library", library)
    valuer("undo", "--case", case, "--library", library)
    assert valuer("case", "show", case, "--library", library) == before
    valuer("redo", "--case", case, "--library", library)
    shown = valuer("case", "show", case, "--library", library)
    assert shown["client"] == "另一家"
    valuer("undo", "--case", case, "--library", library)


def the_report_is_signed_and_verified(
    valuer: Callable[..., Any], folder: Path, library: Path, case: str
) -> None:
    keys = make_sample_keys(
        folder,
        PIN,
        datetime.now(UTC),
        appraisers=("顾某宁", "陆某和"),
        institution="江苏某某资产评估有限公司",
    )
    valuer("report", case, "--library", library, "--out", "0.pdf")
    signers = (
        (keys.appraisers[0], "appraiser"),
        (keys.appraisers[1], "appraiser"),
        (keys.institution, "agency"),
    )
    for number, (key, role) in enumerate(signers):
        words = ("sign", f"{number}.pdf", "--p12", key, "--pin-env", "PIN")
        valuer(*words, "--role", role, "--out", f"{number + 1}.pdf")
    found = valuer("verify", "3.pdf", "--trust", keys.root, "--recompute")
    assert found["verdict"] == "intact"
    assert found["recomputed"] == {"matches": True, "differences": []}


def the_library_has_backups_and_keeps_what_was_issued(
    valuer: Callable[..., Any], library: Path, case: str
) -> None:
    valuer("case", "delete", case, "--library", library, code=2)
    valuer("backup", "make", "--library", library)
    assert valuer("backup", "list", "--library", library)["backups"]
    beside = library.parent.glob(f"*{library.name}*")
    files = [path for path in beside if path.is_file()]
    assert files == [library], "closed, the library is one file"
