"""Score sheets: what ships, how it is marked, and what a changed file may not be."""

from __future__ import annotations

import contextlib
import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.problems import UserError
from valuer.core.resources import resource
from valuer.core.score_sheets import ScoreSheet, read_sheet, rows_of
from valuer.methods import METHODS
from valuer.ratings import RATINGS, rating

SHEETS = {one.key: one.sheet() for one in RATINGS}

# The 27 names of the third level, as listed in the reference of the indicator tree.
THIRD_LEVEL = [
    "专利有效性",
    "同族专利情况",
    "复审无效情况",
    "不可规避性",
    "权利要求合理性",
    "权利要求类型",
    "依赖度",
    "技术问题重要性",
    "技术原创性",
    "技术效果",
    "引用情况",
    "替代技术方案数量",
    "技术领域数量",
    "技术领域范围",
    "配套技术依存度",
    "技术发展阶段",
    "技术生命周期",
    "剩余经济寿命",
    "防御性",
    "控制力",
    "竞争对手情况",
    "销售收益",
    "市场占有率",
    "政策适应性",
    "转让许可情况",
    "融资保险情况",
    "诉讼仲裁情况",
]


def factors(sheet: ScoreSheet) -> list[Any]:
    leaves = [inner for one in sheet.groups for inner in (one.groups or (one,))]
    return [each for leaf in leaves for each in leaf.factors]


def test_the_tree_has_three_fourteen_and_twenty_seven_indicators():
    tree = SHEETS["patent_value"]
    assert [one.name for one in tree.groups] == ["法律价值", "技术价值", "经济价值"]
    assert [len(one.groups) for one in tree.groups] == [4, 6, 4]
    assert [each.name for each in factors(tree)] == THIRD_LEVEL


def test_names_that_were_not_proof_read_and_weights_of_our_own_say_so():
    tree = SHEETS["patent_value"]
    assert {each.mark for each in factors(tree)} == {"V3"}
    assert {inner.mark for one in tree.groups for inner in one.groups} == {"M-med"}
    assert "未与原文核对" in tree.marks["V3"]
    assert tree.marks[tree.weights_mark] == "软件默认值，非标准规定"
    assert "软件默认值，非标准规定" in rows_of(tree)["sheet"]
    assert {one.mark for one in tree.presets} == {"D"}


@pytest.mark.parametrize(
    ("scenario", "weights"),
    [
        ("licence", [0.3, 0.3, 0.4]),
        ("finance", [0.35, 0.2, 0.45]),
        ("reporting", [0.25, 0.25, 0.5]),
        ("infringement", [0.5, 0.25, 0.25]),
        ("management", [0.35, 0.4, 0.25]),
        ("other", [1 / 3, 1 / 3, 1 / 3]),
    ],
)
def test_each_scenario_proposes_its_weights(scenario, weights):
    rows = rows_of(SHEETS["patent_value"], scenario)
    found = [one["weight"] for one in rows["groups"]]
    assert found == pytest.approx(weights, abs=1e-4)


def test_grades_begin_at_eighty_sixty_forty_twenty_and_nought():
    tree = SHEETS["patent_value"]
    assert [one.least for one in tree.grades] == [80, 60, 40, 20, 0]
    assert "软件默认值，非标准规定" in tree.grades_source


def test_the_adjustment_sheet_has_eleven_factors_in_three_groups():
    sheet = SHEETS["share_adjustment"]
    assert [one.weight for one in sheet.groups] == [0.3, 0.5, 0.2]
    assert [len(one.factors) for one in sheet.groups] == [3, 7, 1]


def test_low_risks_score_nought_and_great_ones_a_hundred():
    sheet = SHEETS["risk_premium"]
    assert [one.name for one in sheet.groups] == [
        "技术风险",
        "市场风险",
        "资金风险",
        "管理风险",
    ]
    for each in factors(sheet):
        scores = [band.score for band in each.bands]
        assert scores == sorted(scores)
        assert scores[-1] == 100
    assert [one.weights for one in sheet.presets] == [
        (0.05,) * 4,
        (0.08,) * 4,
        (0.1,) * 4,
    ]


def test_factor_shares_by_industry_are_marked_as_remembered():
    sheet = SHEETS["factor_contribution"]
    shares = {one.key: one.weights for one in sheet.presets}
    assert shares["high_technology"] == (0.3, 0.5, 0.2)
    assert {one.mark for one in sheet.presets} == {"M-med"}


@pytest.mark.parametrize("key", SHEETS)
def test_the_weights_of_all_siblings_add_to_one(key):
    sheet = SHEETS[key]
    for one in sheet.groups:
        for leaf in one.groups or (one,):
            own = [each.weight for each in leaf.factors]
            assert not own or math.fsum(own) == pytest.approx(1, abs=5e-4)


def test_an_unknown_sheet_is_refused():
    with pytest.raises(UserError, match="nothing"):
        rating("nothing")


PLAIN = json.loads(resource("ratings/share_adjustment.json").read_text("utf-8"))


def changed(path: str, value: Any) -> dict[str, Any]:
    """The adjustment sheet with one entry changed; a path such as groups.0.weight."""
    plain = json.loads(json.dumps(PLAIN))
    *way, last = [int(one) if one.isdigit() else one for one in path.split(".")]
    place: Any = plain
    for one in way:
        place = place[one]
    place[last] = value
    return plain


@pytest.fixture
def refusal(tmp_path):
    def read(plain: Any) -> str:
        path = tmp_path / "表.json"
        path.write_text(json.dumps(plain), encoding="utf-8")
        with pytest.raises(UserError) as refused:
            read_sheet(path)
        return str(refused.value)

    return read


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("version", 0, "version"),
        ("groups", [], "group"),
        ("mark", "X", "“X” is not explained"),
        ("groups.0.factors.0.mark", "X", "“X” is not explained"),
        ("groups.0.weight", 0.4, "add to 1"),
        ("groups.0.weight", None, "above 0"),
        ("groups.0.factors.0.weight", 0.5, "“法律因素”"),
        ("groups.0.factors.0.weight", -0.4, "“法律因素”"),
        ("groups.0.factors.0.name", " ", "blank"),
        ("groups.0.name", "技术因素", "twice"),
        ("groups.0.factors", [], "no factors"),
        ("groups.0.factors.0.bands.0.score", 101, "between 0 and 100"),
        ("groups.0.factors.0.weight", "much", "wanted"),
        ("groups.0.colour", "red", "not a known field"),
        ("presets", [{"key": "a", "name": "A", "weights": [1], "mark": "M-hi"}], "“A”"),
    ],
)
def test_a_changed_file_that_does_not_go_together_is_refused(
    refusal, path, value, told
):
    assert told in refusal(changed(path, value))


def test_groups_with_neither_weight_nor_premium_are_refused(refusal):
    bare = [one | {"weight": None} for one in PLAIN["groups"]]
    assert "every one a premium" in refusal(changed("groups", bare))


def test_factors_beside_groups_are_refused(refusal):
    inner = {"name": "内", "weight": 1.0, "factors": PLAIN["groups"][2]["factors"]}
    assert "mixes" in refusal(changed("groups.0.groups", [inner]))


@pytest.mark.parametrize("text", [b"", b"[]", b"{", b"\xff", b'{"a": NaN}', b"null"])
def test_what_is_no_sheet_is_refused(tmp_path, text):
    path = tmp_path / "表.json"
    path.write_bytes(text)
    with pytest.raises(UserError):
        read_sheet(path)


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_no_entry_in_a_sheet_crashes_it(tmp_path_factory, value):
    path = tmp_path_factory.mktemp("sheet") / "表.json"
    for entry in ("groups", "groups.0", "groups.0.factors", "presets", "marks", "date"):
        path.write_text(json.dumps(changed(entry, value)), encoding="utf-8")
        with contextlib.suppress(UserError):
            rows_of(read_sheet(path))


REST: dict[str, dict[str, Any]] = {
    "patent_score": {"patent_kind": "invention"},
    "adjusted_share_rate": {
        "lower": 0.01,
        "upper": 0.03,
        "share_of": "revenue",
        "range_source": "表",
    },
    "build_up": {
        "risk_free_rate": 0.03,
        "country": "CN",
        "valuation_date": "2025-12-31",
    },
}
"""What each method needs besides the rows of its sheet."""


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("key", ["patent_value", "share_adjustment", "risk_premium"])
def test_the_rows_of_a_sheet_fill_the_tables_of_its_method(key, language):
    sheet = SHEETS[key]
    method = METHODS.find(sheet.method)
    for preset in ("", *(one.key for one in sheet.presets)):
        rows = rows_of(sheet, preset, language)
        for row in rows["scores"]:
            row |= {"score": 50, "evidence": "底稿"}
        params, _ = params_or_refuse(method.params, rows | REST[sheet.method])
        found = method.run(params)
        assert found.outputs["group_scores"] == pytest.approx([50] * len(sheet.groups))
