"""A stock of patents at once: one method over many rows of parameters.

``value_many(method, columns)`` values each patent of a table by the method's own
formula, on arrays of shape (patents, scenarios, years), a block at a time.
"""

from __future__ import annotations

from valuer.core.stock.columns import Column, Same
from valuer.core.stock.valuing import MEMORY, Stock, seeds_of, value_many

__all__ = ["MEMORY", "Column", "Same", "Stock", "seeds_of", "value_many"]
