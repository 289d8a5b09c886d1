"""A dialog maps the columns of any list: headings, a guess, a preview."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuer.agency.docket_fields import column_keys
from valuer.agency.docket_profiles import Profile, Word, profile_issues
from valuer.agency.statuses import Outcome
from valuer.core.patents import Source
from valuer.core.progress import ignore
from valuer.imports.docket_mapping import preview, sheets_of, suggested_profile
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


def test_headings_and_the_first_rows_are_shown(tmp_path, xlsx):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(xlsx(台账=(["本所案件台账"], HEAD, *ROWS), 空=()))
    (sheet,) = sheets_of(path)

    assert (sheet.name, sheet.row) == ("台账", 2)
    assert list(sheet.headings) == HEAD
    assert [row[2] for row in sheet.samples] == ["阀门", "泵", "管"]


def test_columns_are_guessed_by_their_names_and_by_what_they_hold():
    guess = suggested_profile(TABLE, "台账")

    # 申请日 by its name; the others have names that say nothing.
    assert dict(guess.columns) == {
        "官方编码": "number",
        "申请日": "filed",
        "类": "kind",
    }
    assert profile_issues(guess) == ()


def test_a_guess_is_not_made_where_a_cell_in_five_says_otherwise():
    # One of three status words is none: the column of 进展 is left to the user.
    assert "进展" not in dict(suggested_profile(TABLE).columns)
    sure = Table("", [HEAD, *ROWS[:2]])
    assert dict(suggested_profile(sure).columns)["进展"] == "status"


def test_the_preview_shows_cases_what_is_doubtful_and_what_would_be_refused():
    profile = Profile(
        "台账",
        (
            ("官方编码", "number"),
            ("申请日", "filed"),
            ("进展", "status"),
            ("谁办的", "handler"),
        ),
        (Word("status", "不知道", "驳回失效"),),
    )
    shown = preview(TABLE, profile)

    assert [case.handler for case in shown.cases] == ["张三", "李四"]
    assert shown.cases[0].outcome is Outcome.IN_FORCE
    assert shown.refused == 1
    assert [(one.row, one.column) for one in shown.issues] == [(6, 2)]


def test_a_preview_reads_no_more_rows_than_it_shows():
    rows = [["201811564288X", "2018-12-20"]] * 500
    table = Table("", [["申请号", "申请日"], *rows])

    assert len(preview(table, suggested_profile(table, "a"), 20).cases) == 20


def test_without_a_column_that_names_the_case_there_is_no_preview():
    assert preview(TABLE, Profile("a", (("品名", "title"),))).cases == ()


def test_a_heading_spelt_with_other_blanks_brackets_or_case_is_the_same():
    table = Table(
        "", [["申请 号：", "Filing Date（日）"], ["201811564288X", "2018-12-20"]]
    )
    profile = Profile("a", (("申请号", "number"), ("filing date(日)", "filed")))

    assert preview(table, profile).cases[0].filed == date(2018, 12, 20)


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


@pytest.mark.parametrize("cells", [[], [[]], [[""]], [["a"]], [["申请号", "名称"]]])
def test_a_table_without_anything_is_no_docket(cells):
    assert known(Table("", cells)) is None
    assert suggested_profile(Table("", cells), "a").name == "a"
