"""Manim as it comes: nothing of a user's ``manim.cfg`` reaches a picture, or decides where files lie.

Manim reads such files when it is imported, from the home folder and from the working directory, and several
of its classes take their default sizes from them at that moment. So they are kept out twice: while Manim is
imported, and, should it be imported already, while something is rendered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from configparser import ConfigParser
from contextlib import contextmanager
from importlib import resources
from os import PathLike, fspath
from typing import Any

USERS_FILE = "manim.cfg"


@contextmanager
def without_users_files() -> Iterator[None]:
    """Manim, imported inside of this block, reads the file that lies in its own package, and no other."""
    read = ConfigParser.read

    def read_others(self: ConfigParser, filenames: Any, encoding: str | None = None) -> list[str]:
        paths = [filenames] if isinstance(filenames, str | bytes | PathLike) else filenames
        return read(self, _not_the_users(paths), encoding or "utf-8")

    setattr(ConfigParser, "read", read_others)  # noqa: B010  mypy refuses the plain assignment to a method
    try:
        yield
    finally:
        setattr(ConfigParser, "read", read)  # noqa: B010


def _not_the_users(paths: Iterable[Any]) -> list[Any]:
    return [path for path in paths if not str(fspath(path)).endswith(USERS_FILE)]


def default_config() -> Any:
    """A new ``ManimConfig`` with the values of the file in Manim's package."""
    from manim._config.utils import ManimConfig

    parser = ConfigParser()
    parser.read_string((resources.files("manim") / "_config" / "default.cfg").read_text(encoding="utf-8"))
    return ManimConfig().digest_parser(parser)
