"""The film's scenes and the whole film against the encoder alone."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.encoders.candidates import yardstick
from benchmarks.encoding import EncodedFilm, encode_alone
from benchmarks.processes import Measured, find_networks, in_a_process, measured
from bnviz.film.make import FilmRequest, make_film
from bnviz.run.discover import SceneSource
from bnviz.run.quality import Quality
from bnviz.run.quiet import import_manim
from bnviz.run.render import render_scene
from bnviz.workers.memory import keep_what_is_freed
from scenes.kit.settings import Settings

GOAL = 1.0  # what the whole film may take, over encoding its frames alone
BUSY = 0.9  # of the time on the clock the encoders are at work, on a machine that does nothing else
Tell = Callable[[str], None]


@dataclass(frozen=True)
class SceneCost:
    """One scene, rendered in one process while nothing else runs.

    ``cpu_seconds`` are those of drawing and encoding, ``encoding_cpu_seconds`` those of encoding alone with
    x264's medium.
    """

    name: str
    frames: int
    seconds: float
    cpu_seconds: float
    encoding_cpu_seconds: float
    peak_bytes: int

    @property
    def frames_a_second(self) -> float:
        """Drawn and encoded."""
        return self.frames / self.seconds

    @property
    def encoding_share(self) -> float:
        """Over the CPU time, how much encoding its frames alone with x264's medium takes."""
        return self.encoding_cpu_seconds / self.cpu_seconds


@dataclass(frozen=True)
class MadeFilm:
    """A film's length and the size of its file."""

    seconds: float
    size: int


@dataclass(frozen=True)
class FilmCost:
    """The whole film in ``workers`` processes, and encoding its frames alone in as many.

    Both ``seconds`` are those of the clock on the wall; ``busy`` is the share of the latter in which the
    encoders were at work. ``made`` is what came of the former.
    """

    scenes: tuple[SceneCost, ...]
    workers: int
    quality: str
    seconds: float
    encoding_seconds: float
    busy: float
    made: MadeFilm

    @property
    def frames(self) -> int:
        """Those of all scenes."""
        return sum(scene.frames for scene in self.scenes)

    @property
    def frames_a_second(self) -> float:
        """Of the whole film: drawing, encoding, joining, and starting the processes."""
        return self.frames / self.seconds

    @property
    def ratio(self) -> float:
        """The whole film over encoding alone, on the wall."""
        return self.seconds / self.encoding_seconds

    @property
    def is_undisturbed(self) -> bool:
        """Whether nothing else ran that made encoding alone longer, and so the film look quicker."""
        return self.busy >= BUSY

    @property
    def cpu_ratio(self) -> float:
        """Drawing and encoding all scenes over encoding them alone, in CPU time."""
        encoding = sum(scene.encoding_cpu_seconds for scene in self.scenes)
        return sum(scene.cpu_seconds for scene in self.scenes) / encoding

    @property
    def peak_bytes(self) -> int:
        """Of the scene that takes most."""
        return max(scene.peak_bytes for scene in self.scenes)


def film_cost(
    sources: Sequence[SceneSource], settings: Settings, quality: Quality, workers: int, tell: Tell
) -> FilmCost:
    """Measure the whole film, encoding alone, and each scene by itself, with nothing kept from before.

    Networks are trained wherever they are needed, except inside of ``networks_trained_before``.
    """
    tell(f"the whole film in {workers} processes")
    whole = in_a_process(render_film, sources, settings, quality, workers)
    alone = {}
    for number, source in enumerate(sources, start=1):
        tell(f"{source.name}, in one process ({number} of {len(sources)})")
        alone[source.name] = in_a_process(render_alone, source, settings, quality)
    longest_first = sorted(sources, key=lambda source: -alone[source.name].result)
    tell(f"encoding alone in {workers} processes")
    encoded = encode_alone(
        longest_first,
        settings,
        yardstick(quality),
        workers,
        on_finished=lambda scene: tell(f"encoding alone: {scene.name} is done"),
    )
    return assembled(alone, encoded, whole, workers, quality.name)


def assembled(
    alone: dict[str, Measured[int]],
    encoded: EncodedFilm,
    whole: Measured[MadeFilm],
    workers: int,
    quality: str,
) -> FilmCost:
    """Put together what was measured: each scene's frames by name, encoding alone, and the whole film.

    Raises:
        RuntimeError: a scene did not have the same frames both times.
    """
    encodings = {scene.name: scene for scene in encoded.scenes}
    for scene in encoded.scenes:
        frames = alone[scene.name].result
        if scene.frames != frames:
            raise RuntimeError(
                f"scene {scene.name} has {frames} frames, but {scene.frames} were encoded alone"
            )
    scenes = tuple(
        SceneCost(
            name,
            scene.result,
            scene.seconds,
            scene.cpu_seconds,
            encodings[name].cpu_seconds,
            scene.peak_bytes,
        )
        for name, scene in alone.items()
    )
    return FilmCost(scenes, workers, quality, whole.seconds, encoded.seconds, encoded.busy, whole.result)


def render_alone(source: SceneSource, settings: Settings, quality: Quality) -> Measured[int]:
    """Render a scene in this process; the number of its frames. Manim's start-up is left out."""
    import_manim()
    keep_what_is_freed()  # as a worker's process does
    find_networks()
    with tempfile.TemporaryDirectory(prefix="bnviz-") as folder:
        return measured(lambda: render_scene(source, settings, quality, Path(folder)).frames)


def render_film(
    sources: Sequence[SceneSource], settings: Settings, quality: Quality, workers: int
) -> Measured[MadeFilm]:
    """Make the film as ``bnviz film`` does, without its store."""
    find_networks()
    with tempfile.TemporaryDirectory(prefix="bnviz-") as folder:
        order = FilmRequest(sources, settings, Path(folder, "film.mp4"), quality, workers)
        return measured(lambda: MadeFilm(float(make_film(order).duration), order.output.stat().st_size))
