"""Encoding alone: the film's own frames through its own encoder, and nothing else on the clock."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import av
import numpy as np
import pytest

from benchmarks.encoding import encode_alone
from benchmarks.writers import Postponed, encoding_left_out, encoding_postponed
from bnviz.errors import UserError
from bnviz.run.discover import SceneSource
from bnviz.run.quality import Quality
from bnviz.run.render import render_scene
from scenes.kit.drawing.encoder import FrameEncoder
from scenes.kit.settings import Settings

SILENT = Settings(voice=False)
FRAME = np.zeros((2, 2, 4), np.uint8)


class Clock:
    """Shows what it is told."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Encoder:
    """Takes as long for a frame as it is told, and remembers what it got."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self.clock, self.seconds, self.got = clock, seconds, []

    def write_frame(self, pixels: np.ndarray, *, repeat: int = 1) -> None:
        self.clock.now += self.seconds * repeat
        self.got.append((int(pixels[0, 0, 0]), repeat))

    def finish(self) -> None:
        self.got.append("end")


@contextmanager
def never_over() -> Iterator[Callable[[], bool]]:
    yield lambda: False


@pytest.mark.parametrize("seconds", [1.0, 5.0])
def test_a_slower_encoder_is_on_the_clock_and_drawing_is_not(seconds: float) -> None:
    clock = Clock()
    encoder = Encoder(clock, seconds)
    postponed = Postponed(10**9, never_over, clock)
    postponed.open(lambda: encoder)
    for _ in range(3):
        clock.now += 100  # drawing
        postponed.write(FRAME, 2)
    postponed.close()
    postponed.finish()
    assert (postponed.frames, postponed.cpu_seconds) == (6, 6 * seconds)


def test_frames_are_kept_as_they_were_when_they_came_and_in_their_order() -> None:
    encoder = Encoder(Clock(), 0)
    postponed = Postponed(10**9, never_over)
    pixels = FRAME.copy()
    for segment in range(2):
        postponed.open(lambda: encoder)
        for number in range(2):
            pixels[:] = 10 * segment + number
            postponed.write(pixels, number + 1)
        postponed.close()
    assert encoder.got == []
    postponed.finish()
    assert encoder.got == [(0, 1), (1, 2), "end", (10, 1), (11, 2), "end"]


def test_within_a_long_still_an_encoder_can_be_stopped() -> None:
    encoder, turns = Encoder(Clock(), 0), []

    @contextmanager
    def after_two_steps() -> Iterator[Callable[[], bool]]:
        steps = iter([False, False, True])
        turns.append(sum(repeat for _, repeat in encoder.got))
        yield lambda: next(steps)

    postponed = Postponed(FRAME.nbytes, after_two_steps)
    postponed.open(lambda: encoder)
    postponed.write(FRAME, 100)
    assert 0 < turns[1] < 20
    assert sum(repeat for _, repeat in encoder.got) == postponed.frames == 100


def test_no_more_is_kept_than_there_is_memory_for() -> None:
    encoder = Encoder(Clock(), 0)
    postponed = Postponed(3 * FRAME.nbytes, never_over)
    postponed.open(lambda: encoder)
    for number in range(1, 8):
        postponed.write(FRAME, 1)
        assert len(encoder.got) == number // 3 * 3


def test_who_is_stopped_early_encodes_the_rest_another_time() -> None:
    encoder, turns = Encoder(Clock(), 0), []

    @contextmanager
    def after_two_steps() -> Iterator[Callable[[], bool]]:
        steps = iter([False, False, True])
        turns.append(len(encoder.got))
        yield lambda: next(steps)

    postponed = Postponed(10**9, after_two_steps)
    postponed.open(lambda: encoder)
    for _ in range(4):
        postponed.write(FRAME, 1)
    postponed.close()
    postponed.finish()
    assert turns == [0, 1, 3]
    assert encoder.got == [(0, 1)] * 4 + ["end"]


def test_the_encoder_gets_the_same_frames_later_as_it_gets_at_once(
    sources: list[SceneSource], tiny: Quality, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    got: list[tuple[str, int]] = []
    write_frame = FrameEncoder.write_frame

    def write_and_tell(encoder: FrameEncoder, pixels: np.ndarray, *, repeat: int = 1) -> None:
        got.extend([(encoder.target.name, zlib.crc32(pixels.tobytes()))] * repeat)
        write_frame(encoder, pixels, repeat=repeat)

    monkeypatch.setattr(FrameEncoder, "write_frame", write_and_tell)
    at_once = render_scene(sources[0], SILENT, tiny, tmp_path / "at once")
    expected, got[:] = got[:], []
    assert len(expected) > 10
    postponed = Postponed(2_000_000, never_over)
    with encoding_postponed(postponed):
        later = render_scene(sources[0], SILENT, tiny, tmp_path / "later")
    assert got == expected
    assert postponed.frames == at_once.frames == len(got)
    with av.open(later.video) as video:
        assert sum(1 for _ in video.decode(video=0)) == at_once.frames


@pytest.mark.parametrize("workers", [1, 2])
def test_every_scene_is_encoded_whole_however_many_at_a_time(
    workers: int, sources: list[SceneSource], tiny: Quality, tmp_path: Path
) -> None:
    drawn = []
    for source in sources:
        with encoding_left_out():
            drawn.append(render_scene(source, SILENT, tiny, tmp_path).frames)
    finished: list[str] = []
    film = encode_alone(
        sources,
        SILENT,
        tiny,
        workers,
        memory=2_000_000,
        on_finished=lambda scene: finished.append(scene.name),
    )
    assert {scene.name: scene.frames for scene in film.scenes} == dict(
        zip(("Small", "Other"), drawn, strict=True)
    )
    assert finished == [scene.name for scene in film.scenes]
    assert film.cpu_seconds > 0
    assert film.seconds > 0


def test_a_scene_that_fails_is_named(sources: list[SceneSource], tiny: Quality) -> None:
    broken = SceneSource("Broken", sources[0].path.with_name("broken.py"))
    with pytest.raises(UserError, match="scene Broken: its process died while it was measured"):
        encode_alone([broken], SILENT, tiny, 1)
