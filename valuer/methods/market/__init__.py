"""Methods of the market approach (市场法)."""

from __future__ import annotations
