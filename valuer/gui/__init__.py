"""Floor 4: the window. The only Qt."""

from __future__ import annotations
