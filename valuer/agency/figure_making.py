"""The figures of what a docket answers: charts as the window and the report draw them.

Values come from ``quality_charts`` and ``cohorts``; here they get their words.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from valuer.agency.cohorts import Cohort
from valuer.agency.control_charts import (
    FUNNEL_INNER,
    FUNNEL_OUTER,
    RareChart,
    p_limits,
)
from valuer.agency.metric import Grouping, Metric, Unit
from valuer.agency.metrics import metric
from valuer.agency.quality import Row
from valuer.agency.quality_charts import Charted
from valuer.agency.quality_words import value_words
from valuer.core.distributions import Floats
from valuer.core.quality_figures import (
    ControlFigure,
    ControlPoint,
    IncidenceFigure,
    IncidenceLine,
    Limits,
    RareFigure,
)
from valuer.core.texts import N_, tr

_TITLES = {
    Grouping.AGENT: N_("{metric}: agents"),
    Grouping.CLIENT: N_("{metric}: clients"),
    Grouping.FIELD: N_("{metric}: fields"),
    Grouping.MONTH: N_("{metric}: months"),
}

_LINE = 80  # places at which the lines of a funnel are reckoned


def control_figure(charted: Charted, by: Grouping, language: str) -> ControlFigure:
    """Return the p-chart, or the funnel, of the rows of one rate.

    ``charted`` has a row at least.
    """
    asked, chart = metric(charted.rows[0].key), charted.chart
    factor = _factor(asked)
    n = np.array([row.n for row in charted.rows], dtype=float)
    bounds = (chart.low, chart.high, chart.warning_low, chart.warning_high)
    limits = _limits(n, *(part * factor for part in bounds))
    out, warned = chart.out.tolist(), chart.warned.tolist()
    points = tuple(
        ControlPoint(
            row.group or tr(N_("Not told"), language),
            float(chart.rates[place]) * factor,
            limits[place],
            out[place],
            warned[place],
        )
        for place, row in enumerate(charted.rows)
    )
    common = Row(
        asked.key, None, int(n.sum()), None, chart.centre * asked.per, None, None
    )
    outer, inner = ("99.8%", "95%") if charted.is_funnel else ("3σ", "2σ")
    return ControlFigure(
        tr(_TITLES[by], language, metric=tr(asked.name, language)),
        "%" if asked.unit is Unit.SHARE else "",
        tr(N_("counted, n"), language),
        chart.centre * factor,
        tr(N_("all together {value}"), language, value=value_words(common)),
        tr(N_("limit {name}"), language, name=outer),
        tr(N_("warning {name}"), language, name=inner),
        points,
        _funnel(chart.centre, n, factor) if charted.is_funnel else (),
        tr(N_("beyond the limits"), language),
        tr(N_("beyond the warning lines"), language),
    )


def rare_figure(
    chart: RareChart, language: str, labels: Sequence[str] = ()
) -> RareFigure:
    """Return the g-chart of rights lost; ``labels`` name the losses, as their days.

    ``chart`` has a loss at least.
    """
    values = chart.between.tolist()
    shown = (f"{chart.centre:,.0f}", f"{chart.high:,.0f}")
    return RareFigure(
        tr(N_("Due dates that went well between two rights lost"), language),
        tr(N_("due dates"), language),
        tuple(labels) or tuple(str(number + 1) for number in range(len(values))),
        tuple(values),
        chart.centre,
        chart.low,
        chart.high,
        tr(N_("mean {value}"), language, value=shown[0]),
        tr(N_("limit {name}"), language, name=f"3σ {shown[1]}"),
        tuple(value > chart.high or value < chart.low for value in values),
        tr(N_("rarer than before"), language),
    )


def incidence_figure(cohort: Cohort, language: str) -> IncidenceFigure:
    """Return what becomes of the inventions of a cohort, granted and lost."""
    title = N_("Inventions filed in {quarter}: how they have ended, n = {count}")
    if not cohort.quarter:
        title = N_("Inventions filed in the period: how they have ended, n = {count}")
    times = tuple(float(month) for month in cohort.months)
    lines = (
        (N_("with a grant"), cohort.granted, cohort.granted_low, cohort.granted_high),
        (N_("without a grant"), cohort.lost, cohort.lost_low, cohort.lost_high),
    )
    return IncidenceFigure(
        tr(title, language, quarter=cohort.quarter, count=f"{cohort.n:,}"),
        "%",
        tr(N_("months from filing"), language),
        tuple(
            IncidenceLine(
                tr(name, language),
                times,
                *(tuple((100 * part).tolist()) for part in (value, low, high)),
            )
            for name, value, low, high in lines
        ),
    )


def _factor(asked: Metric) -> float:
    """Return by what a fraction is multiplied to be shown as the metric is."""
    return 100.0 if asked.unit is Unit.SHARE else float(asked.per)


def _limits(n: Floats, *parts: Floats) -> tuple[Limits, ...]:
    rows = zip(n.tolist(), *(part.tolist() for part in parts), strict=True)
    return tuple(Limits(*row) for row in rows)


def _funnel(centre: float, n: Floats, factor: float) -> tuple[Limits, ...]:
    """Return the lines of a funnel from the smallest count to the largest."""
    low, high = float(n.min(initial=1.0)), float(n.max(initial=1.0))
    along = np.unique(np.round(np.geomspace(max(low, 1.0), max(high, 2.0), _LINE)))
    outer, inner = (
        p_limits(centre, along, one) for one in (FUNNEL_OUTER, FUNNEL_INNER)
    )
    return _limits(along, *(part * factor for part in (*outer, *inner)))
