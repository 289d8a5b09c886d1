"""The commands, each imported when it is called.

SQLAlchemy, numpy and pyHanko take up to a second each; ``valuer verify`` needs no
database and ``valuer patents`` no PDF. The imports stand in plain sight, so that a
frozen program holds every module.
"""

from __future__ import annotations

import argparse

from valuer.cli.answers import Exit


def import_files(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Import lists, import a forecast into a case, or take a batch back."""
    from valuer.cli import importing

    return importing.run(arguments, tongue)


def list_patents(arguments: argparse.Namespace, tongue: str) -> Exit:
    """List the patents of a library."""
    from valuer.cli import importing

    return importing.listed(arguments, tongue)


def new_case(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Make a case."""
    from valuer.cli import cases

    return cases.new(arguments, tongue)


def change_case(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Change a case."""
    from valuer.cli import cases

    return cases.change(arguments, tongue)


def show_case(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Print a case."""
    from valuer.cli import cases

    return cases.show(arguments, tongue)


def value_case(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Value a case."""
    from valuer.cli import cases

    return cases.value(arguments, tongue)


def list_cases(arguments: argparse.Namespace, tongue: str) -> Exit:
    """List the cases of a library."""
    from valuer.cli import cases

    return cases.listed(arguments, tongue)


def case_diff(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Tell what differs between two revisions of a case."""
    from valuer.cli import differences

    return differences.diff(arguments, tongue)


def case_schema(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Print the JSON Schema of a case."""
    from valuer.cli import cases

    return cases.schema(arguments, tongue)


def add_evidence(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Add evidence to a case."""
    from valuer.cli import evidence

    return evidence.add(arguments, tongue)


def list_evidence(arguments: argparse.Namespace, tongue: str) -> Exit:
    """List the evidence of a case."""
    from valuer.cli import evidence

    return evidence.listed(arguments, tongue)


def show_evidence(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Tell of a document, or write a copy of it."""
    from valuer.cli import evidence

    return evidence.shown(arguments, tongue)


def check_evidence(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Check the evidence of a case."""
    from valuer.cli import evidence

    return evidence.checked(arguments, tongue)


def unused_evidence(arguments: argparse.Namespace, tongue: str) -> Exit:
    """List the documents that no case rests on."""
    from valuer.cli import evidence

    return evidence.unused(arguments, tongue)


def remove_evidence(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Remove a document that no case rests on."""
    from valuer.cli import evidence

    return evidence.removed(arguments, tongue)


def list_backups(arguments: argparse.Namespace, tongue: str) -> Exit:
    """List the backups of a library."""
    from valuer.cli import backups

    return backups.listed(arguments, tongue)


def make_backup(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Make a backup of a library."""
    from valuer.cli import backups

    return backups.make(arguments, tongue)


def restore_backup(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Put a backup in the place of its library."""
    from valuer.cli import backups

    return backups.restored(arguments, tongue)


def undo(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Undo the last step of a case or of the library."""
    from valuer.cli import record

    return record.undone(arguments, tongue)


def redo(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Do the step undone last again."""
    from valuer.cli import record

    return record.redone(arguments, tongue)


def show_history(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Print and check the record of a case or of the library."""
    from valuer.cli import record

    return record.history(arguments, tongue)


def restore_revision(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Bring the value of a revision back."""
    from valuer.cli import record

    return record.restored(arguments, tongue)


def delete_case(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Put a case into the bin."""
    from valuer.cli import record

    return record.deleted(arguments, tongue)


def list_bin(arguments: argparse.Namespace, tongue: str) -> Exit:
    """List the cases in the bin."""
    from valuer.cli import record

    return record.binned(arguments, tongue)


def take_case_out(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Take a case out of the bin."""
    from valuer.cli import record

    return record.taken_out(arguments, tongue)


def list_methods(arguments: argparse.Namespace, tongue: str) -> Exit:
    """List the methods."""
    from valuer.cli import methods

    return methods.methods(arguments, tongue)


def value_method(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Run one method on parameters."""
    from valuer.cli import methods

    return methods.value(arguments, tongue)


def list_sheets(arguments: argparse.Namespace, tongue: str) -> Exit:
    """List the score sheets, or one with its rows."""
    from valuer.cli import sheets

    return sheets.run(arguments, tongue)


def show_guide(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Print a guide page, or write all."""
    from valuer.cli import guides

    return guides.run(arguments, tongue)


def list_rates(arguments: argparse.Namespace, tongue: str) -> Exit:
    """List the tables of rates, or take newer ones in."""
    from valuer.cli import rates

    return rates.run(arguments, tongue)


def show_credit(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Print the credit score of an agency or an agent."""
    from valuer.cli import credit

    return credit.run(arguments, tongue)


def show_quality(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Print the filing quality of a docket."""
    from valuer.cli import quality

    return quality.run(arguments, tongue)


def check_case(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Check a case before its report is signed."""
    from valuer.cli import checking

    return checking.run(arguments, tongue)


def print_report(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Print the report of a case."""
    from valuer.cli import reports

    return reports.report(arguments, tongue)


def sign_report(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Sign a report."""
    from valuer.cli import signing

    return signing.sign_report(arguments, tongue)


def timestamp_report(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Timestamp a signed report."""
    from valuer.cli import signing

    return signing.timestamp_report(arguments, tongue)


def verify_reports(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Verify reports."""
    from valuer.cli import verifying

    return verifying.verify_reports(arguments, tongue)


def import_template(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Take the template of a house up."""
    from valuer.cli import houses

    return houses.imported(arguments, tongue)


def show_template(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Show the template of the house."""
    from valuer.cli import houses

    return houses.shown(arguments, tongue)


def use_template(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Give a case the template of the house."""
    from valuer.cli import houses

    return houses.used(arguments, tongue)


def remove_template(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Remove the template of the house."""
    from valuer.cli import houses

    return houses.removed(arguments, tongue)


def disclose(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Disclose a case to recipients, or open what was disclosed."""
    from valuer.cli import disclosing

    return disclosing.disclose(arguments, tongue)


def run_demo(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Walk the whole path on sample data."""
    from valuer.cli import demo

    return demo.run(arguments, tongue)


def run_self_test(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Run every built-in check."""
    from valuer.cli import selftest

    return selftest.run(arguments, tongue)
