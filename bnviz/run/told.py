"""Which scenes tell anything of a lesson: one whose every beat would be untrue is left out of its film."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bnviz.run.discover import SceneSource

if TYPE_CHECKING:
    from scenes.kit.settings import Settings


def is_told(source: SceneSource, settings: Settings) -> bool:
    """Whether a beat that is shown is told of the lesson; a scene with words of its own always is."""
    from scenes.kit.script.words import Words

    try:
        beats = Words(source.name, settings.lesson, settings.language).beats
    except KeyError:
        return True
    return any(map(source.shows, beats))


def told(sources: Sequence[SceneSource], settings: Settings) -> list[SceneSource]:
    """The scenes of which something is told, in their order."""
    return [source for source in sources if is_told(source, settings)]
