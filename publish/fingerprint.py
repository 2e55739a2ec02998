"""What a film is made from, as one short text: two films with the same one are the same film."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from publish import doctor
from publish.discover import FOLDER
from publish.errors import UserError
from publish.render import manim_configured

if TYPE_CHECKING:
    from publish.film import Order

ROOMS = ("bn_math", "scenes", "publish")
KINDS = (".py", ".csv", ".toml")
OTHER = ("cli", "figures", "page", "slides", "svg")
"""How the names of publishing's modules begin that have no part in a film."""
PACKAGES = ("manim", "typst", "numpy", "scipy", "av", "font-lato", "manim-voiceover", "hibari-tts")


def film_fingerprint(order: Order) -> str:
    """The code, the words, the lesson, the settings and the packages that a film is made from.

    Raises:
        UserError: the lesson cannot be read.
    """
    found = hashlib.sha256()
    for path in _files(order):
        found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    found.update(_data(order))
    settings = order.settings
    has_voice = settings.voice and not doctor.missing_voice()
    chosen = (settings.theme, has_voice, settings.language, order.quality, order.title)
    names = [source.name for source in order.sources]
    found.update(repr((names, chosen, [(name, _version(name)) for name in PACKAGES])).encode())
    return found.hexdigest()


def file_fingerprint(path: Path) -> str:
    """What is in a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(order: Order) -> Iterator[Path]:
    for room in ROOMS:
        for path in sorted((FOLDER.parent / room).rglob("*")):
            if path.suffix in KINDS and not (room == "publish" and path.name.startswith(OTHER)):
                yield path
    yield from (source.path for source in order.sources)
    if order.settings.lesson:
        yield order.settings.lesson


def _data(order: Order) -> bytes:
    """The rows themselves: a lesson names a file that may have changed."""
    with manim_configured(order.settings):
        from scenes.kit import settings

        try:
            data = settings.current_lesson().data
        except (ValueError, KeyError, OSError) as error:
            raise UserError(f"--lesson {order.settings.lesson}: {error}") from error
        return data.features.tobytes() + data.target.tobytes() + repr(data.feature_names).encode()


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "none"
