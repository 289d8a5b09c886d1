"""Floor 3: bytes to rows to values, with what was doubtful or refused."""

from __future__ import annotations
