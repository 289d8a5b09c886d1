"""Discount rates (折现率): components with their sources, and what follows from them."""

from __future__ import annotations
