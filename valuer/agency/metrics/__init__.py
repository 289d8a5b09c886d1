"""The metrics of filing quality. To add one: write it in its group, add the group here.

Not among them: forward citations (Q15), which mean something only as a percentile among
all patents of the class and year; the docket holds none of those.
"""

from __future__ import annotations

from valuer.agency.metric import Metric
from valuer.agency.metrics import (
    care,
    drafting,
    examination,
    filings,
    grants,
    losses,
    patents,
)
from valuer.core.problems import UserError
from valuer.core.texts import N_

METRICS: tuple[Metric, ...] = (
    *grants.METRICS,
    *examination.METRICS,
    *losses.METRICS,
    *filings.METRICS,
    *drafting.METRICS,
    *patents.METRICS,
    *care.METRICS,
)


def metric(key: str) -> Metric:
    """Return a metric by its key.

    Raises:
        UserError: there is none such.
    """
    for one in METRICS:
        if one.key == key:
            return one
    known = tuple(one.key for one in METRICS)
    text = N_("There is no metric “{key}”; known are {known}.")
    raise UserError(text, key=key[:40], known=known)
