"""Floor 3: the library file, and the only SQL of the program.

Functions take a connection of ``Library.read()`` or ``Library.change()``; one
change is one transaction. Numbers, batches and cases leave here as values.
"""

from __future__ import annotations
