"""What would take too long to compute anew is neither printed nor computed."""

from __future__ import annotations

import pytest

from valuer.core.case import Case
from valuer.core.problems import UserError
from valuer.methods import METHODS
from valuer.reports.recompute import recompute


def test_what_takes_too_long_to_compute_anew_is_refused_by_writer_and_reader(
    small: Case, build, monkeypatch
):
    pdf = build(small, "en").pdf
    for name in ("appraisal", "recompute"):
        monkeypatch.setattr(f"valuer.reports.{name}.MOST_WORK", 1000.0)
    told = recompute(pdf, METHODS, "en")
    assert not told.matches
    assert "too long" in told.differences[0].printed
    with pytest.raises(UserError, match="too long"):
        build(small, "en")
