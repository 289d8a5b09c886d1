from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from tests.agency.hand_docket import AS_OF, DOCKET, case
from valuer.agency.columns import columns_of
from valuer.agency.docket import DueDate
from valuer.agency.metric import Grouping, Question
from valuer.agency.metrics import metric
from valuer.agency.quality import answer
from valuer.agency.quality_charts import funnel_of, losses_of, lost_cases, p_chart_of


def test_months_and_agents_are_held_against_their_common_rate():
    docket = columns_of(DOCKET, AS_OF)
    asked = (metric("Q01"),)
    months = p_chart_of(answer(docket, Question(by=Grouping.MONTH), asked))
    agents = funnel_of(answer(docket, Question(by=Grouping.AGENT), asked))
    assert months.chart.centre == agents.chart.centre == pytest.approx(3 / 7)
    assert [row.group for row in months.rows][:2] == ["2024-02", "2025-03"]
    assert not agents.chart.out.any()


def test_losses_stand_in_the_order_of_their_due_dates():
    first = date(2025, 1, 6)
    due = [DueDate(first + timedelta(days=number)) for number in range(10)]
    due[4] = replace(due[4], lost=True)
    due[9] = replace(due[9], lost=True)
    cases = (case(1, due_dates=tuple(due[5:])), case(2, due_dates=tuple(due[:5])))
    chart = losses_of(columns_of(cases, AS_OF), Question())
    assert chart.between.tolist() == [4, 4]
    assert chart.centre == 4


def test_without_due_dates_there_is_no_chart_of_losses():
    chart = losses_of(columns_of(DOCKET, AS_OF), Question())
    assert np.isnan(chart.centre)


def test_each_point_of_the_losses_has_its_case():
    due = [DueDate(date(2025, 1, 6) + timedelta(days=number)) for number in range(4)]
    due[1] = replace(due[1], lost=True)
    due[3] = replace(due[3], lost=True)
    late = case(1, due_dates=tuple(due[2:]))
    early = case(2, due_dates=tuple(due[:2]))
    docket = columns_of((late, early), AS_OF)
    assert lost_cases(docket, Question()) == (early.number, late.number)
    assert lost_cases(columns_of(DOCKET, AS_OF), Question()) == ()
