"""What valuing one run of a case finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from valuer.core.analyses import NONE_MADE, Analyses
from valuer.core.case import Run
from valuer.core.method import Method, Result
from valuer.core.sensitivity import Swing
from valuer.core.simulation import Simulation


@dataclass(frozen=True, slots=True)
class Taken:
    """A figure that a run takes from another.

    Attributes:
        where: the entry it stands for, as in ``discount_rate`` or ``items[0].amount``.
        run: key of the run that found it.
        output: which of its outputs; "" for its result.
    """

    where: str
    run: str
    output: str = ""


@dataclass(frozen=True, slots=True)
class RunResult:
    """One run as valued; ``result`` is None where it could not be.

    Attributes:
        given: its parameters as JSON, those from the case and from other runs filled
            in; ``taken``: which of them come from other runs.
        work: the figures that it took, as ``core/work.py`` counts them.
        analyses: what it is asked for beside its value.
    """

    run: Run
    method: Method
    given: dict[str, Any]
    result: Result | None
    simulation: Simulation | None
    swings: tuple[Swing, ...]
    taken: tuple[Taken, ...] = ()
    work: float = 0.0
    analyses: Analyses = NONE_MADE
