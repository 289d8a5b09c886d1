"""The words of the command line; others call it, so they stay as they are."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from valuer import __version__
from valuer.cli import commands
from valuer.cli.answers import Exit
from valuer.cli.disclosing_words import disclose_words
from valuer.cli.docket_words import docket_words
from valuer.cli.house_words import template_words
from valuer.cli.quality_words import quality_words, report_words
from valuer.cli.signing_words import sign_words, timestamp_words
from valuer.core.engagement import EvidenceKind
from valuer.core.sampling import Coupling, Sequence
from valuer.core.texts import LANGUAGES, N_, tr

Command = Callable[[argparse.Namespace, str], Exit]


def build_parser(tongue: str) -> argparse.ArgumentParser:
    """Return the parser; its help is in ``tongue``, its words in none."""
    parser = argparse.ArgumentParser(
        "valuer",
        description=tr(N_("Patent valuation and signed appraisal reports."), tongue),
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    tools = _Tools(commands, tongue)
    _library(tools)
    _backups(tools)
    _cases(tools)
    _evidence(tools)
    template_words(tools.group("house", N_("Tell how the house's reports look.")))
    _record(tools)
    _methods(tools)
    docket_words(tools.group("docket", N_("Keep the agency's own cases.")).add)
    _credit(tools)
    _quality(tools)
    _check(tools)
    _reports(tools)
    _whole(tools)
    return parser


class _Tools:
    """Adds one command with its help."""

    def __init__(
        self, commands: argparse._SubParsersAction[argparse.ArgumentParser], tongue: str
    ) -> None:
        self._commands = commands
        self._tongue = tongue

    def add(
        self, name: str, text: str, run: Command, *, json: bool = True
    ) -> argparse.ArgumentParser:
        """Return the parser of a new command."""
        help_text = tr(text, self._tongue)
        parser = self._commands.add_parser(
            name, help=help_text, description=help_text, allow_abbrev=False
        )
        parser.set_defaults(run=run)
        if json:
            parser.add_argument("--json", action="store_true")
        return parser

    def group(self, name: str, text: str) -> _Tools:
        """Return the tools of a command that has commands of its own."""
        parser = self._commands.add_parser(name, help=tr(text, self._tongue))
        inner = parser.add_subparsers(metavar="COMMAND", required=True)
        return _Tools(inner, self._tongue)


def _library(tools: _Tools) -> None:
    add = tools.add(
        "import", N_("Take patent lists or a forecast in."), commands.import_files
    )
    add.add_argument("files", nargs="*", type=Path, metavar="FILE")
    add.add_argument("--library", type=Path, required=True, metavar="L")
    add.add_argument("--dry-run", action="store_true")
    add.add_argument("--take-back", metavar="BATCH")
    add.add_argument("--case", metavar="CASE")
    listed = tools.add(
        "patents", N_("List the patents of a library."), commands.list_patents
    )
    listed.add_argument("--library", type=Path, required=True, metavar="L")
    listed.add_argument("--search", default="", metavar="WORDS")


def _backups(tools: _Tools) -> None:
    group = tools.group("backup", N_("List, make and restore backups of a library."))
    listed = group.add("list", N_("List the backups."), commands.list_backups)
    make = group.add("make", N_("Make a backup."), commands.make_backup)
    restore = group.add(
        "restore",
        N_("Put a backup in the library's place; what it replaces is kept."),
        commands.restore_backup,
    )
    restore.add_argument("backup", metavar="BACKUP")
    for parser in (listed, make, restore):
        parser.add_argument("--library", type=Path, required=True, metavar="L")


def _cases(tools: _Tools) -> None:
    group = tools.group("case", N_("Make, change, show and value cases."))
    new = group.add("new", N_("Make a case."), commands.new_case)
    new.add_argument("--from", dest="source", metavar="CASE.json")
    change = group.add(
        "set", N_("Change a case by a JSON merge patch."), commands.change_case
    )
    change.add_argument("case", metavar="CASE")
    change.add_argument("patch", metavar="PATCH.json")
    show = group.add("show", N_("Print a case as canonical JSON."), commands.show_case)
    show.add_argument("case", metavar="CASE")
    show.add_argument("--revision", type=int, metavar="R")
    value = group.add("run", N_("Value a case."), commands.value_case)
    value.add_argument("case", metavar="CASE")
    listed = group.add("list", N_("List the cases of a library."), commands.list_cases)
    diff = group.add(
        "diff", N_("Tell what differs between two revisions."), commands.case_diff
    )
    diff.add_argument("case", metavar="CASE")
    diff.add_argument("--from", dest="first", type=int, metavar="R1")
    diff.add_argument("--to", dest="last", type=int, metavar="R2")
    for parser in (new, change, show, value, listed, diff):
        parser.add_argument("--library", type=Path, required=True, metavar="L")
    _bin(group)
    group.add("schema", N_("Print the JSON Schema of a case."), commands.case_schema)


def _bin(group: _Tools) -> None:
    restore = group.add(
        "restore",
        N_("Bring the value of an earlier revision back."),
        commands.restore_revision,
    )
    restore.add_argument("--revision", type=int, required=True, metavar="R")
    delete = group.add("delete", N_("Put a case into the bin."), commands.delete_case)
    back = group.add(
        "take-out", N_("Take a case out of the bin."), commands.take_case_out
    )
    for parser in (restore, delete, back):
        parser.add_argument("case", metavar="CASE")
    listed = group.add("bin", N_("List the cases in the bin."), commands.list_bin)
    for parser in (restore, delete, back, listed):
        parser.add_argument("--library", type=Path, required=True, metavar="L")


def _evidence(tools: _Tools) -> None:
    group = tools.group("evidence", N_("Take documents up, and check those taken up."))
    add = group.add(
        "add", N_("Take documents up as evidence of a case."), commands.add_evidence
    )
    listed = group.add(
        "list", N_("List the evidence of a case."), commands.list_evidence
    )
    check = group.add(
        "check",
        N_("See that the documents of a case are there and as they were."),
        commands.check_evidence,
    )
    for parser in (add, listed, check):
        parser.add_argument("case", metavar="CASE")
    add.add_argument("files", nargs="+", type=Path, metavar="FILE")
    add.add_argument("--kind", choices=list(map(str, EvidenceKind)), default="other")
    for name, shown in (("about", "PLACE"), ("source", "TEXT"), ("note", "TEXT")):
        add.add_argument(f"--{name}", default="", metavar=shown)
    add.add_argument("--obtained", default="", metavar="2026-09-30")
    show = group.add("show", N_("Tell of a document."), commands.show_evidence)
    out = group.add("out", N_("Write a copy of a document."), commands.show_evidence)
    unused = group.add(
        "unused",
        N_("List the documents that no case rests on any more."),
        commands.unused_evidence,
    )
    remove = group.add(
        "remove",
        N_("Remove a document from the library that no case rests on any more."),
        commands.remove_evidence,
    )
    for parser in (show, out):
        parser.add_argument("--out", type=Path, required=parser is out, metavar="FILE")
        parser.add_argument("--force", action="store_true")
    for parser in (show, out, remove):
        parser.add_argument("digest", metavar="SHA256")
    for parser in (add, listed, check, show, out, unused, remove):
        parser.add_argument("--library", type=Path, required=True, metavar="L")


def _record(tools: _Tools) -> None:
    undo = tools.add(
        "undo", N_("Undo the last step of the library or a case."), commands.undo
    )
    redo = tools.add("redo", N_("Do the step undone last again."), commands.redo)
    history = tools.add(
        "history",
        N_("Print and check the record of the library or a case."),
        commands.show_history,
    )
    for parser in (undo, redo, history):
        parser.add_argument("--library", type=Path, required=True, metavar="L")
        parser.add_argument("--case", metavar="CASE")


def _methods(tools: _Tools) -> None:
    tools.add("methods", N_("List the valuation methods."), commands.list_methods)
    value = tools.add(
        "value", N_("Run one method on parameters."), commands.value_method
    )
    value.add_argument("method", metavar="METHOD")
    value.add_argument("params", metavar="PARAMS.json")
    value.add_argument("--simulate", type=int, metavar="N")
    value.add_argument("--seed", type=int, default=0, metavar="S")
    value.add_argument("--formula", type=int, default=0, metavar="VERSION")
    sequences, couplings = list(map(str, Sequence)), list(map(str, Coupling))
    value.add_argument("--sequence", choices=sequences, default=sequences[0])
    value.add_argument("--correlate", action="append", metavar="A=B:R|FILE")
    value.add_argument("--coupling", choices=couplings, default=couplings[0])
    value.add_argument("--two-way", metavar="X[=V;V],Y[=V;V]")
    value.add_argument("--break-even", action="append", metavar="INPUT=TARGET")
    value.add_argument("--scenarios", metavar="FILE")
    sheets = tools.add(
        "sheets", N_("List score sheets and the rows they give."), commands.list_sheets
    )
    sheets.add_argument("sheet", nargs="?", metavar="SHEET")
    sheets.add_argument("--file", type=Path, metavar="SHEET.json")
    sheets.add_argument("--preset", default="", metavar="WEIGHTS")
    sheets.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0])

    guide = tools.add(
        "guide", N_("Show the guide page of a method."), commands.show_guide
    )
    pages = guide.add_mutually_exclusive_group(required=True)
    pages.add_argument("method", nargs="?", metavar="METHOD")
    pages.add_argument("--out", type=Path, metavar="DIR")
    _rates(tools)


def _rates(tools: _Tools) -> None:
    add = tools.add(
        "rates", N_("List tables of rates, or take newer ones in."), commands.list_rates
    )
    add.add_argument("--import", dest="file", type=Path, metavar="FILE")
    add.add_argument("--library", type=Path, metavar="L")
    for name, shown in (
        ("country", "CN"),
        ("currency", "CNY"),
        ("date", "2026-09-30"),
        ("source", "SOURCE"),
        ("name", "NAME"),
    ):
        add.add_argument(f"--{name}", default="", metavar=shown)


def _credit(tools: _Tools) -> None:
    add = tools.add(
        "credit",
        N_("Tell the credit score of an agency or an agent, and how it goes on."),
        commands.show_credit,
    )
    add.add_argument("--library", type=Path, metavar="L")
    add.add_argument("--as-of", required=True, metavar="2026-09-30")
    add.add_argument("--pack", metavar="PACK")
    add.add_argument("--events", metavar="EVENTS.json")
    add.add_argument("--subject", metavar="agency:ID|agent:ID")


def _quality(tools: _Tools) -> None:
    add = tools.add(
        "quality",
        N_("Tell the filing quality of a docket, as figures, workbook or report."),
        commands.show_quality,
    )
    quality_words(add)


def _check(tools: _Tools) -> None:
    check = tools.add(
        "check",
        N_("Tell what stands between a case and its report, or answer a warning."),
        commands.check_case,
    )
    check.add_argument("case", metavar="CASE")
    check.add_argument("--library", type=Path, required=True, metavar="L")
    check.add_argument("--kind", default="", metavar="K")
    check.add_argument("--answer", nargs=3, metavar=("CHECK", "WHERE", "TEXT"))


def _reports(tools: _Tools) -> None:
    report = tools.add(
        "report",
        N_("Print the report of a case, or of the docket's quality."),
        commands.print_report,
    )
    report.add_argument("case", nargs="?", metavar="CASE")
    report.add_argument("--library", type=Path, required=True, metavar="L")
    report.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0])
    report.add_argument("--kind", default="", metavar="K")
    report_words(report)
    sign = tools.add("sign", N_("Sign a report."), commands.sign_report)
    sign_words(sign)
    stamp = tools.add(
        "timestamp", N_("Timestamp a signed report."), commands.timestamp_report
    )
    timestamp_words(stamp)
    for parser in (report, sign, stamp):
        parser.add_argument("--out", type=Path, required=True, metavar="OUT.pdf")
        parser.add_argument("--force", action="store_true")
    disclose = tools.add(
        "disclose",
        N_(
            "Give the whole case to named recipients, encrypted, or open what was given."
        ),
        commands.disclose,
    )
    disclose_words(disclose)
    check = tools.add("verify", N_("Verify signed reports."), commands.verify_reports)
    check.add_argument("files", nargs="+", type=Path, metavar="FILE")
    check.add_argument(
        "--trust", nargs="+", action="extend", type=Path, default=[], metavar="CA.pem"
    )
    check.add_argument(
        "--crl", nargs="+", action="extend", type=Path, default=[], metavar="LIST.crl"
    )
    check.add_argument("--recompute", action="store_true")


def _whole(tools: _Tools) -> None:
    show = tools.add(
        "demo", N_("Run the whole path on sample data."), commands.run_demo
    )
    show.add_argument("--out", type=Path, metavar="DIR")
    show.add_argument("--force", action="store_true")
    show.add_argument("--no-window", action="store_true")
    tools.add("self-test", N_("Run every built-in check."), commands.run_self_test)
