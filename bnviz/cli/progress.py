"""What is seen while a film is made: scenes, frames, time left."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from bnviz.film.forecast import Forecast
from bnviz.film.make import Listener
from bnviz.run.render import RenderedScene


def tell(console: Console, sentence: str) -> None:
    """Say on ``console`` what went wrong, although it keeps nothing from being made."""
    console.print(sentence, style="yellow")


class FilmProgress(Listener):
    """A bar for the film (scenes and frames done, time left) and a line for each finished scene."""

    def __init__(self, console: Console) -> None:
        """Show on ``console``."""
        self._bars = Bars(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("frames"),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=console,
        )
        self._bar = self._bars.add_task("scenes", total=None)

    def __enter__(self) -> Self:
        """Show the bar."""
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the bar as it stands."""
        self._bars.stop()

    def advanced(self, forecast: Forecast) -> None:
        """Show how far the film is."""
        (done, scenes), (made, total) = forecast.scenes, forecast.frames
        self._bars.update(self._bar, description=f"scenes {done}/{scenes}", completed=made, total=total)

    def finished(self, scene: RenderedScene) -> None:
        """Say that a scene is done."""
        self._bars.console.print(
            f"{scene.name}: {scene.duration:.1f} s, {scene.frames} frames, {len(scene.beats)} beats"
        )

    def taken(self, scene: RenderedScene) -> None:
        """Say that a scene need not be rendered."""
        self._bars.console.print(f"{scene.name}: {scene.duration:.1f} s, kept from before")

    def warn(self, sentence: str) -> None:
        """Say it."""
        tell(self._bars.console, sentence)

    def joining(self) -> None:
        """Say that the scenes are being put together."""
        self._bars.console.print("joining the scenes, the narration, the captions and the chapters")
