"""Valuer: patent valuation and signed appraisal reports on one laptop."""

from __future__ import annotations

__version__ = "0.2.0"
