"""Formulas of a working, read as people read them and evaluated on the numbers shown.

Whatever a method prints as ``P = N × d`` must give the numbers printed under ``P`` from
those under ``N`` and ``d``. Named functions stand in ``FUNCTIONS``: each is reckoned here
by other means than in the program.
"""

from __future__ import annotations

import copy
import math
import operator
import random
import re
import statistics
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate
from typing import Any

import pytest
from scipy.stats import multivariate_normal, norm

from valuer.core.entries import params_or_refuse
from valuer.core.examples import example_files, read_example
from valuer.core.method import Result
from valuer.core.params import parameters
from valuer.methods import METHODS

Numbers = float | list[float]

TOKEN = re.compile(r"\s*([ΣΠ](?:ₜ₋₁|ₜ)?|\d+(?:\.\d+)?|[^\W\d_][\w′″]*|[-+−×/^();])")
PLUS: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "−": operator.sub,
    "-": operator.sub,
}
TIMES: dict[str, Callable[[float, float], float]] = {
    "×": operator.mul,
    "/": operator.truediv,
}


def rounded(number: float, digits: float) -> float:
    unit = Decimal(1).scaleb(-int(digits))
    return float(Decimal(repr(number)).quantize(unit, ROUND_HALF_UP))


def both_below(x: float, y: float, rho: float) -> float:
    return float(multivariate_normal.cdf([x, y], cov=[[1, rho], [rho, 1]]))


FUNCTIONS: dict[str, Callable[..., float]] = {
    "exp": math.exp,
    "ln": math.log,
    "sqrt": math.sqrt,
    "max": max,
    "min": min,
    "round": rounded,
    "Φ": lambda x: float(norm.cdf(x)),
    "Φ₂": both_below,
}
"""Functions of one place each, with arguments between semicolons."""


def sum_if(criteria: list[float], wanted: Numbers, terms: Numbers) -> Numbers:
    """SUMIF of spreadsheets: of the terms, those whose criterion is the one wanted."""
    if not isinstance(wanted, list):
        pairs = zip(criteria, terms, strict=True)  # type: ignore[arg-type]
        return math.fsum(term for one, term in pairs if one == wanted)
    return [sum_if(criteria, one, terms) for one in wanted]  # type: ignore[misc]


def quartile(numbers: list[float], which: float) -> float:
    """QUARTILE.INC of spreadsheets, as statistics.quantiles reckons it."""
    if len(numbers) == 1:
        return numbers[0]
    inner = statistics.quantiles(numbers, n=4, method="inclusive")
    return [min(numbers), *inner, max(numbers)][int(which)]


WHOLE: dict[str, Callable[..., Numbers]] = {
    "sumif": sum_if,
    "quartile": quartile,
    "filter": lambda terms, kept: [
        one for one, keep in zip(terms, kept, strict=True) if keep
    ],
}
"""Functions of whole columns, named and ordered as in spreadsheets."""

OVER: dict[str, Callable[[list[float]], Numbers]] = {
    "Σ": math.fsum,
    "Π": math.prod,
    "Σₜ": lambda terms: list(accumulate(terms)),
    "Πₜ": lambda terms: list(accumulate(terms, operator.mul)),
    "Σₜ₋₁": lambda terms: [math.fsum(terms[:place]) for place in range(len(terms))],
    "Πₜ₋₁": lambda terms: [math.prod(terms[:place]) for place in range(len(terms))],
}
"""Sum and product of all places, of those up to each place, of those before it."""

PLACE = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


class Evaluator:
    """Evaluates + − × / ^ Σ Π, functions, numbers and symbols; nothing else."""

    def __init__(self, formula: str, symbols: dict[str, Numbers]) -> None:
        self.tokens = tokens(formula)
        self.symbols = symbols

    def value(self) -> Numbers:
        found = self.sum()
        if self.tokens:
            raise ValueError(f"left over: {self.tokens}")
        return found

    def sum(self) -> Numbers:
        found = self.product()
        while self.next_is(PLUS):
            found = each(PLUS[self.tokens.pop(0)], found, self.product())
        return found

    def product(self) -> Numbers:
        found = self.signed()
        while self.next_is(TIMES):
            found = each(TIMES[self.tokens.pop(0)], found, self.signed())
        return found

    def signed(self) -> Numbers:
        if self.next_is("−-"):
            self.tokens.pop(0)
            return each(operator.mul, -1.0, self.signed())
        if self.next_is(OVER):
            over = OVER[self.tokens.pop(0)]
            terms = self.product()
            return over(terms if isinstance(terms, list) else [terms])
        return self.power()

    def power(self) -> Numbers:
        found = self.atom()
        if self.next_is("^"):
            self.tokens.pop(0)
            return each(operator.pow, found, self.signed())
        return found

    def atom(self) -> Numbers:
        head = self.tokens.pop(0)
        if head == "(":
            found = self.sum()
            if self.tokens.pop(0) != ")":
                raise ValueError("a parenthesis is not closed")
            return found
        if head in WHOLE and self.next_is("("):
            return WHOLE[head](*self.arguments())
        if head in FUNCTIONS and self.next_is("("):
            return self.call(FUNCTIONS[head])
        return float(head) if head[0].isdigit() else self.symbol(head)

    def symbol(self, name: str) -> Numbers:
        """Return the numbers of a symbol; ``P₂`` may be the second place of ``P``."""
        stem = name.rstrip("₀₁₂₃₄₅₆₇₈₉")
        whole = self.symbols.get(stem) if name not in self.symbols else None
        if isinstance(whole, list):
            return whole[int(name[len(stem) :].translate(PLACE)) - 1]
        return self.symbols[name]

    def arguments(self) -> list[Numbers]:
        self.tokens.pop(0)
        found = [self.sum()]
        while self.next_is(";"):
            self.tokens.pop(0)
            found.append(self.sum())
        if self.tokens.pop(0) != ")":
            raise ValueError("a parenthesis is not closed")
        return found

    def call(self, function: Callable[..., float]) -> Numbers:
        found = self.arguments()
        counts = [len(one) for one in found if isinstance(one, list)]
        if not counts:
            return function(*found)
        columns = [one if isinstance(one, list) else [one] * counts[0] for one in found]
        return [function(*one) for one in zip(*columns, strict=True)]

    def next_is(self, known: Any) -> bool:
        return bool(self.tokens) and self.tokens[0] in known


def tokens(formula: str) -> list[str]:
    found, place = [], 0
    while place < len(formula.rstrip()):
        match = TOKEN.match(formula, place)
        if match is None:
            raise ValueError(f"not understood: {formula[place:]}")
        found.append(match[1])
        place = match.end()
    return found


def each(
    operation: Callable[[float, float], float], one: Numbers, other: Numbers
) -> Numbers:
    """Apply an operation period by period; a single number serves every period."""
    if not isinstance(one, list) and not isinstance(other, list):
        return operation(one, other)
    count = len(one) if isinstance(one, list) else len(other)  # type: ignore[arg-type]
    ones = one if isinstance(one, list) else [one] * count
    others = other if isinstance(other, list) else [other] * count
    return [operation(a, b) for a, b in zip(ones, others, strict=True)]


@pytest.fixture(scope="session")
def evaluate() -> Callable[[str, dict[str, Numbers]], Numbers]:
    """What a formula gives on the numbers of its symbols."""
    return lambda formula, symbols: Evaluator(formula, symbols).value()


@pytest.fixture(scope="session")
def formulas_hold() -> Callable[..., Result]:
    """See that every formula of a working gives the numbers shown, each symbol once."""

    def look(key: str, given: dict[str, Any], rel: float = 1e-12) -> Result:
        method = METHODS.find(key)
        params, _ = params_or_refuse(method.params, given)
        result = method.run(params)
        shown: dict[str, Numbers] = {}
        symbol = ""
        for step in (step.plain() for step in result.working):
            symbol, formula = step["symbol"], step["formula"]
            assert symbol not in shown, f"{symbol} stands for two steps"
            if formula:
                head, _, right = formula.partition(" = ")
                assert head == symbol
                again = Evaluator(right, shown).value()
                assert again == pytest.approx(step["values"], rel=rel), formula
            shown[symbol] = step["values"]
        assert shown[symbol] == result.value
        return result

    return look


def moved(given: Any, most: float | None, by: random.Random) -> Any:
    """A figure, or a list of them, moved up to a fifth up or down within its range."""
    if isinstance(given, list):
        return [moved(one, most, by) for one in given]
    number = float(given) * by.uniform(0.8, 1.2)
    return number if most is None else min(number, most)


@pytest.fixture(scope="session")
def agree() -> Callable[..., None]:
    """See that a method and a reckoning of one's own agree on a truth moved at random.

    ``names`` are the parameters that move, a column as ``items.amount``; ``mend`` makes
    what was moved fit again; ``reckon`` turns parameters into the figures wanted, by
    the name of the output, or ``value``.
    """

    def look(
        truth: str,
        names: str,
        reckon: Callable[[dict[str, Any]], dict[str, Any]],
        mend: Callable[[dict[str, Any]], None] = lambda given: None,
        times: int = 50,
        rel: float = 1e-9,
    ) -> None:
        (path,) = (one for one in example_files() if one.stem == truth)
        run = read_example(path).run
        method = METHODS.find(run["method"])
        known = {one.name: one for one in parameters(method.params)}
        by = random.Random(truth)
        for _ in range(times):
            given = copy.deepcopy(run["params"])
            for table, _, column in (name.partition(".") for name in names.split()):
                most, rows, name = known[table].high, [given], table
                if column:
                    (most,) = (c.high for c in known[table].columns if c.name == column)
                    rows, name = [row for row in given[table] if column in row], column
                for row in rows:
                    row[name] = moved(row[name], most, by)
            mend(given)
            result = method.run(params_or_refuse(method.params, given)[0])
            found = {"value": result.value, **result.outputs}
            for name, wanted in reckon(given).items():
                assert found[name] == pytest.approx(wanted, rel=rel), (name, given)

    return look
