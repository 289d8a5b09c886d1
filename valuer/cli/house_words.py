"""The words of ``valuer house template``."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from valuer.cli import commands
from valuer.cli.answers import Exit
from valuer.core.texts import N_

Command = Callable[[argparse.Namespace, str], Exit]


class Tools(Protocol):
    """Adds commands, and groups of them."""

    def add(self, name: str, text: str, run: Command) -> argparse.ArgumentParser:
        """Return the parser of a new command."""

    def group(self, name: str, text: str) -> Tools:
        """Return the tools of a command that has commands of its own."""


def template_words(house: Tools) -> None:
    """Give ``valuer house`` its words."""
    group = house.group("template", N_("Take a template up, show, use or remove it."))
    take = group.add(
        "import",
        N_("Take a template up: a folder or zip with house.json and logo.png."),
        commands.import_template,
    )
    take.add_argument("template", type=Path, metavar="FOLDER|ZIP")
    show = group.add("show", N_("Tell the template."), commands.show_template)
    use = group.add("use", N_("Give a case the template."), commands.use_template)
    use.add_argument("case", metavar="CASE")
    remove = group.add("remove", N_("Remove the template."), commands.remove_template)
    for parser in (take, show, use, remove):
        parser.add_argument("--library", type=Path, required=True, metavar="L")
