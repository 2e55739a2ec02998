"""One scene, or one beat of it, as a file of its own: for a talk, a page, or an editor's timeline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bnviz.errors import UserError
from bnviz.files import replacing
from bnviz.media.cut import cut
from bnviz.media.encoders import FADE, FORMATS, GIF_BYTES, Format, Gif, LoopCrossfade, VideoFile
from bnviz.media.sink import Sink
from bnviz.media.soundtrack import RATE, narration
from bnviz.run.beats import require_beat
from bnviz.run.discover import SceneSource
from bnviz.run.quality import Quality
from bnviz.run.shots import FrameRun, run_frames
from bnviz.temporary import temporary_folder
from bnviz.workers.pool import Done, Task, run_tasks

if TYPE_CHECKING:
    from scenes.kit.settings import Settings

GIF_WIDTH, GIF_RATE = (
    720,
    20,
)  # a GIF counts its times in hundredths of a second: 20, 10 and 5 a second are exact
SMALLEST, LARGEST = 64, 3840


@dataclass(frozen=True)
class ClipRequest:
    """What to make of ``source``: its ``beat`` (None: all of it) as a file of ``kind``, into ``output``.

    In a ``loop`` the end fades into the beginning; a GIF goes on for ever, or is played ``once``.
    """

    source: SceneSource
    beat: str | None
    settings: Settings
    kind: Format
    size: tuple[int, int]
    frame_rate: int
    output: Path
    loop: bool = False
    once: bool = False


@dataclass(frozen=True)
class MadeClip:
    """What was made: how many frames, how many a second, in how many bytes."""

    frames: int
    frame_rate: int
    bytes: int

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return self.frames / self.frame_rate


def kind_of(name: str | None, output: Path | None) -> Format:
    """The format called ``name``; without a name the one that ``output`` ends in, and MP4 without either.

    Raises:
        UserError: there is no such format, or the two do not go together.
    """
    suffix = output.suffix.lower().removeprefix(".") if output else ""
    chosen = suffix if name is None else name
    if name is None and output is None:
        chosen = "mp4"
    if name is not None and name not in FORMATS:
        *most, last = FORMATS
        raise UserError(f"--format is {name!r}; it must be {', '.join(most)} or {last}")
    if chosen not in FORMATS:
        raise UserError(f"--output is {output}; it must end in .{', .'.join(FORMATS)}")
    if output is not None and suffix != chosen:
        raise UserError(f"--output is {output}, but --format is {chosen}; one of them must change")
    return FORMATS[chosen]


def size_of(
    kind: Format, quality: Quality, width: int | None, fps: int | None
) -> tuple[tuple[int, int], int]:
    """Width and height, and frames a second: as asked for, by default those of the quality (or of a GIF).

    Raises:
        UserError: a number is out of range.
    """
    gif = kind.name == "gif"
    if width is None:
        width = GIF_WIDTH if gif else quality.width
    if fps is None:
        fps = GIF_RATE if gif else quality.frame_rate
    if not SMALLEST <= width <= LARGEST:
        raise UserError(f"--width is {width}; it must be {SMALLEST} to {LARGEST}")
    if not 1 <= fps <= 60:
        raise UserError(f"--fps is {fps}; it must be 1 to 60")
    if width == quality.width:
        return quality.size, fps
    even = 1 if gif else 2
    return (even * round(width / even), even * round(width * 9 / 16 / even)), fps


def require_once(once: bool, loop: bool, kind: Format) -> None:
    """Refuse to play once what does so anyway, or what is to go on.

    Raises:
        UserError: the message says which.
    """
    if once and kind.name != "gif":
        raise UserError(f"--once is for a GIF; a file of the format {kind.name} is played once in any case")
    if once and loop:
        raise UserError("--once and --loop are opposites; give one of them")


def make_clip(request: ClipRequest, on_frames: Callable[[int], None] = lambda frames: None) -> MadeClip:
    """Render in a process of its own, and write the file; the one of before stays until then.

    Raises:
        SceneFailed: the scene raised an exception.
        UserError: there is no such beat, the GIF is too large, or a GIF is to speak.
    """
    if request.settings.voice and not request.kind.speaks:
        raise UserError(f"--voice: a {request.kind.name.upper()} has no sound; choose another --format")
    if request.beat is not None:
        require_beat(request.source, request.beat)
    with replacing(request.output) as beside:
        task = Task(request.source.name, write_clip, (request.source, request, beside))
        for event in run_tasks([task], 1):
            if isinstance(event, Done):
                frames, frame_rate = event.result
            else:
                on_frames(event.frames)
        return MadeClip(frames, frame_rate, beside.stat().st_size)


def write_clip(
    source: SceneSource, request: ClipRequest, path: Path, report: Callable[[int], None]
) -> tuple[int, int]:
    """Write the clip to ``path``; returns its frames, and how many there are a second."""
    with temporary_folder() as folder:
        if request.kind.name == "gif":
            gif = Gif(folder, request.size, request.frame_rate, request.once)
            shot = _run_frames(request, folder, gif, report)
            frame_rate = gif.finish(path)
            if frame_rate is None:
                raise UserError(_too_large(request, path.stat().st_size))
            return shot.frames * frame_rate // request.frame_rate, frame_rate
        pictures = folder / f"pictures{path.suffix}"
        file = VideoFile(pictures, request.kind, request.size, request.frame_rate)
        shot = _run_frames(request, folder, file, report)
        file.finish()
        samples = narration(shot.narration, round(shot.frames / request.frame_rate * RATE))
        cut(pictures, path, request.frame_rate, samples=samples)
        return shot.frames, request.frame_rate


def _run_frames(request: ClipRequest, folder: Path, sink: Sink, report: Callable[[int], None]) -> FrameRun:
    meet = LoopCrossfade(sink, round(FADE * request.frame_rate) if request.loop else 0)
    shot = run_frames(
        source=request.source,
        settings=request.settings,
        size=request.size,
        frame_rate=request.frame_rate,
        folder=folder,
        sink=meet,
        beat=request.beat,
        transparent=request.kind.transparent,
        on_frames=report,
    )
    meet.finish()
    return shot


def _too_large(request: ClipRequest, size: int) -> str:
    what = f"{request.source.name}/{request.beat}" if request.beat else request.source.name
    less = "a smaller --width" if request.beat else f"a smaller --width, one beat ({what}/BEAT)"
    return (
        f"{what} as a GIF takes {size / 1e6:.1f} MB with the fewest frames, "
        f"{GIF_BYTES / 1e6:.0f} MB are allowed; choose {less}, or --format mp4"
    )
