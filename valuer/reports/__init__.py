"""Floor 3: values to PDF bytes, signed and verified."""

from __future__ import annotations
