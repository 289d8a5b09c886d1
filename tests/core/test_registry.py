"""Methods are found by key and version, the newest first asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from valuer.core.problems import UserError
from valuer.core.registry import registry
from valuer.methods import METHODS

ONE = METHODS.find("relief_from_royalty")
TWO = replace(ONE, version=ONE.version + 1)
OTHER = replace(ONE, key="other")


def test_the_newest_version_is_found_unless_one_is_named():
    known = registry(ONE, TWO, OTHER)
    assert known.find(ONE.key) is TWO
    assert known.find(ONE.key, ONE.version) is ONE
    assert known.find("other") is OTHER


def test_each_method_is_listed_once():
    assert list(registry(ONE, TWO, OTHER)) == [TWO, OTHER]


def test_what_is_not_known_is_told_with_what_is():
    with pytest.raises(UserError, match=r"no method “guess”; known are .*royalty"):
        METHODS.find("guess")
    with pytest.raises(UserError, match="no version 99"):
        METHODS.find(ONE.key, 99)


def test_no_method_stands_twice():
    with pytest.raises(ValueError, match="twice"):
        registry(ONE, replace(ONE))
