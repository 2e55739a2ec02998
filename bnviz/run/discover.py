"""Finding scenes by path: the scene class ``TwoScales`` lives in ``two_scales.py``."""

from __future__ import annotations

import difflib
import importlib
import importlib.util
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import scenes
from bnviz.errors import UserError
from bnviz.run.quiet import import_manim
from scenes.kit.file_names import fault

if TYPE_CHECKING:
    from scenes.kit.beats import BeatScene

FOLDER = Path(scenes.__file__).resolve().parent


@dataclass(frozen=True)
class SceneSource:
    """A scene's class name and the file it is defined in.

    ``beats`` are those that are shown of it, in its order; () are all.
    """

    name: str
    path: Path
    beats: tuple[str, ...] = ()

    def shows(self, beat: str) -> bool:
        """Whether a beat of the scene is shown."""
        return not self.beats or beat in self.beats

    def __reduce__(self) -> tuple[Any, ...]:
        """A scene of the film is found again in the checkout of another machine."""
        if self.path.resolve().parent == FOLDER:
            return _found_again, (self.name, self.beats)
        return SceneSource, (self.name, self.path, self.beats)


def _found_again(name: str, beats: tuple[str, ...]) -> SceneSource:
    return replace(find(name), beats=beats)


def file_name(class_name: str) -> str:
    """The file a class lives in: ``TwoScales`` -> ``two_scales.py``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", class_name).lower() + ".py"


def class_name(path: Path) -> str:
    """The class a file holds: ``two_scales.py`` -> ``TwoScales``."""
    return "".join(part.capitalize() for part in path.stem.split("_"))


def scene_names(folder: Path = FOLDER) -> list[str]:
    """Every scene in ``folder``: those of the film in its order, then the others by name."""
    there = {class_name(path) for path in folder.glob("*.py") if not path.stem.startswith("_")}
    in_order = [name for name in every_scene() if name in there]
    return in_order + sorted(there.difference(in_order))


def find(name: str, folder: Path = FOLDER) -> SceneSource:
    """The scene called ``name`` in ``folder``.

    Raises:
        UserError: there is no such file; the message names the closest scenes.
    """
    path = folder / file_name(name)
    if reason := fault(path.name):
        raise UserError(f"no scene can be called {name}, for its file is {path.name}, and {reason}")
    if name.isidentifier() and path.is_file() and class_name(path) == name:
        return SceneSource(name, path)
    known = scene_names(folder)
    by_lower_case = {item.lower(): item for item in known}
    close = difflib.get_close_matches(name.lower().replace("_", ""), by_lower_case, n=3, cutoff=0.5)
    hint = (
        f"did you mean {' or '.join(by_lower_case[item] for item in close)}?"
        if close
        else f"there are: {', '.join(known) or 'none'}"
    )
    raise UserError(f"there is no scene {name!r} in {folder}; {hint}")


def film(names: Sequence[str] | None = None, folder: Path = FOLDER) -> list[SceneSource]:
    """The scenes called ``names``, in that order; by default every one.

    Raises:
        UserError: there is no such scene, or the list of cuts cannot be read.
    """
    return [find(name, folder) for name in (every_scene() if names is None else names)]


def every_scene() -> tuple[str, ...]:
    """The names of all scenes, in the order of the cut ``everything``.

    Raises:
        UserError: the list of cuts cannot be read.
    """
    try:
        return scenes.ORDER
    except ValueError as error:
        raise UserError(str(error)) from error


def load(source: SceneSource) -> type[BeatScene]:
    """The scene's class; a file inside the package ``scenes`` keeps its normal module name.

    Raises:
        UserError: the file does not define the class.
    """
    import_manim()
    from scenes.kit.beats import BeatScene

    if source.path.resolve().parent == FOLDER:
        module = importlib.import_module(f"scenes.{source.path.stem}")
    else:
        module_name = f"bnviz_scene_{source.path.stem}"
        spec = importlib.util.spec_from_file_location(module_name, source.path)
        assert spec is not None and spec.loader is not None  # it is a .py file
        module = importlib.util.module_from_spec(spec)
        sys.modules[module_name] = module
        spec.loader.exec_module(module)
    found = getattr(module, source.name, None)
    if not (isinstance(found, type) and issubclass(found, BeatScene)):
        raise UserError(f"{source.path} must define a class {source.name} that is a BeatScene")
    return found
