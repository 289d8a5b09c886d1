"""On what one input rests: the text, and whether others can observe it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from valuer.core.grounds import OBSERVABILITY_NAMES, InputGround
from valuer.core.params import Parameter
from valuer.core.texts import N_, message
from valuer.gui.fields import Choice, text_entry
from valuer.gui.words import Texts, Words

_SAID = ((None, N_("Not said")), *OBSERVABILITY_NAMES.items())


class GroundField(QWidget):
    """Text and observability; neither said is no ground at all."""

    committed = Signal()

    def __init__(self, one: Parameter, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._input = one.name
        self.text = text_entry(self)
        self.text.setMinimumWidth(120)  # the working beside it wants the room
        self.text.setObjectName(f"ground_{one.name}_text")
        self.observability = Choice(words, self)
        self.observability.offer(_SAID)
        self.observability.setObjectName(f"ground_{one.name}_observability")
        texts = Texts(words, self)
        texts.put(
            self.text.setAccessibleName,
            N_("What “{input}” rests on"),
            input=message(one.label),
        )
        texts.put(
            self.observability.setAccessibleName,
            N_("Observability of “{input}”"),
            input=message(one.label),
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.observability)
        self.text.committed.connect(self.committed)
        self.observability.committed.connect(self.committed)
        self.setFocusProxy(self.text)

    @property
    def value(self) -> InputGround | None:
        """The ground typed, or None where nothing is."""
        said: str = self.text.value or ""
        ground = InputGround(self._input, said.strip(), self.observability.value)
        return None if ground == InputGround(self._input) else ground

    def put(self, ground: InputGround | None) -> None:
        """Show a ground."""
        self.text.put(ground.text if ground and ground.text else None)
        self.observability.put(ground.observability if ground else None)
