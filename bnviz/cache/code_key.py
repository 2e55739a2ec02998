"""What a scene's picture depends on apart from lesson and theme, as a key: code, words, settings, packages.

The code of a scene is its own file and every module of the project that it imports, and that those import.
Another scene's file, or a part of the kit that the scene does not import, leaves its key as it is.
"""

from __future__ import annotations

import ast
import hashlib
import os
import platform
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cairo

from bnviz import doctor
from bnviz.files import content_of
from bnviz.run.discover import class_name
from scenes.kit.languages import LANGUAGES

if TYPE_CHECKING:
    from bnviz.run.discover import SceneSource
    from bnviz.run.quality import Quality
    from scenes.kit.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("bn_math", "scenes", "bnviz")
RENDERING = (
    "bnviz/run/render.py",
    "bnviz/review/text_measures.py",
    "bnviz/review/shown_losses.py",
)
APART = (
    "bnviz/run/discover.py",  # finds a scene; errors.py and quiet.py say what goes wrong: nothing is drawn
    "bnviz/errors.py",
    "bnviz/run/quiet.py",
    "bnviz/run/quality.py",  # its values are in the key
    "scenes/kit/palettes.py",  # every color is looked up when it was read: see read_tracking.py
    "scenes/kit/languages.py",  # the chosen one's entry is in the key
)
PACKAGES = (
    *("manim", "numpy", "scipy", "av", "pycairo", "pillow", "svgelements", "skia-pathops", "typst"),
    *("font-lato", "noto-cjk-sans-otc", "manim-voiceover", "hibari-tts", "num2words", "babel"),
)

VARIABLES = ("OPENBLAS_CORETYPE", "NPY_DISABLE_CPU_FEATURES", "PIXMAN_DISABLE")
"""Of the environment: they choose how is computed, which rounds differently, and a pixel may show it."""


@dataclass(frozen=True)
class RenderEnvironment:
    """What all scenes of one film are rendered with; ``root`` is the folder of the project's packages."""

    settings: Settings
    quality: Quality
    root: Path = ROOT

    def key(self, source: SceneSource) -> str:
        """What the picture of ``source`` depends on, lesson and theme's colors apart, as one short text."""
        found = hashlib.sha256(self.chosen.encode())
        files = modules((source.path, *(self.root / file for file in RENDERING)), self.root)
        scenes = [path for path in files if path.parent == self.root / "scenes"]  # it may derive from another
        names = (source.name, *map(class_name, scenes))
        found.update(repr(source.beats).encode())
        found.update(_words(names, self.settings.language, self.root).encode())
        found.update(_digest(files, self.root).encode())
        return found.hexdigest()[:32]

    @property
    def chosen(self) -> str:
        """Settings, language, quality and versions, the lesson apart."""
        settings = {
            field.name: getattr(self.settings, field.name)
            for field in fields(self.settings)
            if field.name not in ("lesson", "lesson_name")
        }
        settings["voice"] = self.settings.voice and not doctor.missing_voice()
        language = LANGUAGES[self.settings.language]
        return repr((settings, language, self.quality, self.quality.encoder_options, versions()))


def code(starts: Iterable[Path], root: Path = ROOT) -> str:
    """All the code that the files ``starts`` run, as one short text."""
    return _digest(modules(starts, root), root)


def everything(root: Path = ROOT) -> str:
    """All files of the project's packages that a film may be made from, as one short text."""
    suffixes = (".py", ".toml", ".csv", ".txt")
    files = (path for room in ROOMS for path in (root / room).rglob("*") if path.suffix in suffixes)
    return _digest(sorted(files), root)


def _digest(files: Iterable[Path], root: Path) -> str:
    found = hashlib.sha256()
    for path in files:
        name = path.relative_to(root) if path.is_relative_to(root) else Path(path.name)
        found.update(f"{name.as_posix()} {_content(path, *_stamp(path))}\n".encode())
    return found.hexdigest()[:32]


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=2048)
def _content(path: Path, changed: int, size: int) -> str:
    """The digest of a file as it is since ``changed``: scenes share most of their files."""
    return content_of(path)


def modules(starts: Iterable[Path], root: Path = ROOT) -> list[Path]:
    """The files ``starts`` and all of the project that they import, with the tables that lie beside them.

    A package's own ``__init__.py`` counts only where something of it is used: none does anything by itself.
    """
    apart = {root / name for name in APART}
    found, waiting = set[Path](), list(starts)
    while waiting:
        path = waiting.pop()
        if path not in found and path not in apart:
            found.add(path)
            if path.suffix == ".py":
                waiting.extend(_imported(path, root, *_stamp(path)))
                waiting.extend(path.parent.glob("*.csv") if path.is_relative_to(root) else ())
                if path.name == "registry.py":  # it imports what lies beside it, by no name
                    waiting.extend(path.parent.glob("*.py"))
    return sorted(found)


@lru_cache(maxsize=1)
def versions() -> tuple[tuple[str, str], ...]:
    """The versions of Python, cairo and the packages that a picture or sound is made with; and VARIABLES."""
    found = {"python": platform.python_version(), "cairo": cairo.cairo_version_string()}
    found |= {name: os.environ.get(name, "not set") for name in VARIABLES}
    return tuple((found | {name: _version(name) for name in PACKAGES}).items())


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "none"


def _words(scenes: Sequence[str], language: str, root: Path) -> str:
    """The words of scenes, of those that there are, and those that all share, as they stand in the file."""
    book = _book(root / "scenes" / "words" / f"{language}.toml")
    return repr(
        [book.get(part) for part in dict.fromkeys(("symbols", "columns", "shared", *scenes)) if part in book]
    )


def _book(file: Path) -> dict[str, Any]:
    return _parsed_book(file, content_of(file)) if file.exists() else {}


@lru_cache(maxsize=4)
def _parsed_book(file: Path, digest: str) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


@lru_cache(maxsize=2048)
def _imported(path: Path, root: Path, changed: int, size: int) -> tuple[Path, ...]:
    """The project's files that ``path`` imports, wherever in it the import stands."""
    package = path.parent.relative_to(root).parts if path.is_relative_to(root) else ()
    found: list[Path] = []
    for up, module, name in _imports(path.read_text(encoding="utf-8")):
        place = root.joinpath(*package[: len(package) + 1 - up] if up else (), *module)
        if up or module[0] in ROOMS:
            places = (place / name, place) if name else (place,)
            files = (file for item in places for file in (item.with_suffix(".py"), item / "__init__.py"))
            found.extend(file for file in [next(filter(Path.is_file, files), None)] if file)
    return tuple(found)


def _imports(text: str) -> Iterator[tuple[int, tuple[str, ...], str]]:
    """What a module's text imports: folders up for a relative import, the module's path, a name in it."""
    waiting: list[ast.AST] = [ast.parse(text)]
    while waiting:
        node = waiting.pop()
        match node:
            case ast.If(test=ast.Name("TYPE_CHECKING")):
                waiting.extend(node.orelse)
            case ast.Import():
                yield from ((0, tuple(alias.name.split(".")), "") for alias in node.names)
            case ast.ImportFrom():
                module = tuple(node.module.split(".")) if node.module else ()
                yield from ((node.level, module, alias.name) for alias in node.names)
            case _:
                waiting.extend(ast.iter_child_nodes(node))
