"""The columns of an agency's own list are guessed, and read as they were mapped."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuer.agency.docket_fields import column_keys
from valuer.agency.docket_profiles import Profile
from valuer.core.patents import Source
from valuer.core.progress import ignore
from valuer.imports.docket_mapping import suggested_keys
from valuer.imports.docket_tables import known, known_by, read_known
from valuer.imports.table import Table

HEAD = ["流水", "官方编码", "品名", "申请日", "进展", "类", "谁办的", "备注"]
ROWS = [
    ["1", "201811564288X", "阀门", "2018-12-20", "专利权维持", "发明", "张三", ""],
    ["2", "2019106035651", "泵", "2019-07-05", "一通出案待答复", "发明", "李四", "急"],
    ["", "", "", "", "", "", "", ""],
    ["3", "2019106035652", "管", "2019-07-05", "不知道", "发明", "李四", ""],
]
TABLE = Table("台账", [["本所案件台账"], HEAD, *ROWS])


def test_columns_are_guessed_by_their_names_and_by_what_they_hold():
    # 申请日 by its name; the others have names that say nothing.
    assert suggested_keys(TABLE) == {1: "number", 3: "filed", 5: "kind"}


def test_a_guess_is_not_made_where_a_cell_in_three_says_otherwise():
    # One of three status words is none: the column of 进展 is left to the user.
    assert 4 not in suggested_keys(TABLE)
    assert suggested_keys(Table("", [HEAD, *ROWS[:2]]))[4] == "status"


def test_of_two_names_of_one_field_the_one_more_believed_is_guessed():
    table = Table(
        "", [["法律状态", "申请号", "案件状态"], ["授权", "201811564288X", ""]]
    )

    assert suggested_keys(table) == {1: "number", 2: "status"}


def test_office_actions_may_have_several_columns():
    heads = ["申请号", "一通发文日", "二通发文日", "第一代理人", "第二代理人"]

    assert list(suggested_keys(Table("", [heads])).values()) == [
        "number",
        "office_actions.made",
        "office_actions.made",
        "agents",
        "agents",
    ]


def test_a_heading_spelt_with_other_blanks_brackets_or_case_is_the_same():
    table = Table(
        "", [["申请 号：", "Filing Date（日）"], ["201811564288X", "2018-12-20"]]
    )
    profile = Profile("a", (("申请号", "number"), ("filing date(日)", "filed")))
    found = known_by(table, profile)

    assert found is not None
    (case,) = read_known(found, Source(), ignore).cases
    assert case.filed == date(2018, 12, 20)


def test_no_more_rows_are_read_than_wanted():
    rows = [["201811564288X", "2018-12-20"]] * 500
    found = known(Table("", [["申请号", "申请日"], *rows]))

    assert found is not None
    assert len(read_known(found, Source(), ignore, 20).cases) == 20


CELLS = st.one_of(
    st.sampled_from(
        [
            "", "--", "201811564288X", "2019106035651.0", "2.01911E+12", "2020-01-02", "43831",
            "专利权维持", "授权 | 权利转移", "=1+1", '="a"', "@SUM(A1)", "是", "12", "-3", "1e9",
            "张三; 李四", "CN109611111B", "发明", "|", ";;", "\n",
        ]
    ),
    st.text(max_size=12),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    keys=st.lists(st.sampled_from(column_keys()), min_size=1, max_size=8),
    rows=st.lists(st.lists(CELLS, max_size=10), max_size=6),
)
def test_whatever_the_cells_hold_each_row_is_a_case_or_refused(keys, rows):
    headings = [f"列{place}" for place in range(len(keys) + 1)]
    pairs = tuple(zip(headings, ("reference", *keys), strict=True))
    table = Table("a", [headings, *rows])
    found = known_by(table, Profile("a", pairs))
    assert found is not None
    reader = read_known(found, Source("a.csv"), ignore)
    filled = sum(bool("".join(row).strip()) for row in rows)

    assert len(reader.cases) + reader.report.refused == filled
    errors = [one for one in reader.report.issues if one.severity.value == "error"]
    assert len(errors) == reader.report.refused


@pytest.mark.parametrize("cells", [[], [[]], [[""]], [["a"]], [["甲", "乙"]]])
def test_a_table_without_anything_is_no_docket(cells):
    assert known(Table("", cells)) is None
    assert "" not in suggested_keys(Table("", cells)).values()
