"""Charts get their words and figures: shares in percent, limits of each count."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from tests.agency.invented_agency import AS_OF
from tests.agency.invented_agency import docket as invented_docket
from valuer.agency.cohorts import whole_cohort
from valuer.agency.control_charts import g_chart
from valuer.agency.credit import score
from valuer.agency.credit_events import Event, Subject
from valuer.agency.credit_figures import credit_figure
from valuer.agency.credit_line import timeline
from valuer.agency.credit_pack_files import (
    pack_in_force,
)
from valuer.agency.credit_packs import (
    SubjectKind,
)
from valuer.agency.figure_making import control_figure, incidence_figure, rare_figure
from valuer.agency.metric import Grouping, Question
from valuer.agency.quality import Row
from valuer.agency.quality_charts import funnel_of, p_chart_of

AGENCY = Subject(SubjectKind.AGENCY, "32201")


def row(group: str, hits: int, n: int, key: str = "Q01") -> Row:
    return Row(key, group, n, float(hits), hits / n, 0.0, 1.0)


def test_a_p_chart_tells_percent_and_the_limits_of_each_count():
    # p̄ = 0.55: the reference's figures for 30 and 100 cases, 3σ and 2σ.
    rows = (row("2025-01", 16, 30), row("2025-02", 55, 100), row("2025-03", 80, 100))
    figure = control_figure(p_chart_of(rows, 0.55), Grouping.MONTH, "en")
    first, second, third = figure.points
    assert first.limits.low == pytest.approx(27.75, abs=0.005)
    assert first.limits.high == pytest.approx(82.25, abs=0.005)
    assert second.limits.low == pytest.approx(40.08, abs=0.005)
    assert second.limits.warning_high == pytest.approx(64.95, abs=0.005)
    assert (first.n, second.value) == (30, pytest.approx(55.0))
    assert [one.is_out for one in figure.points] == [False, False, True]
    assert (figure.unit, figure.is_funnel, third.label) == ("%", False, "2025-03")


def test_a_funnel_has_its_lines_up_to_the_largest_count():
    rows = (row("甲", 20, 40), row("", 300, 400))
    figure = control_figure(funnel_of(rows), Grouping.AGENT, "en")
    assert figure.is_funnel
    assert (figure.funnel[0].n, figure.funnel[-1].n) == (1, 400)
    # p̄ = 320/440; 3.0902 and 1.9600 of √(p̄(1 − p̄)/400) either way.
    last = figure.funnel[-1]
    assert (last.low, last.high) == pytest.approx((65.85, 79.61), abs=0.01)
    assert last.warning_high == pytest.approx(77.09, abs=0.01)
    widths = [one.high - one.low for one in figure.funnel]
    assert widths[0] > widths[-1]
    assert figure.points[1].label == "Not told"


def test_a_rate_per_thousand_is_told_per_thousand():
    rows = (row("2025-01", 2, 1000, "Q27"), row("2025-02", 4, 1000, "Q27"))
    figure = control_figure(p_chart_of(rows), Grouping.MONTH, "en")
    assert figure.centre == pytest.approx(3.0)
    assert figure.points[1].value == pytest.approx(4.0)
    assert figure.unit == ""


def test_a_g_chart_names_its_losses_by_number_or_as_told():
    chart = g_chart(np.array([40.0, 60.0, 900.0]))
    assert rare_figure(chart, "en").labels == ("1", "2", "3")
    figure = rare_figure(chart, "en", ("a", "b", "c"))
    assert figure.labels == ("a", "b", "c")
    assert figure.low == 0.0


def test_a_cohorts_figure_has_both_ways_to_end_with_their_bands():
    docket = invented_docket(1500, 5)
    asked = Question(first=date(2021, 1, 1), last=date(2021, 12, 31))
    cohort = whole_cohort(docket, asked, (0, 12, 24, 36))
    assert cohort is not None
    granted, lost = incidence_figure(cohort, "en").lines
    assert granted.times == (0, 12, 24, 36)
    assert granted.lows[3] < granted.values[3] < granted.highs[3]
    assert lost.lows[3] < lost.values[3] < lost.highs[3]
    assert granted.values[3] + lost.values[3] <= 100


def test_a_period_without_a_case_has_no_cohort():
    later = Question(first=date(2040, 1, 1))
    assert whole_cohort(invented_docket(50, 5), later, (12,)) is None


def test_the_credit_line_steps_where_the_score_does():
    day, recorded = AS_OF, date(2026, 4, 1)
    late = Event("AG-AR-LATE", "f", recorded, recorded, recorded)
    pack = pack_in_force(day)
    asked = (pack, AGENCY, (late,), day)
    figure = credit_figure(score(*asked), timeline(*asked), pack, "en")
    # −20 recorded on 2026-04-01 is cleared on 2027-04-02 (worked example 9).
    steps = [(step.day, step.total, step.label) for step in figure.steps]
    assert steps == [(day, 80.0, "80 B"), (date(2027, 4, 2), 100.0, "100 A")]
    assert figure.last == date(2028, 3, 30)
    assert "cleared" in figure.steps[1].note


def test_a_total_that_is_not_known_is_a_question_mark():
    day = date(2026, 6, 1)
    prize = Event("AB-HONOUR", "h", day, day, day)
    pack = pack_in_force(day)
    asked = (pack, AGENCY, (prize,), day)
    figure = credit_figure(score(*asked), timeline(*asked), pack, "en")
    assert (figure.steps[0].total, figure.steps[0].label) == (None, "?")
    told = Event("AB-HONOUR", "h", day, day, day, points=Decimal("4.5"))
    asked = (pack, AGENCY, (told,), day)
    figure = credit_figure(score(*asked), timeline(*asked), pack, "en")
    assert figure.steps[0].label == "104.5 A+"
