"""The income approach (收益法)."""

from __future__ import annotations
