"""Explicit registries: a tuple of parts, found by key and version."""

from __future__ import annotations

from collections.abc import Iterator

from valuer.core.method import Method
from valuer.core.problems import UserError
from valuer.core.texts import N_


class Registry:
    """The valuation methods known, newest versions first among equals."""

    def __init__(self, *methods: Method) -> None:
        self._methods = methods
        keys = [(method.key, method.version) for method in methods]
        if len(set(keys)) != len(keys):
            raise ValueError("a method stands twice in the registry")

    def __iter__(self) -> Iterator[Method]:
        """Yield the newest version of each method, in the order registered."""
        for method in self._methods:
            if method is self._newest(method.key):
                yield method

    def find(self, key: str, version: int = 0) -> Method:
        """Return a method; version 0 is the newest.

        Raises:
            UserError: no such method or version.
        """
        if all(method.key != key for method in self._methods):
            known = ", ".join(dict.fromkeys(method.key for method in self._methods))
            raise UserError(
                N_("There is no method “{key}”; known are {known}."),
                key=key,
                known=known,
            )
        if version == 0:
            return self._newest(key)
        for method in self._methods:
            if (method.key, method.version) == (key, version):
                return method
        raise UserError(
            N_("Method “{key}” has no version {version} in this program."),
            key=key,
            version=version,
        )

    def _newest(self, key: str) -> Method:
        same = (method for method in self._methods if method.key == key)
        return max(same, key=lambda method: method.version)


def registry(*methods: Method) -> Registry:
    """Return a registry of the given methods."""
    return Registry(*methods)
