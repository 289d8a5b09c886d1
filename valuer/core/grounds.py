"""Where a run's inputs come from, in the valuer's own words (参数依据).

A figure entered is worth what it rests on: what was read, found or judged, and whether
others could observe it too. Documents that support it name it as their place
(``Evidence.about``).

Source: 专利资产评估指导意见 (sources and derivation of key parameters are disclosed);
IVS 104 (2025): observable inputs come before those that are not.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from valuer.core.texts import N_


class Observability(StrEnum):
    """Whether others can observe an input: in a market, a register, a publication."""

    OBSERVABLE = "observable"
    UNOBSERVABLE = "unobservable"


OBSERVABILITY_NAMES = {
    Observability.OBSERVABLE: N_("observable"),
    Observability.UNOBSERVABLE: N_("unobservable"),
}


@dataclass(frozen=True, slots=True)
class InputGround:
    """On what one input of a run rests.

    Attributes:
        input: name of the parameter, as in ``royalty_rate``.
        text: what it was read from, or how it was found or judged.
        observability: None where nobody has said.
    """

    input: str
    text: str = ""
    observability: Observability | None = None
