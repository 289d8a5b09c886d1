"""The pages of a case, in the order of the work.

To add one: write its module, add its line here. Each is built when first shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from valuer.core.texts import N_
from valuer.gui.case_tools import CaseTools


@dataclass(frozen=True, slots=True)
class CasePage:
    """One page of a case.

    Attributes:
        key: stable name; ``title``: marked word.
        build: returns the page.
        explains: whether the "why" panel stands beside it.
    """

    key: str
    title: str
    build: Callable[[CaseTools, QWidget], QWidget]
    explains: bool = True


def _facts(tools: CaseTools, parent: QWidget) -> QWidget:
    from valuer.gui.pages.facts import FactsPage

    return FactsPage(tools, parent)


def _patents(tools: CaseTools, parent: QWidget) -> QWidget:
    from valuer.gui.pages.case_patents import CasePatentsPage

    return CasePatentsPage(tools, parent)


def _forecast(tools: CaseTools, parent: QWidget) -> QWidget:
    from valuer.gui.pages.forecast import ForecastPage

    return ForecastPage(tools, parent)


def _methods(tools: CaseTools, parent: QWidget) -> QWidget:
    from valuer.gui.pages.methods import MethodsPage

    return MethodsPage(tools, parent)


def _simulation(tools: CaseTools, parent: QWidget) -> QWidget:
    from valuer.gui.pages.simulation import SimulationPage

    return SimulationPage(tools, parent)


def _conclusion(tools: CaseTools, parent: QWidget) -> QWidget:
    from valuer.gui.pages.conclusion import ConclusionPage

    return ConclusionPage(tools, parent)


def _evidence(tools: CaseTools, parent: QWidget) -> QWidget:
    from valuer.gui.pages.evidence import EvidencePage

    return EvidencePage(tools, parent)


def _engagement(tools: CaseTools, parent: QWidget) -> QWidget:
    from valuer.gui.pages.engagement import EngagementPage

    return EngagementPage(tools, parent)


def _report(tools: CaseTools, parent: QWidget) -> QWidget:
    from valuer.gui.pages.report import ReportPage

    return ReportPage(tools, parent)


def _history(tools: CaseTools, parent: QWidget) -> QWidget:
    from valuer.gui.pages.history import HistoryPage

    return HistoryPage(tools, parent)


CASE_PAGES = (
    CasePage("facts", N_("Facts"), _facts),
    CasePage("patents", N_("Patents"), _patents),
    CasePage("forecast", N_("Forecast"), _forecast),
    CasePage("methods", N_("Methods"), _methods),
    CasePage("simulation", N_("Simulation"), _simulation, explains=False),
    CasePage("conclusion", N_("Conclusion"), _conclusion),
    CasePage("evidence", N_("Evidence on file"), _evidence),
    CasePage("engagement", N_("Engagement"), _engagement),
    CasePage("report", N_("Report"), _report, explains=False),
    CasePage("history", N_("History"), _history),
)
