"""Tax lives by country are told with their source, and which lives they admit."""

from __future__ import annotations

import pytest

from valuer.core.patents import PatentKind
from valuer.core.tax_lives import tax_life, tax_lives


@pytest.mark.parametrize(
    ("country", "words"),
    [
        ("US", "15 years"),
        ("cn", "10 years at least"),
        ("NL", "5 to 20 years"),
        ("DE", "the remaining useful life"),
        ("FR", "the remaining useful life, 5 at least"),
        ("GB", "25 years or the remaining useful life"),
        ("MX", "6.7 years at least"),
    ],
)
def test_a_life_is_told_in_words(country, words):
    found = tax_life(country)
    assert found is not None
    assert str(found.words) == words


def test_kinds_may_have_lives_of_their_own():
    kinds = (PatentKind.INVENTION, PatentKind.UTILITY_MODEL, PatentKind.DESIGN, None)
    lives = [tax_life("JP", kind) for kind in kinds]
    assert [life and life.least for life in lives] == [8, 5, 7, 8]
    assert tax_life("US", PatentKind.DESIGN) == tax_life("US")


def test_a_country_that_the_table_lacks_has_none():
    assert tax_life("XX") is None


@pytest.mark.parametrize(
    ("country", "admitted", "not_admitted"),
    [
        ("US", (15,), (10, 14.9, 20)),
        ("CN", (10, 15), (9,)),
        ("NL", (5, 12, 20), (4, 21)),
        ("FR", (5, 9), (4,)),
        ("DE", (1, 30), ()),
        ("GB", (25, 7), ()),
    ],
)
def test_a_life_is_admitted_as_the_rule_has_it(country, admitted, not_admitted):
    found = tax_life(country)
    assert found is not None
    assert all(found.admits(years) for years in admitted)
    assert not any(found.admits(years) for years in not_admitted)


def test_every_row_has_a_mark_and_the_table_a_source_and_a_date():
    table = tax_lives()
    assert table.source
    assert table.captured
    assert {one.mark for one in table.entries} <= set(table.marks)
    named = [(one.country, one.kind) for one in table.entries]
    assert len(set(named)) == len(named)
