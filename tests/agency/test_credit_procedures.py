"""Profiles of provinces: texts with mark and source, no points."""

from __future__ import annotations

from valuer.agency.credit_packs import MARKS
from valuer.agency.credit_procedures import procedure_facts, procedures


def test_every_fact_has_a_mark_that_is_explained_and_a_source():
    regions = [one.region for one in procedures().procedures]
    assert regions[0] == "CN"
    assert len(set(regions)) == len(regions)
    for one in procedures().procedures:
        assert one.name
        assert one.name_en.isascii()
        for fact in one.facts:
            assert fact.text
            assert fact.source
            assert fact.mark in MARKS


def test_a_province_comes_before_the_country():
    national = procedure_facts("CN")
    jiangsu = procedure_facts("CN-32")
    assert jiangsu[0].key == "pilot"
    assert jiangsu[-len(national) :] == national
    assert procedure_facts("CN-99") == national
    assert procedure_facts("DE") == ()
