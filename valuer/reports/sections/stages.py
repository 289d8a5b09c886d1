"""From the first amount to the value, stage by stage, as a waterfall (价值形成过程)."""

from __future__ import annotations

from collections.abc import Iterator

from valuer.core.figures import Rise, WaterfallFigure
from valuer.core.method import Result
from valuer.core.texts import N_
from valuer.core.waterfalls import columns
from valuer.reports import formats
from valuer.reports.sections.blocks import Block, Chart
from valuer.reports.sections.draft import Draft


def stages(draft: Draft, result: Result) -> Iterator[Block]:
    """Yield the waterfall of a working that has one."""
    found = columns(result)
    if not found:
        return
    amounts = [one.amount for one in found]
    scale, unit = formats.chart_unit(amounts, draft.case.currency, draft.language)
    yield Chart(
        WaterfallFigure(
            draft.say(N_("How the value comes about")),
            unit,
            tuple(
                Rise(draft.told(one.label), one.amount / scale, one.is_total)
                for one in found
            ),
        )
    )
