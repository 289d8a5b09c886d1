"""What reading a zip that came from elsewhere may raise."""

from __future__ import annotations

import zipfile
import zlib

BROKEN_ZIP: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    RuntimeError,  # protected, or packed in a way that zipfile lacks
    ValueError,
    KeyError,
    OSError,
)
"""Damaged, cut short, protected, or in a form that is not read."""
