"""JSON Schemas say what the readers take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
import pytest

from valuer.core.canonical import from_plain
from valuer.core.case import Case
from valuer.core.distributions import DISTRIBUTIONS
from valuer.core.params import Rate, param
from valuer.core.patents import Patent
from valuer.core.schema import case_schema, params_schema
from valuer.methods import METHODS

PARAMS = METHODS.find("relief_from_royalty").params
SCHEMA = params_schema(PARAMS)


def property_(name: str) -> Any:
    return SCHEMA["properties"][name]


def test_a_schema_names_every_parameter_and_no_other():
    assert set(SCHEMA["properties"]) == set(PARAMS.__dataclass_fields__)
    assert SCHEMA["additionalProperties"] is False
    assert SCHEMA["required"] == [
        "revenue",
        "royalty_rate",
        "tax_rate",
        "discount_rate",
        "valuation_date",
        "first_period_end",
        "expiry_date",
        "timing",
    ]


def test_each_kind_of_parameter_has_its_type():
    assert property_("valuation_date")["format"] == "date"
    assert property_("currency")["pattern"] == "^[A-Z]{3}$"
    assert property_("timing")["enum"] == ["mid", "end"]
    assert "default" not in property_("timing")
    assert property_("revenue")["type"] == "array"
    kinds = [one.get("type") for one in property_("royalty_rate")["anyOf"]]
    assert kinds == ["number"] + ["object"] * len(DISTRIBUTIONS) + ["array"]
    assert {"type": "number", "minimum": 0, "maximum": 1} in property_("discount_rate")[
        "anyOf"
    ]


def test_every_distribution_is_described():
    told = {
        one["properties"]["dist"]["const"]: one["required"]
        for one in property_("discount_rate")["anyOf"]
        if one["type"] == "object"
    }
    assert told["lognormal"] == ["dist", "mean", "cv"]
    assert set(told) == set(DISTRIBUTIONS)


def test_titles_come_in_the_language_asked_for():
    assert property_("revenue")["title"] == "Revenue"
    assert property_("revenue")["description"]


@dataclass(frozen=True, slots=True)
class Above:
    """One parameter that excludes its lower end, and is open above."""

    odds: Rate = param("Odds", 1.0, low=0, above=True)
    free: Rate = param("Free", 1.0)


def test_an_excluded_end_is_told_as_such():
    number = params_schema(Above)["properties"]["odds"]["anyOf"][0]
    assert number == {"type": "number", "exclusiveMinimum": 0}
    free = params_schema(Above)["properties"]["free"]["anyOf"][0]
    assert free == {"type": "number"}


def test_a_schema_is_json():
    assert msgspec.json.decode(msgspec.json.encode(SCHEMA)) == SCHEMA
    assert msgspec.json.encode(case_schema())


def test_a_case_s_schema_names_every_field_and_forbids_others():
    case = case_schema()["$defs"]["Case"]
    assert set(case["properties"]) == set(Case.__dataclass_fields__)
    for definition in case_schema()["$defs"].values():
        if definition.get("type") == "object":
            assert definition["additionalProperties"] is False


def test_a_case_s_patent_may_be_quoted_by_its_number():
    patents = case_schema()["$defs"]["Case"]["properties"]["patents"]
    quoted = patents["items"]["anyOf"][1]
    assert quoted["required"] == ["quote"]


@pytest.mark.parametrize("kind", [Case, Patent])
def test_the_least_that_a_schema_asks_for_is_read(kind):
    assert from_plain({}, kind) == kind()
