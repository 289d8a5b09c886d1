"""What this person chose on this machine: appearance, last library, columns of tables.

A small JSON file in the user's own folder. One that cannot be read counts as absent:
the window then opens as on the first day.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from platformdirs import user_config_path, user_data_path

PROGRAM = "valuer"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen; "" where nothing was.

    Attributes:
        key_place: where the key lay that signed last: file or token.
        token_module: the token's driver, and ``token_label`` its name.
        timestamp_server: its address; ``signature_level`` as ``gui/dialogs/signing``
            offers it.
        seal: file of the picture of the house's seal.
        columns: for each table the order and widths of its columns, as ``columns``
            writes them.
    """

    appearance: str = "system"
    library: str = ""
    key_place: str = ""
    token_module: str = ""
    token_label: str = ""
    timestamp_server: str = ""
    signature_level: str = ""
    seal: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


class Preferences:
    """The choices, kept as they are made."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or user_config_path(PROGRAM) / "preferences.json"
        self.chosen = _read(self._path)

    def keep(self, **choices: str) -> None:
        """Keep some choices; a folder that cannot be written loses them only."""
        self._keep(replace(self.chosen, **choices))  # type: ignore[arg-type]  # those of text

    def keep_columns(self, table: str, columns: str) -> None:
        """Keep the order and widths of a table's columns."""
        kept = {**self.chosen.columns, table: columns}
        self._keep(replace(self.chosen, columns=kept))

    def _keep(self, chosen: Chosen) -> None:
        if chosen == self.chosen:
            return
        self.chosen = chosen
        beside = self._path.with_suffix(".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with beside.open("w", encoding="utf-8") as file:
                json.dump(asdict(chosen), file, ensure_ascii=False)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self._path)
        except OSError:
            # Not worth a word to the user: the next start asks the desktop again.
            return


def default_library() -> Path:
    """Return where the library stands that no one named."""
    return user_data_path(PROGRAM, appauthor=False) / "library.valuer"


def forget_library() -> None:
    """Let the next start open the library that no one named."""
    Preferences().keep(library="")


def _read(path: Path) -> Chosen:
    try:
        plain: Any = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return Chosen()
    if not isinstance(plain, dict):
        return Chosen()
    columns = plain.get("columns")
    names = {each.name for each in fields(Chosen)} - {"columns"}
    texts = {key: plain[key] for key in names if key in plain}
    return Chosen(
        **{key: text for key, text in texts.items() if isinstance(text, str)},
        columns=_texts(columns) if isinstance(columns, dict) else {},
    )


def _texts(plain: dict[Any, Any]) -> dict[str, str]:
    return {key: text for key, text in plain.items() if isinstance(text, str)}
