"""The one way to run a scene: with Manim's own defaults, into a file or a sink, or without a picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bnviz.media.sink import Pixels, Sink
from bnviz.run.discover import SceneSource, load
from bnviz.run.manim_defaults import default_config
from bnviz.run.quiet import import_manim
from bnviz.temporary import temporary_folder

if TYPE_CHECKING:
    from scenes.kit.beats import BeatScene
    from scenes.kit.drawing.renderer import KitRenderer
    from scenes.kit.script.beat import Beat
    from scenes.kit.settings import Settings

NOTHING = "nothing"
"""What a frame shows in which there is only the background."""

LIKE_A_FILM = 15  # frames a second where no frame is taken: beats end on frames


@dataclass(frozen=True)
class SceneRun:
    """What a run came to: the scene's title, its beats, and how many frames were made.

    ``movie`` is the file that Manim wrote, if it was to write one. ``begins_on`` and ``ends_on`` name what
    the first and the last frame show: an object that is handed over from scene to scene, or :data:`NOTHING`
    but the background; they are empty where it is something else.
    """

    title: str
    beats: tuple[Beat, ...]
    frames: int
    movie: Path | None
    begins_on: str = ""
    ends_on: str = ""


@contextmanager
def manim_configured(settings: Settings, **options: Any) -> Iterator[None]:
    """Manim with its own defaults and ``options``, the scenes with ``settings``; put back afterwards."""
    import_manim()
    from manim import config, tempconfig

    from scenes.kit import settings as chosen

    always = {"progress_bar": "none", "verbosity": "WARNING", "disable_caching": True, "output_file": ""}
    chosen.use(settings)
    try:
        with tempconfig({}):
            config.update(default_config())
            config.update(always | options)
            yield
    finally:
        chosen.use(None)


def run_scene(
    source: SceneSource,
    settings: Settings,
    size: tuple[int, int],
    frame_rate: int = LIKE_A_FILM,
    sink: Sink | None = None,
    *,
    folder: Path | None = None,
    only: Sequence[str] = (),
    draw: bool = True,
    has_curtain: bool = False,
    transparent: bool = False,
    movie: Mapping[str, Any] | None = None,
    on_beat_end: Callable[[BeatScene, str], None] | None = None,
    on_frames: Callable[[int], None] = lambda frames: None,
    watch: Callable[[BeatScene, int], None] | None = None,
) -> SceneRun:
    """Run a scene from its first beat to its last.

    Args:
        source: the scene.
        settings: theme, voice, language and lesson.
        size: width and height in pixels; things stand where the layout for its shape has them.
        frame_rate: frames a second.
        sink: takes every frame.
        folder: Manim's media folder, in which what is said is kept; by default one that goes away again.
        only: the beats that are shown, in the scene's order, instead of those of ``source``: the others are
            jumped over, and the scene ends with the last. () are all.
        draw: whether frames are made. Without, every animation is jumped over, and a picture is drawn
            only where ``on_beat_end`` asks the scene's renderer for it.
        has_curtain: whether the scene ends in the background's color, as in the film.
        transparent: without the background; the colors of the frames are multiplied by their opacity.
        movie: Manim's options for a file of its own, which is written without sound; None writes no file.
        on_beat_end: called with the scene and the name of each beat, at its end.
        on_frames: called with the number of frames so far, each time there are more.
        watch: called with the scene, too.
    """
    width, height = size
    place = nullcontext(folder) if folder else temporary_folder()
    with place as media_folder:
        options = {
            "media_dir": str(media_folder),
            "dry_run": movie is None,
            "pixel_width": width,
            "pixel_height": height,
            "frame_rate": frame_rate,
            "background_opacity": 0.0 if transparent else 1.0,
            **(movie or {}),
        }
        with manim_configured(settings, **options):
            _shape_frame(width / height)
            scene_class = load(source)
            from scenes.kit.drawing.renderer import KitRenderer

            def more(frames: int) -> None:
                if watch is not None:
                    watch(scene, frames)
                on_frames(frames)

            renderer = KitRenderer(not draw, draws_skipped=False, sink=sink, on_frames=more, is_mute=True)
            scene = scene_class(renderer, skip_animations=not draw)
            scene.skip_animation_preview = not draw
            scene.only, scene.has_curtain = tuple(only) or source.beats, has_curtain
            if on_beat_end is not None:
                tell = on_beat_end
                scene.on_beat_end = lambda beat: tell(scene, beat)
            scene.render()
            writer: Any = renderer.file_writer
            file = Path(writer.movie_file_path) if movie else None
            return SceneRun(scene.title, tuple(scene.beats), writer.frames, file, *_ends(scene, renderer))


def _shape_frame(shape: float) -> None:
    """Give the frame the shape of the layout that is nearest to the picture's."""
    from manim import config

    from scenes.kit.lettering import places

    layout = places.nearest(shape)
    if layout is not places.WIDE:  # which is Manim's own
        config.frame_width, config.frame_height = layout.frame.width, layout.frame.height


def _ends(scene: BeatScene, renderer: KitRenderer) -> tuple[str, str]:
    """What the first and the last frame show. What is handed over is there only with the beat beside it."""
    first, last = (_is_plain(frame) for frame in (renderer.first_frame, renderer.last_frame))
    every, shown = scene.words.beats, [beat.name for beat in scene.beats]
    begins_on = scene.begins_on if shown[:1] == list(every[:1]) else None
    ends_on = scene.ends_on if shown[-1:] == list(every[-1:]) and scene.has_curtain else None
    return NOTHING if first else begins_on or "", NOTHING if last else ends_on or ""


def _is_plain(frame: Pixels | None) -> bool:
    return frame is not None and bool((frame == frame[0, 0]).all())
