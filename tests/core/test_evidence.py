"""Places that evidence is about, and what kind of file some bytes are."""

from __future__ import annotations

import io
import zipfile

import pytest

from valuer.core.case import Case, Forecast, Run
from valuer.core.engagement import Evidence
from valuer.core.evidence import place_words, places, with_evidence
from valuer.core.media_types import media_type
from valuer.core.patents import Patent
from valuer.core.texts import say
from valuer.methods import METHODS

ROWS = {"companies": [{"name": "甲"}, {"name": "乙"}]}
CASE = Case(
    patents=(Patent(),),
    forecast=Forecast(),
    runs=(
        Run("rate", "listed_companies_rate", params=ROWS),
        Run("rate.two", "listed_companies_rate", params=ROWS),
        Run("rfr", "relief_from_royalty", params={"revenue": [1, 2, 3]}),
        Run("new", "a_method_of_tomorrow", params={"x": 1}),
    ),
)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("", "The case as a whole"),
        ("forecast.history", "Forecast: Revenue, history"),
        ("patents[0].owners", "Patents, row 1: Owners"),
        ("contract.number", "Engagement contract: Number of the engagement contract"),
        ("valuation_date", "Valuation date"),
        ("runs.rate.two.reason", "(rate.two): Reason"),
        ("runs.rfr.revenue[2]", "period 3"),
        ("runs.rate.companies[1].name", "row 2"),
        ("runs.new", "a_method_of_tomorrow"),
    ],
)
def test_a_place_has_a_name_that_people_read(place, words):
    found = place_words(CASE, METHODS, place)
    assert found is not None
    assert words in say(found, "en")


@pytest.mark.parametrize(
    "place",
    [
        *("runs", "runs.", "runs.wacc", "runs.rate.nothing", "rate.companies"),
        *("runs.rate.companies[2]", "runs.rate.companies.name", "runs.rfr.revenue[3]"),
        *("runs.rate.companies[1].nothing", "runs.rfr.revenue[0].low", "patents[1]"),
        *("forecast[0]", "house.nothing", "nothing", "format", "runs.new.x", "a b"),
        *("valuation_date.year", "runs.rate.companies[1", "__class__"),
    ],
)
def test_what_the_case_does_not_have_is_no_place(place):
    assert place_words(CASE, METHODS, place) is None


def test_every_place_offered_is_a_place():
    offered = places(CASE, METHODS)
    assert "runs.rate.companies" in offered
    assert len(set(offered)) == len(offered)
    assert all(place_words(CASE, METHODS, one) is not None for one in offered)


def test_a_document_has_one_line_for_each_place_it_supports():
    one, other = Evidence("ab" * 32, "a"), Evidence("ab" * 32, "a", about="forecast")
    case = with_evidence(Case(), (one, one, other))
    assert case.evidence == (one, other)
    assert with_evidence(case, (Evidence("ab" * 32, "b"),)) is case


def zipped(name):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(name, "x")
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"%PDF-1.7", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (zipped("OFD.xml"), "application/ofd"),
        (zipped("xl/workbook.xml"), "application/vnd.openxmlformats-officedocument"),
        (zipped("a.txt"), "application/zip"),
        ("询价记录".encode(), "text/plain"),
        ("询价记录".encode("gbk"), "text/plain"),
        (b"MZ\x90\0", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_the_kind_of_a_file_is_told_by_what_stands_in_it(data, found):
    assert media_type(data).startswith(found)
