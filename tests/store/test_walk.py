"""A random walk through what a user can do to a library, against a plain model.

Cases are changed, undone, restored and binned, patents imported, taken back, brought
again and deleted, the program ends and starts. After every step the library says what
the model says, its chains hold, and nothing has left the record. ``VALUER_WALKS=500``
takes as many walks; each has forty steps at most.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from valuer.core.case import Case, Conclusion, Forecast, ForecastPeriod, Run
from valuer.core.patents import Patent
from valuer.core.problems import UserError
from valuer.store.batches import bring_again, list_batches, new_batch, take_back
from valuer.store.bin import bin_case, list_binned, take_out
from valuer.store.cases import list_cases
from valuer.store.deleting import delete_patents
from valuer.store.journal import EntryKind, library_trail, note, verify_journal
from valuer.store.library import Access, open_library
from valuer.store.library_steps import library_steps, redo_step, undo_step
from valuer.store.patents import list_patents
from valuer.store.putting import put_patents
from valuer.store.reports import IssuedReport, add_report
from valuer.store.revisions import (
    load_case,
    new_case,
    save_revision,
    trail,
    verify_chain,
)
from valuer.store.steps import redo, restore_revision, steps, undo

WALKS = int(os.environ.get("VALUER_WALKS", "10"))
AT = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
MOST_CASES = 4

FORECAST = Forecast((ForecastPeriod(date(2026, 12, 31), Decimal("1234567.89")),))
PLACE = st.integers(0, 19)
VALUES = (
    Case(),
    Case(name="南京某专利作价出资", client="甲方"),
    Case(name="一", patents=(Patent(number="CN201610895413X"),)),
    Case(name="一", forecast=FORECAST),
    Case(runs=(Run("a", "m", 1, {"rate": 0.05}),)),
    Case(runs=(Run("a", "m", 1, {"rate": 0.05}),), conclusion=Conclusion("a")),
)
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["change", "undo", "redo", "undo", "restore", "stale"]), PLACE
    ),
    min_size=5,
    max_size=8,
)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["N1", "N2", "N3"]),
        st.sampled_from(["", "Screw", "Bolt", "Nut"]),
        st.sampled_from([(), ("甲大学",), ("乙公司", "丙公司")]),
    ),
    min_size=1,
    max_size=4,
)


@dataclass
class ModelCase:
    """A case as two stacks of values; ``trail`` has the value of every revision."""

    value: Case
    revision: object
    past: list = field(default_factory=list)
    future: list = field(default_factory=list)
    trail: list = field(default_factory=list)
    binned: bool = False
    issued: bool = False

    def put(self, case, revision):
        self.value, self.revision = case, revision
        self.trail.append(case)


@dataclass
class ModelBatch:
    """What a batch made of each number (None: deleted), and what lay below it."""

    made: dict
    stands: bool = True
    below: dict = field(default_factory=dict)


class Walk(RuleBasedStateMachine):
    @initialize()
    def open(self):
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "专利库.valuer"
        self.library = open_library(self.path, create=True)
        self.cases: dict[str, ModelCase] = {}
        self.layers: dict[str, list] = {}
        self.batches: dict[str, ModelBatch] = {}
        self.past: list = []
        self.future: list = []
        self.entries = 0
        self.change_the_house()  # till then there is no file
        self.make_a_case(0)
        self.work_on_a_case(0, [("change", number) for number in (1, 2, 3)])
        self.import_patents([("N1", "Screw", ()), ("N2", "Nut", ("甲大学",))])

    def teardown(self):
        if hasattr(self, "library"):
            self.library.close()
            shutil.rmtree(self.folder)

    def do(self, action, *words):
        with self.library.change() as connection:
            return action(connection, *words)

    def refused(self, action, *words):
        with pytest.raises(UserError):
            self.do(action, *words)

    @rule(value=PLACE)
    @precondition(lambda self: len(self.cases) < MOST_CASES)
    def make_a_case(self, value):
        case = VALUES[value % len(VALUES)]
        revision = self.do(new_case, case, "w", "New case", AT)
        assert revision.case_id not in self.cases
        self.cases[revision.case_id] = ModelCase(case, revision, trail=[case])

    @rule(place=PLACE, acts=ACTS)
    def work_on_a_case(self, place, acts):
        model = self.case(place)
        for act, number in acts:
            if act == "change":
                case = VALUES[number % len(VALUES)]
                words = (save_revision, case, model.revision, "w", "Change", AT)
                self.change(model, case, *words)
            elif act == "restore":
                number = 1 + number % len(model.trail)
                words = (restore_revision, model.revision, number, "w", AT)
                self.change(model, model.trail[number - 1], *words)
            elif act == "stale":
                old = replace(model.revision, chain="0")
                self.refused(save_revision, Case(name="x"), old, "w", "Change", AT)
                self.refused(undo, old, "w", AT)
            else:
                self.go_a_step(model, back=act == "undo")
            with self.library.read() as connection:
                self.compare_case(connection, model.revision.case_id, model)

    def change(self, model, case, *words):
        """Do a change that makes ``case`` the value, unless it is that already."""
        if case == model.value:
            self.do(*words)
        elif model.binned:
            self.refused(*words)
        else:
            told = self.do(*words)
            model.past.append(model.value)
            model.future.clear()
            model.put(case, told[1] if isinstance(told, tuple) else told)

    def go_a_step(self, model, *, back):
        out, into = (model.past, model.future)[:: 1 if back else -1]
        words = (undo if back else redo, model.revision, "w", AT)
        if model.binned or not out:
            self.refused(*words)
            return
        case, revision = self.do(*words)
        assert case == out[-1]
        into.append(model.value)
        model.put(out.pop(), revision)

    @rule(place=PLACE)
    def issue_a_report(self, place):
        model = self.case(place)
        name, number = model.revision.case_id, len(model.trail)
        day, sha = date(2026, 11, 22), "ab" * 32
        kind = ("appraisal_report", "zh_CN", "1号")
        line = IssuedReport(name, number, *kind, day, None, "CNY", "0.2", sha, AT)
        if model.binned:
            self.refused(add_report, line)
        elif not model.issued and number % 8 == 0:
            self.do(add_report, line)
            model.issued = True

    @rule(place=PLACE)
    @precondition(lambda self: self.entries % 3 < 2)
    def move_a_case(self, place):
        model = self.case(place)
        self.step("out" if model.binned else "bin", model.revision.case_id)

    @rule(rows=ROWS)
    def import_patents(self, rows):
        found = {n: self.present(n) for n in {number for number, _, _ in rows}}
        made = dict(found)
        for number, title, owners in rows:
            before = made[number] or ("", ())
            made[number] = (title or before[0], owners or before[1])
        listed = [Patent(number=n, title=title, owners=o) for n, title, o in rows]
        with self.library.change() as connection:
            batch = new_batch(connection, [], AT, "w")
            put_patents(connection, batch, list(enumerate(listed, 2)))
        self.apply(batch, {n: f for n, f in made.items() if f != found[n]})
        self.note("import", batch)

    @rule(places=st.lists(PLACE, min_size=1, max_size=3))
    def delete_some_patents(self, places):
        present = [number for number in sorted(self.layers) if self.present(number)]
        if not present:
            return
        numbers = {present[place % len(present)] for place in places}
        batch = self.do(delete_patents, sorted(numbers), "w", AT)
        self.apply(batch, dict.fromkeys(numbers))
        self.note("import", batch)

    @rule(place=PLACE)
    @precondition(lambda self: self.batches)
    def take_back_or_bring_again(self, place):
        name = list(self.batches)[place % len(self.batches)]
        self.step("back" if self.batches[name].stands else "again", name)

    @precondition(lambda self: self.past)
    @rule(backs=st.lists(st.booleans(), min_size=4, max_size=6))
    def go_back_and_forth_in_the_library(self, backs):
        for back in backs:
            out, into = (self.past, self.future)[:: 1 if back else -1]
            action = undo_step if back else redo_step
            kind, subject = out[-1] if out else ("", "")
            done = OPPOSITE[kind] if back else OPPOSITE[OPPOSITE[kind]]
            if not out or not self.can(done, subject):
                self.refused(action, "w", AT)
                continue
            self.do(action, "w", AT)
            self.turn(done, subject)
            into.append(out.pop())
            self.entries += 1
            with self.library.read() as connection:
                self.compare(connection)

    @rule()
    @precondition(lambda self: self.entries % 5 == 0)
    def change_the_house(self):
        self.do(note, EntryKind.HOUSE, "", "w", AT)
        self.entries += 1

    @rule()
    def end_and_start_the_program(self):
        self.library.close()
        files = [one for one in self.folder.iterdir() if one.is_file()]
        assert files == [self.path]  # one file again, nothing beside it
        self.library = open_library(self.path)
        with self.library.read() as connection:
            for name, model in self.cases.items():
                _, model.revision = load_case(connection, name)

    @rule()
    def look_from_another_window(self):
        with (
            open_library(self.path, access=Access.READ) as reader,
            reader.read() as connection,
        ):
            self.compare(connection)

    # What the model knows

    def case(self, place):
        return list(self.cases.values())[place % len(self.cases)]

    def present(self, number):
        layers = self.layers.get(number)
        return layers[-1][1] if layers else None

    def apply(self, batch, made):
        self.batches[batch] = ModelBatch(made)
        for number, facts in made.items():
            self.layers.setdefault(number, []).append((batch, facts))

    def note(self, kind, subject):
        self.past.append((kind, subject))
        self.future.clear()
        self.entries += 1

    def step(self, kind, subject):
        """Take a step of the library by name, where the model allows it."""
        actions = {
            "bin": lambda c: bin_case(c, subject, "w", AT),
            "out": lambda c: take_out(c, subject, "w", AT),
            "back": lambda c: take_back(c, subject, AT, "w"),
            "again": lambda c: bring_again(c, subject, AT, "w"),
        }
        if not self.can(kind, subject):
            self.refused(actions[kind])
            return
        self.do(actions[kind])
        self.turn(kind, subject)
        self.note(kind, subject)

    def can(self, kind, subject):
        if kind in ("bin", "out"):
            model = self.cases[subject]
            return model.binned if kind == "out" else not (model.binned or model.issued)
        batch = self.batches[subject]
        assert batch.stands is (kind == "back")
        if batch.stands:
            return all(self.layers[n][-1][0] == subject for n in batch.made)
        return all(self.layers[n] == batch.below[n] for n in batch.made)

    def turn(self, kind, subject):
        if kind in ("bin", "out"):
            self.cases[subject].binned = kind == "bin"
            return
        batch = self.batches[subject]
        batch.stands = kind == "again"
        for number, facts in batch.made.items():
            if batch.stands:
                self.layers[number].append((subject, facts))
            else:
                self.layers[number].pop()
                batch.below[number] = list(self.layers[number])

    # What always holds

    @invariant()
    def the_library_is_as_the_model_says(self):
        if hasattr(self, "library"):
            with self.library.read() as connection:
                self.compare(connection)
                ask = connection.exec_driver_sql
                assert ask("PRAGMA integrity_check").scalar() == "ok"
                assert ask("PRAGMA foreign_key_check").first() is None

    def compare(self, connection):
        lists = list_cases(connection), list_binned(connection)
        expected = [
            {name for name, model in self.cases.items() if model.binned is binned}
            for binned in (False, True)
        ]
        assert [{line.case_id for line in some} for some in lists] == expected
        for name, model in self.cases.items():
            self.compare_case(connection, name, model)
        present = {n: self.present(n) for n in self.layers if self.present(n)}
        found = {p.number: (p.title, p.owners) for p in list_patents(connection)}
        assert found == present
        stands = {b.batch: b.taken_back_at is None for b in list_batches(connection)}
        assert stands == {name: batch.stands for name, batch in self.batches.items()}
        assert verify_journal(connection) == ()
        assert len(library_trail(connection)) == self.entries
        told = library_steps(connection)
        for step, stack in ((told.undoable, self.past), (told.redoable, self.future)):
            subject = step and step.entry.subject
            assert subject == (stack[-1][1] if stack else None)

    def compare_case(self, connection, name, model):
        case, revision = load_case(connection, name)
        assert case == model.value
        assert revision == model.revision
        assert len(list(trail(connection, name))) == len(model.trail)
        assert verify_chain(connection, name) == ()
        told = steps(connection, name)
        for step, stack in ((told.undoable, model.past), (told.redoable, model.future)):
            value = step and model.trail[step.restores - 1]
            assert value == (stack[-1] if stack else None)


OPPOSITE = {
    "": "",
    "import": "back",
    "back": "again",
    "again": "back",
    "bin": "out",
    "out": "bin",
}

TestWalk = Walk.TestCase
TestWalk.settings = settings(
    max_examples=WALKS,
    stateful_step_count=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
