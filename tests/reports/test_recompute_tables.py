"""A report of three approaches carries its tables and comes out again from them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest

from valuer.core.case import Case
from valuer.methods import METHODS
from valuer.reports.recompute import Recomputed, recompute

Change = Callable[[list[dict[str, Any]]], None]


@pytest.fixture(scope="module")
def pdf(several: Case, build) -> bytes:
    made = build(several)
    assert made.missing == ()
    return made.pdf


def altered(pdf: bytes, change: Change) -> Recomputed:
    """Recompute a report in whose package the runs were changed."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        attached = document.Root.AF[0].EF.F
        plain = json.loads(attached.read_bytes())
        change(plain["case"]["runs"])
        attached.write(json.dumps(plain).encode())
        out = io.BytesIO()
        document.save(out)
    return recompute(out.getvalue(), METHODS, "en")


def test_three_approaches_come_out_again(pdf: bytes):
    found = recompute(pdf, METHODS)
    assert found.matches, found.differences
    assert found.is_exact


def _index(runs: list[dict[str, Any]]) -> None:
    runs[2]["params"]["factors"][0]["indices"][0] = 90


def _price(runs: list[dict[str, Any]]) -> None:
    runs[2]["params"]["comparables"][0]["price"] = "6200000"


def _cost(runs: list[dict[str, Any]]) -> None:
    runs[1]["params"]["items"][0]["amount"] = "1960000"


@pytest.mark.parametrize("change", [_index, _price, _cost])
def test_an_entry_of_a_table_that_was_changed_is_found(pdf: bytes, change: Change):
    found = altered(pdf, change)
    assert not found.matches
    assert found.differences[0].printed != found.differences[0].recomputed


def _no_table(runs: list[dict[str, Any]]) -> None:
    runs[2]["params"]["comparables"] = "案例"


def _ragged(runs: list[dict[str, Any]]) -> None:
    runs[2]["params"]["factors"][1]["indices"] = [[1], {}, None, "x"]


def _endless(runs: list[dict[str, Any]]) -> None:
    rows = runs[2]["params"]["comparables"]
    runs[2]["params"]["comparables"] = rows * 200


def _wide(runs: list[dict[str, Any]]) -> None:
    params = runs[2]["params"]
    first = params["comparables"][0]
    params["comparables"] = [first | {"name": f"案例{n}"} for n in range(200)]
    params["factors"] = [
        {"name": f"因素{n}", "indices": [100] * 200} for n in range(200)
    ]


@pytest.mark.parametrize("change", [_no_table, _ragged, _endless, _wide])
def test_a_hostile_table_is_refused(pdf: bytes, change: Change):
    found = altered(pdf, change)
    assert not found.matches
    assert len(found.differences) == 1
