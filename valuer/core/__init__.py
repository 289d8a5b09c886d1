"""Floor 1: values and rules. Knows no database, no window, no file format."""

from __future__ import annotations
