"""Compile the translations whenever the project is built or installed.

The catalogues are kept as text (.po); the program reads the compiled form (.mo),
which git ignores. ``python hatch_build.py`` compiles them without a build.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CATALOGUES = "resources/translations/*/LC_MESSAGES/*.po"


class CompileTranslations(BuildHookInterface[Any]):
    """Hatchling's hook: the wheel takes ``resources/`` with the compiled files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before hatchling gathers the files."""
        compile_translations(Path(self.root))
        # An editable install leaves them where they are: a second folder "valuer"
        # among the installed packages would hide the checkout's.
        if version == "standard":
            build_data["force_include"]["resources"] = "valuer/resources"

    def clean(self, versions: list[str]) -> None:
        """Remove what was compiled."""
        del versions
        for source in Path(self.root).glob(CATALOGUES):
            source.with_suffix(".mo").unlink(missing_ok=True)


def compile_translations(root: Path) -> list[Path]:
    """Compile every catalogue below ``root``; return those that changed."""
    changed = []
    for source in sorted(root.glob(CATALOGUES)):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3], abort_invalid=True)
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        target = source.with_suffix(".mo")
        if not target.exists() or target.read_bytes() != compiled.getvalue():
            # Beside, then in its place: a running program never reads half a file.
            beside = target.with_suffix(".mo.new")
            beside.write_bytes(compiled.getvalue())
            beside.replace(target)
            changed.append(target)
    return changed


if __name__ == "__main__":
    compile_translations(Path(__file__).resolve().parent)
