"""``valuer sheets``: the score sheets, and the rows that they put into methods."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from valuer.cli.answers import Exit, print_json, print_text
from valuer.core.canonical import to_plain
from valuer.core.problems import UserError
from valuer.core.score_sheets import Rating, ScoreSheet, read_sheet, rows_of
from valuer.core.texts import N_, tr
from valuer.ratings import RATINGS, rating


def run(arguments: argparse.Namespace, tongue: str) -> Exit:
    """List the sheets; with a key or a file, one sheet and the rows it gives."""
    if arguments.sheet is None and arguments.file is None:
        return _listed(arguments, tongue)
    if arguments.sheet is not None and arguments.file is not None:
        raise UserError(N_("Name a score sheet or a file, not both."))
    sheet = _sheet(arguments.sheet, arguments.file)
    rows = rows_of(sheet, arguments.preset, arguments.language)
    if arguments.json:
        print_json({"sheet": to_plain(sheet), "rows": rows})
        return Exit.YES
    print_text(rows["sheet"])
    for one in rows["groups"]:
        print_text(f"{one['name']}\t{one.get('weight', one.get('most')):.6g}")
    for one in rows.get("subgroups", ()):
        print_text(f"{one['group']}\t{one['name']}\t{one['weight']:.6g}")
    for one in rows.get("scores", ()):
        print_text(f"{one['group']}\t{one['factor']}\t{one['weight']:.6g}")
    return Exit.YES


def _listed(arguments: argparse.Namespace, tongue: str) -> Exit:
    if arguments.preset:
        raise UserError(N_("Name the score sheet whose weights are wanted."))
    sheets = [(one, one.sheet()) for one in RATINGS]
    if arguments.json:
        listed = [_plain(one, sheet, tongue) for one, sheet in sheets]
        print_json({"sheets": listed})
        return Exit.YES
    for one, sheet in sheets:
        print_text(f"{one.key}  v{sheet.version}  {sheet.date}  {sheet.title}")
    return Exit.YES


def _plain(one: Rating, sheet: ScoreSheet, tongue: str) -> dict[str, Any]:
    return {
        "key": one.key,
        "version": sheet.version,
        "date": sheet.date.isoformat(),
        "title": {"zh_CN": sheet.title, "en": sheet.title_en},
        "idea": tr(one.idea, tongue),
        "method": sheet.method,
        "source": sheet.source,
        "mark": sheet.mark,
        "weights_mark": sheet.weights_mark,
        "marks": {"zh_CN": sheet.marks, "en": sheet.marks_en},
        "presets": [preset.key for preset in sheet.presets],
    }


def _sheet(key: str | None, file: Path | None) -> ScoreSheet:
    return rating(str(key)).sheet() if file is None else read_sheet(file)
