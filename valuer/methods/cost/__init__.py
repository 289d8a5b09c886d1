"""The cost approach (成本法)."""

from __future__ import annotations
