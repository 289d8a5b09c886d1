"""What differs between the runs of two cases: methods, inputs, weights and reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from valuer.core.case import Case, Run
from valuer.core.case_names import RUN_NAMES, Part
from valuer.core.engagement_names import ASKED_NAMES
from valuer.core.grounds import InputGround
from valuer.core.params import Kind, Parameter, parameters
from valuer.core.problems import UserError
from valuer.core.registry import Registry
from valuer.core.telling import Difference, Told, keyed, order_change, paired
from valuer.core.texts import N_, Message, message
from valuer.core.value_words import param_words, quoted, short

_FEW = 3  # figures of a list that are shown beside a single one
_PLAIN = ("version", "weight", "reason", "scenarios", "seed", "sequence", "coupling")


def run_differences(
    before: Case, after: Case, methods: Registry
) -> Iterator[Difference]:
    """Yield what differs between the runs, each named by its method."""
    names = run_names(before, methods) | run_names(after, methods)
    old, new = keyed(before.runs, _key), keyed(after.runs, _key)
    told = Told(Part.METHODS)
    for key in old:
        if key not in new:
            yield told.one(RUN_NAMES["method"], names[key[0]], None)
    for key, run in new.items():
        if key not in old:
            yield told.one(RUN_NAMES["method"], None, names[key[0]])
        elif run != old[key]:
            of_run = Told(Part.METHODS, names[key[0]])
            yield from _run(of_run, old[key], run, methods)
    moved = order_change(old, new)
    if moved is not None:
        shown = (short(", ".join(key[0] for key in keys)) for keys in moved)
        yield told.one(N_("Order of the methods"), *shown)


def run_names(case: Case, methods: Registry) -> dict[str, Message]:
    """Return what each run is called by its key: its method, told apart where twice."""
    keys = [run.method for run in case.runs]
    found = {}
    for run in case.runs:
        title = _title(run, methods)
        if keys.count(run.method) > 1:
            title = message(N_("{said} ({of})"), said=title, of=quoted(run.key))
        found[run.key] = title
    return found


def _key(run: Run) -> str:
    return run.key


def _title(run: Run, methods: Registry) -> Message:
    try:
        return message(methods.find(run.method).title)
    except UserError:  # of a newer program
        return quoted(run.method)


def _run(told: Told, old: Run, new: Run, methods: Registry) -> Iterator[Difference]:
    if old.method != new.method:
        titles = _title(old, methods), _title(new, methods)
        yield told.one(RUN_NAMES["method"], *titles)
    yield from _params(told, old, new, methods)
    for name in _PLAIN:
        yield from told.value(RUN_NAMES[name], getattr(old, name), getattr(new, name))
    label = RUN_NAMES["correlations"]
    yield from told.lines(label, old.correlations, new.correlations)
    yield from _grounds(told, old, new, methods)
    for name, label in ASKED_NAMES.items():
        yield from told.lines(label, getattr(old.asked, name), getattr(new.asked, name))


def _params(told: Told, old: Run, new: Run, methods: Registry) -> Iterator[Difference]:
    known = _parameters(old, methods) | _parameters(new, methods)
    before, after = old.params or {}, new.params or {}
    if before == after and old.params != new.params:
        stated = message(N_("none stated"))
        had, has = (None if one.params is None else stated for one in (old, new))
        yield told.one(RUN_NAMES["params"], had, has)
    names = [name for name in known if name in before or name in after]
    names += [name for name in {**before, **after} if name not in known]
    for name in names:
        one = known.get(name)
        label = message(one.label) if one else quoted(name)
        yield from _param(told, one, label, (before.get(name), after.get(name)))


def _grounds(told: Told, old: Run, new: Run, methods: Registry) -> Iterator[Difference]:
    known = _parameters(old, methods) | _parameters(new, methods)
    before, after = keyed(old.grounds, _input), keyed(new.grounds, _input)
    for key in dict.fromkeys((*before, *after)):
        name = key[0]
        label = message(known[name].label) if name in known else quoted(name)
        had, has = before.get(key, InputGround(name)), after.get(key, InputGround(name))
        ground = message(N_("Ground of “{input}”"), input=label)
        yield from told.value(ground, had.text, has.text)
        seen = message(N_("Observability of “{input}”"), input=label)
        yield from told.value(seen, had.observability, has.observability)


def _input(ground: InputGround) -> str:
    return ground.input


def _parameters(run: Run, methods: Registry) -> dict[str, Parameter]:
    try:
        method = methods.find(run.method, run.version)
    except UserError:  # of a newer program
        return {}
    return {one.name: one for one in parameters(method.params)}


def _param(
    told: Told, one: Parameter | None, label: Message, pair: tuple[Any, Any]
) -> Iterator[Difference]:
    old, new = pair
    if old == new:
        return
    if one is not None and one.measure.kind is Kind.TABLE and _are_rows(pair):
        yield from _rows(told, one, label, old or [], new or [])
    elif isinstance(old, list | tuple) and isinstance(new, list | tuple):
        yield from _series(told, one, label, old, new)
    else:
        yield from told.value(label, old, new, lambda value: _words(one, value))


def _are_rows(pair: tuple[Any, Any]) -> bool:
    return all(
        given is None
        or (
            isinstance(given, list | tuple)
            and all(isinstance(row, Mapping) for row in given)
        )
        for given in pair
    )


def _rows(
    told: Told,
    table: Parameter,
    label: Message,
    before: Sequence[Mapping[str, Any]],
    after: Sequence[Mapping[str, Any]],
) -> Iterator[Difference]:
    columns = {column.name: column for column in table.columns}
    for old, new in paired(before, after):
        given = new if new is not None else old
        rows = after if new is not None else before
        number = next(i for i, row in enumerate(rows, 1) if row is given)
        if old is None or new is None:
            text = N_("{table}, row {row}")
            place = message(text, table=label, row=number)
            words = _row_words(columns, given)
            yield told.one(place, old and words, new and words)
            continue
        for name in {**old, **new}:
            column = columns.get(name)
            text = N_("{table}, row {row}, “{column}”")
            called = message(column.label) if column else quoted(name)
            place = message(text, table=label, row=number, column=called)
            yield from _param(told, column, place, (old.get(name), new.get(name)))


def _row_words(columns: Mapping[str, Parameter], row: Mapping[str, Any]) -> Message:
    """Return a row by its first words, else by all it holds."""
    named = [
        value
        for name, value in row.items()
        if name in columns and columns[name].measure.kind is Kind.TEXT and value
    ]
    if named:
        return short(named[0])
    return short(", ".join(str(value) for value in row.values()) or "—")


def _series(
    told: Told,
    one: Parameter | None,
    label: Message,
    before: Sequence[Any],
    after: Sequence[Any],
) -> Iterator[Difference]:
    text = N_("{label}, period {period}")
    if one is not None and one.measure.across:
        text = N_("{label}, place {period}")
    for index in range(max(len(before), len(after))):
        old = before[index] if index < len(before) else None
        new = after[index] if index < len(after) else None
        place = message(text, label=label, period=index + 1)
        yield from told.value(place, old, new, lambda value: _words(one, value))


def _words(one: Parameter | None, value: Any) -> Message | None:
    if not isinstance(value, list | tuple):
        return param_words(one, value)
    if len(value) <= _FEW and not any(isinstance(item, Mapping) for item in value):
        figures = (param_words(one, item) for item in value)
        return short(" / ".join(str(figure or "—") for figure in figures))
    return message(N_("{count} figures"), count=len(value))
