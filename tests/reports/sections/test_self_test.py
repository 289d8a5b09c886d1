"""A report may show how the program's worked cases come out."""

from __future__ import annotations

from dataclasses import replace

from valuer.core.examples import run_examples
from valuer.methods import METHODS
from valuer.reports.sections import blocks, sections_of
from valuer.reports.sections.kinds import APPRAISAL
from valuer.reports.sections.self_test import self_test


def test_the_page_stands_in_a_report_only_where_it_is_asked_for(small):
    keys = [one.key for one in sections_of(APPRAISAL, small)]
    asked = [one.key for one in sections_of(APPRAISAL, replace(small, self_test=True))]
    assert "self_test" not in keys
    assert asked == [*keys, "self_test"]


def test_every_worked_case_stands_on_it(draft, small):
    prose, table = self_test(draft(replace(small, self_test=True)))
    assert isinstance(prose, blocks.Prose)
    assert isinstance(table, blocks.Table)
    found = run_examples(METHODS)
    assert [row[0] for row in table.rows] == [one.id for one in found]
    # TAB-01 is printed as 1.13 and is 1.1280499 by its formula.
    (tab,) = (row for row in table.rows if row[0] == "TAB-02")
    assert tab[2].startswith("1.13653")
