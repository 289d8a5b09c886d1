"""The guide pages say what the methods do today."""

from __future__ import annotations

import pytest

from valuer.cli.guides import guides, worked_cases
from valuer.core.guides import guide
from valuer.methods import METHODS

NAMES = ["README.md", *(f"{method.key}.md" for method in METHODS)]


@pytest.fixture(scope="module")
def pages():
    return guides(worked_cases())


def test_every_method_has_a_worked_case():
    assert {one.key for one in METHODS} <= set(worked_cases())


@pytest.mark.parametrize("name", NAMES)
def test_the_pages_of_the_documentation_are_those_of_today(root, pages, name):
    """Made anew by ``valuer guide --out docs/methods``."""
    assert (root / "docs" / "methods" / name).read_text("utf-8") == pages[name]


def test_no_page_is_left_of_a_method_that_is_no_more(root, pages):
    kept = {one.name for one in (root / "docs" / "methods").iterdir()}
    assert kept == set(pages) == set(NAMES)


def test_a_page_shows_the_figures_of_its_example():
    page = guide(METHODS.find("lslp"), worked_cases()["lslp"])
    # 20 % of a margin of 10 %, as the answer is printed: 2 %.
    assert "`K = S × μ` | 2.0000%" in page
