"""The guide pages say what the methods do today."""

from __future__ import annotations

import pytest

from valuer.cli.guides import guides, worked_cases
from valuer.core.guides import guide
from valuer.methods import METHODS

PAGES = guides(worked_cases())


def test_every_method_has_a_worked_case():
    assert {one.key for one in METHODS} <= set(worked_cases())


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_of_the_documentation_are_those_of_today(root, name):
    """Made anew by ``valuer guide --out docs/methods``."""
    assert (root / "docs" / "methods" / name).read_text("utf-8") == PAGES[name]


def test_no_page_is_left_of_a_method_that_is_no_more(root):
    assert {one.name for one in (root / "docs" / "methods").iterdir()} == set(PAGES)


def test_a_page_shows_the_figures_of_its_example():
    page = guide(METHODS.find("lslp"), worked_cases()["lslp"])
    # 20 % of a margin of 10 %, as the answer is printed: 2 %.
    assert "`K = S × μ` | 2.0000%" in page
