"""What ``valuer value`` is asked besides the value, and how it is told."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from valuer.cli.answers import print_text, progress_on_stderr
from valuer.core.break_even import BreakEven, break_even
from valuer.core.canonical import from_plain, parse_json
from valuer.core.files import read_whole
from valuer.core.levers import Lever
from valuer.core.method import Method
from valuer.core.problems import UserError
from valuer.core.sampling import Coupling, RankCorrelation, Sampling, Sequence
from valuer.core.scenario_sets import ScenarioSet, read_scenarios, value_scenarios
from valuer.core.simulation import Simulation
from valuer.core.texts import N_, message, say, tr
from valuer.core.two_way import TwoWay, two_way

_LARGEST = 4 * 1024 * 1024


def sampling_asked(arguments: argparse.Namespace) -> Sampling:
    """Return how the simulation is to draw.

    Raises:
        UserError: a correlation cannot be read.
    """
    correlations = tuple(
        one for text in arguments.correlate or () for one in _correlations(text)
    )
    sequence, coupling = Sequence(arguments.sequence), Coupling(arguments.coupling)
    return Sampling(sequence, correlations, coupling)


class Analyses:
    """The analyses that a command line asks for, made of one method's parameters."""

    def __init__(
        self, arguments: argparse.Namespace, method: Method, params: Any
    ) -> None:
        """Make them.

        Raises:
            UserError: one cannot be read, or cannot be made.
        """
        progress = progress_on_stderr()
        self.two_way: TwoWay | None = None
        self.break_even: tuple[BreakEven, ...] = ()
        self.scenarios: ScenarioSet | None = None
        if arguments.two_way:
            (columns, across), (rows, down) = _two_inputs(arguments.two_way)
            self.two_way = two_way(
                method, params, columns, rows, across, down, progress
            )
        asked = [_target(text) for text in arguments.break_even or ()]
        self.break_even = tuple(
            break_even(method, params, name, target, progress) for name, target in asked
        )
        if arguments.scenarios:
            found = read_scenarios(_read(Path(arguments.scenarios)))
            self.scenarios = value_scenarios(method, params, found, progress)

    def plain(self) -> dict[str, Any]:
        """Return what was asked for as JSON, nothing else."""
        told: dict[str, Any] = {}
        if self.two_way is not None:
            told["two_way"] = self.two_way.plain()
        if self.break_even:
            told["break_even"] = [one.plain() for one in self.break_even]
        if self.scenarios is not None:
            told["scenarios"] = self.scenarios.plain()
        return told

    def tell(self, tongue: str) -> None:
        """Print what was asked for in words."""
        if self.two_way is not None:
            _tell_table(self.two_way, tongue)
        for one in self.break_even:
            print_text(say(_broken_even(one), tongue))
        if self.scenarios is not None:
            _tell_scenarios(self.scenarios, tongue)


def tell_sampling(simulation: Simulation, tongue: str) -> None:
    """Print what became of the correlations."""
    for one in simulation.correlations:
        text = N_("Rank correlation {a}, {b}: {used} aimed at, {achieved} achieved")
        if one.is_changed:
            text = N_(
                "Rank correlation {a}, {b}: {asked} asked for, {used} aimed at because"
                " the wishes contradict each other, {achieved} achieved"
            )
        asked = f"{one.asked or 0.0:.4f}"
        used, achieved = f"{one.used:.4f}", f"{one.achieved:.4f}"
        print_text(
            tr(
                text,
                tongue,
                a=one.a,
                b=one.b,
                asked=asked,
                used=used,
                achieved=achieved,
            )
        )


def _correlations(text: str) -> list[RankCorrelation]:
    """Return what ``a=b:0.5`` or a file of ``[{"a", "b", "spearman"}, …]`` states."""
    pair, colon, number = text.rpartition(":")
    a, sign, b = pair.partition("=")
    if colon and sign:
        return [RankCorrelation(a.strip(), b.strip(), _number(number))]
    return from_plain(_read(Path(text)), list[RankCorrelation])


def _two_inputs(text: str) -> list[tuple[str, tuple[float, ...] | None]]:
    """Return what ``x,y`` or ``x=0.1;0.2,y`` asks for."""
    found: list[tuple[str, tuple[float, ...] | None]] = []
    for part in text.split(","):
        name, sign, listed = part.partition("=")
        steps = tuple(_number(one) for one in listed.split(";")) if sign else None
        found.append((name.strip(), steps))
    if len(found) != 2:
        raise UserError(
            N_("“{given}” is no pair of inputs such as royalty_rate,discount_rate."),
            given=text[:80],
        )
    return found


def _target(text: str) -> tuple[str, float]:
    name, sign, number = text.rpartition("=")
    if not sign:
        raise UserError(
            N_("“{given}” is no input with its target, such as royalty_rate=100."),
            given=text[:80],
        )
    return name.strip(), _number(number)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise UserError(N_("“{given}” is no number."), given=text[:40]) from None


def _read(path: Path) -> Any:
    return parse_json(read_whole(path, _LARGEST), path.name)


def _broken_even(one: BreakEven) -> Any:
    values = {"label": one.input.label, "target": f"{one.target:,.10g}"}
    if one.positions:
        text = N_("{label}: the value is {target} at {positions}")
        if one.input.is_factor:
            text = N_("{label}: the value is {target} at {positions} times its figures")
        shown = "; ".join(f"{position:.10g}" for position in one.positions)
        return message(text, **values, positions=shown)
    text = N_(
        "{label}: the value is nowhere {target}; it lies between {least} and {greatest}"
    )
    least, greatest = f"{one.least:,.10g}", f"{one.greatest:,.10g}"
    return message(text, **values, least=least, greatest=greatest)


def _tell_table(found: TwoWay, tongue: str) -> None:
    text = N_("Value by {rows} (down) and {columns} (across)")
    rows, columns = _head(found.rows, tongue), _head(found.columns, tongue)
    print_text(tr(text, tongue, rows=rows, columns=columns))
    print_text("\t".join(["", *(f"{step:.6g}" for step in found.across)]))
    for step, row in zip(found.down, found.values, strict=True):
        cells = ("—" if value is None else f"{value:,.6g}" for value in row)
        print_text("\t".join([f"{step:.6g}", *cells]))


def _head(one: Lever, tongue: str) -> str:
    label = say(one.label, tongue)
    return tr(N_("{label}, factor"), tongue, label=label) if one.is_factor else label


def _tell_scenarios(found: ScenarioSet, tongue: str) -> None:
    for one in found.scenarios:
        print_text(f"{one.name}\t{one.weight:.6g}\t{one.value:,.10g}")
    print_text(f"{tr(N_('Weighted mean'), tongue)}\t{found.mean:,.10g}")
    deviation = tr(N_("Weighted standard deviation"), tongue)
    print_text(f"{deviation}\t{found.sd:,.10g}")
