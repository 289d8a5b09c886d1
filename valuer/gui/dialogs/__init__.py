"""The dialogs. To add one: write its module, add its line to ``registry``."""

from __future__ import annotations
