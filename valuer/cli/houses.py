"""``valuer house template``: the look of a house's reports, taken up and used."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Any

from valuer.cli.answers import Exit, print_json, print_text
from valuer.cli.here import author, now
from valuer.cli.opening import library_to_change, library_to_read
from valuer.core.canonical import to_plain
from valuer.core.look import WORDING_NAMES, Look
from valuer.core.problems import UserError
from valuer.core.texts import N_, tr
from valuer.store.revisions import load_case, save_revision
from valuer.store.settings import HOUSE, setting
from valuer.store.templates import put_template

USE = N_("Use the template of the house")
NONE = N_("The library has no template of a house.")


def imported(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Take a template up from a folder or a zip; new cases begin with it."""
    from valuer.reports.templates import read_template

    template = read_template(arguments.template)
    with (
        library_to_change(arguments.library, tongue, create=True) as library,
        library.change() as connection,
    ):
        put_template(connection, template.look, template.logo, author(), now())
    return _told(template.look, arguments, tongue)


def shown(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Tell the template of the library; without one the answer is no."""
    with library_to_read(arguments.library) as library, library.read() as connection:
        look = setting(connection, HOUSE).look
    return _told(look, arguments, tongue)


def removed(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Remove the template; cases that use it keep what they quoted."""
    with (
        library_to_change(arguments.library, tongue) as library,
        library.change() as connection,
    ):
        if setting(connection, HOUSE).look == Look():
            raise UserError(NONE)
        put_template(connection, Look(), b"", author(), now())
    if arguments.json:
        print_json({"template": None})
    else:
        text = N_("The template was removed; cases that use it keep it.")
        print_text(tr(text, tongue))
    return Exit.YES


def used(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Give a case the template of the library, or none where the library has none."""
    with (
        library_to_change(arguments.library, tongue) as library,
        library.change() as connection,
    ):
        case, based_on = load_case(connection, arguments.case)
        look = setting(connection, HOUSE).look
        after = replace(case, house=replace(case.house, look=look))
        revision = save_revision(connection, after, based_on, author(), USE, now())
    if arguments.json:
        answer = {"case": revision.case_id, "revision": revision.number}
        print_json(answer | {"digest": revision.digest, "template": to_plain(look)})
        return Exit.YES
    text = N_("Case {case}, revision {revision}, uses the template of the house.")
    if look == Look():
        text = N_("Case {case}, revision {revision}, uses no template.")
    print_text(tr(text, tongue, case=revision.case_id, revision=revision.number))
    return Exit.YES


def _told(look: Look, arguments: argparse.Namespace, tongue: str) -> Exit:
    has_one = look != Look()
    if arguments.json:
        told: Any = to_plain(look) if has_one else None
        print_json({"template": told})
        return Exit.YES if has_one else Exit.NO
    if not has_one:
        print_text(tr(NONE, tongue))
        return Exit.NO
    print_text(f"{tr(N_('Logo'), tongue)}: {look.logo or '—'}")
    print_text(f"{tr(N_('Colour'), tongue)}: {look.accent or '—'}")
    for one in look.wordings:
        print_text(f"[{one.language}]")
        print_text(f"{tr(WORDING_NAMES['header'], tongue)}: {one.header or '—'}")
        print_text(f"{tr(WORDING_NAMES['footer'], tongue)}: {one.footer or '—'}")
        for line in one.cover:
            print_text(f"{tr(WORDING_NAMES['cover'], tongue)}: {line}")
        for addition in one.additions:
            for text in addition.paragraphs:
                print_text(f"{addition.section}: {text}")
    return Exit.YES
