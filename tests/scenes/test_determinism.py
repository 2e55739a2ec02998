"""Same lesson, same frames: from two runs, and from another process."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from bnviz.run import discover
from bnviz.run.run_scene import run_scene
from bnviz.run.stills import Still, beat_stills
from bnviz.workers.pool import Done, Task, run_tasks
from scenes.kit.settings import Settings

SETTINGS = Settings(voice=False)


def picture_hashes(stills: Iterable[Still]) -> list[str]:
    return [hashlib.sha256(still.picture.tobytes()).hexdigest() for still in stills]


def stills_in_a_process(source: discover.SceneSource, report: Callable[[int], None]) -> list[str]:
    return picture_hashes(beat_stills(source, SETTINGS, 426, 240).values())


def clip_hashes(source: discover.SceneSource, report: Callable[[int], None]) -> tuple[int, str]:
    """Every frame of a scene, small and at five a second: how many, and their hash."""
    digest = hashlib.sha256()

    class Heard:
        def write(self, pixels: np.ndarray, repeat: int = 1) -> None:
            digest.update(pixels.tobytes() * repeat)

    run = run_scene(source, SETTINGS, (160, 90), 5, Heard(), has_curtain=True)
    return run.frames, digest.hexdigest()


def elsewhere(run: Callable[..., Any], source: discover.SceneSource) -> Any:
    """The result of ``run`` in another process."""
    (result,) = [
        event.result for event in run_tasks([Task(source.name, run, (source,))], 1) if isinstance(event, Done)
    ]
    return result


def test_stills_are_the_same_twice_and_in_another_process(scene_name: str, stills_of) -> None:
    source = discover.find(scene_name)
    once = picture_hashes(stills_of(scene_name, "dark", 426, 240).values())
    assert len(set(once)) > 1
    assert stills_in_a_process(source, print) == once
    assert elsewhere(stills_in_a_process, source) == once


def test_every_frame_is_the_same_in_another_process(scene_name: str) -> None:
    source = discover.find(scene_name)
    frames, digest = clip_hashes(source, print)
    assert frames > 50
    assert elsewhere(clip_hashes, source) == (frames, digest)
