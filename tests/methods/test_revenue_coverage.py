"""Covered share of revenue: claims read on features, by evidence."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.problems import UserError
from valuer.core.simulation import simulate
from valuer.methods import METHODS

METHOD = METHODS.find("revenue_coverage")


def feature(asset: str, share: Any, **more: Any) -> dict[str, Any]:
    return {
        "asset": asset,
        "claims": "1–3",
        "product": "泵",
        "feature": "叶轮",
        "share": share,
        "evidence": "权利要求对照表 1",
    } | more


PUMPS: dict[str, Any] = {
    "products": [{"name": "泵", "revenue": 300}, {"name": "阀", "revenue": 100}],
    "features": [
        feature("ZL1", 0.4),
        feature("ZL2", 0.2),
        feature("ZL2", 0.5, product="阀", feature="密封"),
        feature("铸造诀窍", 0.1, kind="know_how", claims=""),
        feature("商标", 0.2, kind="mark", claims="", product="阀"),
    ],
}


def run(given: dict[str, Any]) -> Result:
    params, _ = params_or_refuse(METHOD.params, given)
    return METHOD.run(params)


def refused(given: dict[str, Any]) -> str:
    with pytest.raises(UserError) as refusal:
        run(given)
    return str(refusal.value)


def changed(row: int, **more: Any) -> dict[str, Any]:
    rows = [dict(one) for one in PUMPS["features"]]
    rows[row] |= more
    return PUMPS | {"features": rows}


@st.composite
def tables(draw: st.DrawFn) -> dict[str, Any]:
    count = draw(st.integers(1, 4))
    products = [
        {"name": f"产品{k}", "revenue": draw(st.integers(1, 10**6))}
        for k in range(count)
    ]
    rows = [
        feature(
            f"ZL{draw(st.integers(1, 3))}",
            draw(st.integers(0, 10)) / 80,
            kind=draw(st.sampled_from(["patent", "know_how", "mark"])),
            product=f"产品{draw(st.integers(0, count - 1))}",
        )
        for _ in range(draw(st.integers(1, 8)))
    ]
    rows.append(feature("ZL1", 0, product="产品0"))
    return {"products": products, "features": rows}


def share_of(given: dict[str, Any], *kinds: str) -> Fraction:
    """Reckon the share anew, in fractions."""
    revenue = {one["name"]: Fraction(one["revenue"]) for one in given["products"]}
    parts = [
        revenue[one["product"]] * Fraction(one["share"])
        for one in given["features"]
        if one.get("kind", "patent") in kinds
    ]
    return sum(parts, Fraction(0)) / sum(revenue.values())


# By hand


@pytest.mark.parametrize(
    ("covered", "share"),
    [
        # Of 400: 120 + 60 + 50; the know-how 30; the mark 20.
        ("patents", 0.575),
        ("patents_and_know_how", 0.65),
        ("package", 0.7),
    ],
)
def test_what_is_covered_by_hand(covered, share):
    found = run(PUMPS | {"covered": covered})
    assert found.value == pytest.approx(share, rel=1e-14)
    assert found.outputs["by_patents"] == pytest.approx(0.575)
    assert found.outputs["by_know_how"] == pytest.approx(0.075)
    assert found.outputs["by_marks"] == pytest.approx(0.05)


def test_one_patent_by_hand():
    one = {"covered": "one_patent", "patent": "ZL2"}
    assert run(PUMPS | one).value == pytest.approx(110 / 400, rel=1e-14)


def test_the_share_serves_the_methods_that_take_a_share():
    covered = run(PUMPS).value
    flows = {
        "revenue": [400],
        "share_rate": 0.05,
        "covered_share": covered,
        "discount_rate": 0,
        "tax_rate": 0,
        "valuation_date": "2024-12-31",
        "first_period_end": "2025-12-31",
        "expiry_date": "2025-12-31",
        "timing": "end",
    }
    method = METHODS.find("income_share")
    params, _ = params_or_refuse(method.params, flows)
    assert method.run(params).value == pytest.approx(230 * 0.05, rel=1e-14)


# Laws


@given(tables())
def test_every_formula_gives_the_numbers_shown(formulas_hold, given):
    formulas_hold("revenue_coverage", given)


@given(tables())
def test_the_share_agrees_with_a_second_reckoning(given):
    found = run(given | {"covered": "package"})
    whole = share_of(given, "patent", "know_how", "mark")
    assert found.value == pytest.approx(float(whole), rel=1e-12, abs=1e-15)
    patents = float(share_of(given, "patent"))
    assert found.outputs["by_patents"] == pytest.approx(patents, rel=1e-12, abs=1e-15)


@given(tables())
def test_patents_one_by_one_make_all_patents(given):
    rows = given["features"]
    names = {row["asset"] for row in rows if row.get("kind", "patent") == "patent"}
    each = [
        run(given | {"covered": "one_patent", "patent": one}).value for one in names
    ]
    assert sum(each) == pytest.approx(run(given).value, rel=1e-12, abs=1e-15)


@given(tables(), st.floats(0.001, 1000))
def test_the_share_is_of_revenue_whatever_its_unit(given, factor):
    scaled = [one | {"revenue": one["revenue"] * factor} for one in given["products"]]
    found = run(given | {"products": scaled}).value
    assert found == pytest.approx(run(given).value, rel=1e-12, abs=1e-15)


def test_an_uncertain_share_is_simulated():
    uncertain = {"dist": "uniform", "low": 0.3, "high": 0.5}
    params, _ = params_or_refuse(METHOD.params, changed(0, share=uncertain))
    found = simulate(METHOD, params, 2000)
    # Uniform between 200 and 260 of 400: the mean within four standard errors.
    assert abs(found.mean - 0.575) < 4 * found.se
    assert found.p5 > 0.5


# What is refused


@pytest.mark.parametrize(
    ("row", "more", "named"),
    [
        (0, {"evidence": " "}, "features[0].evidence"),
        (1, {"claims": ""}, "features[1].claims"),
        (2, {"feature": ""}, "features[2].feature"),
        (3, {"asset": ""}, "features[3].asset"),
        (4, {"product": "风机"}, "features[4].product"),
        (0, {"share": 0.71}, "products[0].name"),
    ],
)
def test_a_row_that_proves_nothing_is_refused_by_name(row, more, named):
    assert named in refused(changed(row, **more))


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"covered": "one_patent"}, "patent"),
        ({"covered": "one_patent", "patent": "ZL9"}, "patent"),
        ({"covered": "one_patent", "patent": "商标"}, "patent"),
        (
            {"products": [{"name": "泵", "revenue": 0}, {"name": "阀", "revenue": 0}]},
            "products",
        ),
        (
            {"products": [{"name": "泵", "revenue": 1}, {"name": "泵", "revenue": 1}]},
            "products[1]",
        ),
        (
            {
                "products": [
                    {"name": "泵", "revenue": 1.7e308},
                    {"name": "阀", "revenue": 1.7e308},
                ]
            },
            "products",
        ),
        ({"features": []}, "features"),
    ],
)
def test_a_table_that_gives_no_share_is_refused_by_name(more, named):
    assert named in refused(PUMPS | more)
