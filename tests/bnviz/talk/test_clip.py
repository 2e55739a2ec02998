"""One beat as a file of its own: its pictures, its background or none, its loop, its kinds of file."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from bnviz.errors import SceneFailed, UserError
from bnviz.media.encoders import FORMATS, Gif, LoopCrossfade, VideoFile, blend
from bnviz.media.sink import Pixels
from bnviz.run import discover
from bnviz.run.shots import FrameRun, run_frames
from bnviz.talk.clip import ClipRequest, make_clip
from scenes.kit import theme
from scenes.kit.drawing.camera import KitCamera
from scenes.kit.settings import Settings
from tests.bnviz.browser import MISSING, chromium

SIZE, RATE = (192, 108), 15
EXAMPLES = Path(__file__).parents[1] / "examples"


class Kept:
    """A sink that keeps every frame."""

    def __init__(self) -> None:
        self.frames: list[Pixels] = []

    def write(self, pixels: Pixels, repeat: int = 1) -> None:
        self.frames += [pixels] * repeat


def small(folder: Path, beat: str | None = None, transparent: bool = False) -> tuple[FrameRun, list[Pixels]]:
    source, silent, kept = discover.find("Small", EXAMPLES), Settings(voice=False), Kept()
    return run_frames(source, silent, SIZE, RATE, folder, kept, beat, transparent), kept.frames


def wanted(output: Path, name: str = "Small", beat: str | None = "move", loop: bool = False) -> ClipRequest:
    kind = FORMATS[output.suffix[1:]]
    source, silent = discover.find(name, EXAMPLES), Settings(voice=False)
    return ClipRequest(source, beat, silent, kind, SIZE, 20, output, loop)


def moving(count: int = 12, alpha: int = 255) -> list[Pixels]:
    """A red square that walks over a gray ground, or over nothing."""
    frames = np.full((count, 108, 192, 4), (60, 60, 60, alpha), dtype=np.uint8)
    for number, frame in enumerate(frames):
        frame[40:80, 10 + 8 * number : 50 + 8 * number] = (200, 30, 30, 255)
    return list(frames)


def decoded(path: Path) -> list[av.VideoFrame]:
    """Every picture of a file; FFmpeg's own VP9 decoder does not see opacity, libvpx's does."""
    with av.open(path) as container:
        stream = container.streams.video[0]
        if stream.codec_context.name != "vp9":
            return list(container.decode(stream))
        context = av.CodecContext.create("libvpx-vp9", "r")
        return [frame for packet in container.demux(stream) for frame in context.decode(packet)]


# -- the pictures --
def test_a_beat_alone_has_the_pictures_it_has_in_its_scene(tmp_path: Path) -> None:
    whole, every = small(tmp_path)
    shot, alone = small(tmp_path, "move")
    assert len(every) == whole.frames
    assert (len(alone), shot.narration) == (shot.frames, ())
    assert 0 < len(alone) < len(every)
    for one, two in zip(alone, every[-len(alone) :], strict=True):
        np.testing.assert_array_equal(one, two)


def test_a_scene_ends_on_its_still_without_the_curtain(tmp_path: Path) -> None:
    _, every = small(tmp_path)
    assert every[-1].max() > 200
    np.testing.assert_array_equal(every[-1], every[-5])


def test_what_is_not_asked_for_is_not_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = 0
    capture = KitCamera.capture_mobjects

    def count(*arguments: Any, **options: Any) -> Any:
        nonlocal drawn
        drawn += 1
        return capture(*arguments, **options)

    monkeypatch.setattr(KitCamera, "capture_mobjects", count)
    small(tmp_path)
    every, drawn = drawn, 0
    small(tmp_path, "move")
    assert 0 < drawn < 0.75 * every


def test_without_the_background_only_what_is_drawn_is_there_in_its_own_color(tmp_path: Path) -> None:
    opaque, clear = small(tmp_path, "move")[1], small(tmp_path, "move", transparent=True)[1]
    last = clear[-1]
    assert (last[:5, :, 3] == 0).all()
    square = np.array([round(255 * channel) for channel in theme.named("dark").bowl.to_rgb()])
    filled = last[..., 3] == 255
    assert filled.sum() > 400
    # the edge of the square too: an editor would show a dark seam if the color were that of cairo's pixels
    edge = (last[..., 3] > 60) & (last[..., 3] < 200) & (np.arange(192) < 140)
    assert edge.sum() > 10
    assert np.abs(last[edge][:, :3].astype(int) - square).max() <= 6
    ground = np.array([round(255 * channel) for channel in theme.named("dark").background.to_rgb()])
    share = last[..., 3:] / 255
    over = share * last[..., :3] + (1 - share) * ground
    assert np.abs(over - opaque[-1][..., :3]).max() <= 3


def test_an_unknown_beat_is_told_with_the_closest_one(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"Small has no beat 'moves'; did you mean Small/move\?"):
        small(tmp_path, "moves")
    with pytest.raises(UserError, match="Small has no beat 'q'; it has: appear, move"):
        small(tmp_path, "q")


# -- the files --
@pytest.mark.parametrize(
    ("name", "codec", "tolerance"), [("mp4", "h264", 6), ("webm", "vp9", 6), ("mov", "prores", 3)]
)
def test_a_file_holds_every_picture_in_its_colors(
    name: str, codec: str, tolerance: int, tmp_path: Path
) -> None:
    kind, path = FORMATS[name], tmp_path / f"clip.{name}"
    file = VideoFile(path, kind, SIZE, RATE)
    frames = moving(alpha=0 if kind.transparent else 255)
    for pixels in frames:
        file.write(pixels)
    file.finish()
    with av.open(path) as container:
        stream = container.streams.video[0]
        assert (stream.codec_context.name, stream.average_rate) == (codec, RATE)
        assert (stream.width, stream.height) == SIZE
    found = decoded(path)
    assert len(found) == len(frames)
    for frame, pixels in zip(found, frames, strict=True):
        inside = np.zeros((108, 192), dtype=bool)
        inside[46:74, :] = (pixels[46:74, :, 0] == 200) & (np.roll(pixels[46:74, :, 0], 9, axis=1) == 200)
        inside &= np.roll(inside, -9, axis=1)
        seen = frame.to_ndarray(format="rgba", threads=1).astype(int)
        assert np.abs(np.median(seen[inside], axis=0) - (200, 30, 30, 255)).max() <= tolerance
        assert abs(np.median(seen[5:30, 5:, 3]) - (0 if kind.transparent else 255)) <= 1


def test_a_gif_has_every_picture_and_goes_on_for_ever(tmp_path: Path) -> None:
    gif, path = Gif(tmp_path, SIZE, 20), tmp_path / "clip.gif"
    for pixels in moving():
        gif.write(pixels)
    assert gif.finish(path) == 20
    found = [frame.to_ndarray(format="rgb24", threads=1).astype(int) for frame in decoded(path)]
    assert len(found) == 12
    for picture, pixels in zip(found, moving(), strict=True):
        assert np.abs(picture - pixels[..., :3]).mean() < 2
    assert b"NETSCAPE2.0\x03\x01\x00\x00" in path.read_bytes()


def test_a_gif_may_be_played_once(tmp_path: Path) -> None:
    gif, path = Gif(tmp_path, SIZE, 20, once=True), tmp_path / "clip.gif"
    for pixels in moving():
        gif.write(pixels)
    gif.finish(path)
    assert len(decoded(path)) == 12
    with Image.open(path) as picture:
        assert "loop" not in picture.info
    assert b"NETSCAPE2.0" not in path.read_bytes()


def test_a_gif_has_fewer_frames_when_it_would_be_too_large(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    path, gif = tmp_path / "clip.gif", Gif(tmp_path, SIZE, 20)
    noise = [rng.integers(0, 255, (108, 192, 4), dtype=np.uint8) for _ in range(8)]
    for pixels in noise:
        gif.write(pixels)
    gif.finish(path)
    full = path.stat().st_size
    again = Gif(tmp_path, SIZE, 20)
    for pixels in noise:
        again.write(pixels)
    assert again.finish(path, limit=full // 2) in (5, 10)
    assert path.stat().st_size <= full // 2
    assert len(decoded(path)) in (2, 4)


def test_a_gif_that_is_too_large_all_the_same_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Gif.finish, "__defaults__", (100,))
    monkeypatch.setattr("bnviz.talk.clip.run_tasks", here)
    path = tmp_path / "clip.gif"
    path.write_bytes(b"old")
    with pytest.raises(UserError, match=r"Small/move as a GIF takes 0\.\d MB .*choose a smaller --width"):
        make_clip(wanted(path))
    assert path.read_bytes() == b"old"


def here(tasks: Any, workers: int) -> Any:
    """Do the tasks in this process."""
    from bnviz.workers.pool import Done

    for task in tasks:
        yield Done(task.scene, task.run(*task.arguments, lambda frames: None), "")


def test_a_clip_is_made_whole_and_the_old_one_stays_when_it_fails(tmp_path: Path) -> None:
    path = tmp_path / "clips" / "small.webm"
    made = make_clip(wanted(path))
    assert made.bytes == path.stat().st_size
    found = decoded(path)
    assert (len(found), made.frame_rate) == (made.frames, 20)
    assert found[0].format.name == "yuva420p"
    kept = path.read_bytes()
    with pytest.raises(SceneFailed, match="the circle does not close"):
        make_clip(wanted(path, "Broken", None))
    assert path.read_bytes() == kept
    assert list(path.parent.iterdir()) == [path]


# -- loops --
def test_the_end_of_a_loop_becomes_its_beginning() -> None:
    kept, frames = Kept(), moving()
    meet = LoopCrossfade(kept, 4)
    for pixels in frames:
        meet.write(pixels)
    meet.finish()
    assert len(kept.frames) == len(frames)
    for one, two in zip(kept.frames[:8], frames[:8], strict=True):
        np.testing.assert_array_equal(one, two)
    far = [np.abs(item.astype(int) - frames[0]).mean() for item in kept.frames[7:]]
    assert far == sorted(far, reverse=True)
    assert 0 < far[-1] < 0.3 * far[0]


def test_half_of_a_short_loop_is_left_as_it_is() -> None:
    kept, frames = Kept(), moving(4)
    meet = LoopCrossfade(kept, 30)
    for pixels in frames:
        meet.write(pixels)
    meet.finish()
    assert [one is two for one, two in zip(kept.frames, frames, strict=True)] == [True, True, False, False]


def test_what_is_clear_has_no_color_in_a_fade() -> None:
    red, nothing = np.full((2, 1, 1, 4), (200, 0, 0, 255), dtype=np.uint8)
    nothing = np.zeros_like(red)
    np.testing.assert_array_equal(blend(red, nothing, 0.5), [[[200, 0, 0, 128]]])


# -- what is asked for --
def test_a_gif_does_not_speak(tmp_path: Path) -> None:
    silent = wanted(tmp_path / "clip.gif")
    with pytest.raises(UserError, match="--voice: a GIF has no sound"):
        make_clip(ClipRequest(**{**vars(silent), "settings": Settings(voice=True)}))


@pytest.mark.skipif(bool(MISSING), reason=MISSING)
def test_a_browser_sees_through_a_webm(tmp_path: Path) -> None:
    path = tmp_path / "clip.webm"
    make_clip(wanted(path))
    page = tmp_path / "page.html"
    data = base64.b64encode(path.read_bytes()).decode()
    page.write_text(f'<video muted src="data:video/webm;base64,{data}"></video>', encoding="utf-8")
    with chromium() as browser:
        browser.open(page.as_uri())
        browser.run("await document.querySelector('video').play()")
        browser.wait("return document.querySelector('video').ended")
        corner, square = browser.run(
            "const v = document.querySelector('video'), c = document.createElement('canvas');"
            "c.width = v.videoWidth; c.height = v.videoHeight; const d = c.getContext('2d');"
            "d.drawImage(v, 0, 0); const at = (x, y) => [...d.getImageData(x, y, 1, 1).data];"
            "return [at(5, 5), at(110, 54)]"
        )
    assert corner[3] == 0
    bowl = [round(255 * channel) for channel in theme.named("dark").bowl.to_rgb()]
    assert np.abs(np.array(square) - (*bowl, 255)).max() <= 8
