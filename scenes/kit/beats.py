"""The base of every scene: beats, each with its narration, its captions and a still at its end.

A scene writes ``with self.beat("name") as beat:`` for every idea; inside it plays its animations, and calls
``beat.next_sentence()`` where the next sentence should start. What is left is said before the beat ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, ClassVar

from manim import (
    BLACK,
    Animation,
    CairoRenderer,
    FadeIn,
    FadeOut,
    FullScreenRectangle,
    Mobject,
    Scene,
    config,
)
from manim.utils.exceptions import EndSceneEarlyException
from numpy.typing import NDArray

from bn_math import Lesson
from scenes.kit import settings, theme
from scenes.kit.cairo_only import require_cairo
from scenes.kit.drawing import layers
from scenes.kit.drawing.furniture import furniture
from scenes.kit.drawing.renderer import KitRenderer
from scenes.kit.jumps import Jumps, ends_with
from scenes.kit.lettering import heading, places, typography
from scenes.kit.script import captions, voice, words
from scenes.kit.script.beat import HOLD, AudioClip, Beat
from scenes.kit.script.captions import Cue

CURTAIN = 0.4  # seconds in which a scene fades at its end


class Narration:
    """The sentences of a beat that is under way.

    Args:
        scene: the scene that the beat belongs to; the narration begins at the scene's present time.
        name: the beat's name in the words file.

    Raises:
        KeyError: the words have no such beat, or a sentence of it names a number that does not exist.
    """

    def __init__(self, scene: BeatScene, name: str) -> None:
        self._scene = scene
        self._left = list(scene.words.script(name))
        self._ends = scene.time
        self.cues: list[Cue] = []
        self.clips: list[AudioClip] = []
        self.words = 0

    @property
    def time_left(self) -> float:
        """Seconds until the sentence being said has ended (0 when nothing is being said)."""
        return max(self._ends - self._scene.time, 0.0)

    def next_sentence(self) -> float:
        """Wait for the sentence before, start the next one, and return its length in seconds.

        A sentence lasts as long as it is spoken, but no shorter than its captions need to be read. One
        that is not true of the lesson is left out: nothing is said, and it lasts 0 seconds.
        """
        if self.time_left:
            self._scene.pause(self.time_left + (voice.PAUSE if self.cues else 0.0))
        if not self._left:
            raise RuntimeError(f"{self._scene}: a beat asks for more sentences than its words have")
        sentence = self._left.pop(0)
        if sentence is None:
            return 0.0
        speech = self._scene.narrator.say(sentence.spoken, sentence.caption)
        now = self._scene.time
        if speech.path is not None:
            self._scene.add_sound(str(speech.path))
            self.clips.append(AudioClip(now, speech.path))
            self.words += len(sentence.spoken.split())
        duration = max(speech.duration, captions.time_needed(sentence.caption))
        self.cues.extend(captions.cues(sentence.caption, now, duration))
        self._ends = now + duration
        return duration

    def finish(self) -> None:
        """Say what is left, and let the still stand."""
        while self._left:
            self.next_sentence()
        self._scene.pause(self.time_left)
        self._scene.pause(HOLD)


class BeatScene(Scene):
    """A Manim scene made of beats, in the theme, words and lesson that the settings name.

    Args:
        renderer: what draws the scene. None, which is also what a notebook's ``%%manim`` passes, is the kit's
            own renderer.
        options: Manim's other options for a scene; ``skip_animations`` also goes to the kit's renderer.

    Raises:
        SystemExit: Manim was told to render with OpenGL, or the environment's settings are not valid.
        KeyError: the words file has no section for the scene.
    """

    poster: ClassVar[str | None] = None
    """The beat whose still stands for the scene; the last one by default."""

    on_beat_end: Callable[[str], None] | None = None
    """Told each beat's name when it has ended."""

    only: Sequence[str] = ()
    """The beats that are shown, in the scene's order: the others are jumped over, and leave the picture as if
    they had been shown; the scene ends with the last. () shows all."""

    begins_on: ClassVar[str | None] = None
    """What the scene shows in its first frame and has from the scene before; see :meth:`hand_over`."""

    ends_on: ClassVar[str | None] = None
    """What alone is left in its last frame, at the place, in the size and the color in which a scene that
    begins on it has it: where the two are neighbours, nothing parts them."""

    has_curtain: bool = True
    """Whether the scene ends in the background's color, unless it hands something over."""

    def __init__(self, renderer: CairoRenderer | None = None, **options: Any) -> None:
        require_cairo()
        config.disable_caching = (
            True  # Manim's cache does not know of the lesson, and hashing costs more than drawing
        )
        if renderer is None:
            renderer = KitRenderer(options.get("skip_animations", False))
        super().__init__(renderer, **options)
        self.lesson = settings.current_lesson()
        self.theme = theme.current()
        self.words = words.current(*(kind.__name__ for kind in type(self).__mro__))
        self.places = places.current()
        self.narrator = voice.narrator(settings.current().voice, self.words.language)
        # cairo blends the edges of what is drawn with the background's color, also where that is left out
        is_seen = self.camera.background_opacity > 0
        self.camera.background_color = self.theme.background if is_seen else BLACK
        self.beats: list[Beat] = []
        self._jumps = Jumps()
        self._moving: Mapping[Mobject, None] | None = None
        self._heading: tuple[Mobject, float] | None = None  # and when it was shown

    @classmethod
    def data(cls, lesson: Lesson) -> Mapping[str, Mapping[str, NDArray[Any]]]:
        """The arrays behind the scene's figures: tables by name, each of columns (n,) by name; none here.

        A scene that has some says so, mostly with data_tables.py:
        ``{"descent": data_tables.descent(lesson.raw)}``.
        """
        return {}

    @property
    def title(self) -> str:
        """The scene's title, in the words' language."""
        return self.words.title

    def setup(self) -> None:
        """What comes before the first beat belongs to it, and is jumped over with it."""
        super().setup()
        if self.only and self.only[0] != next(iter(self.words.beats), None):
            self._jump("before")

    @contextmanager
    def beat(self, name: str) -> Iterator[Narration]:
        """One beat: a section, its narration, and a still at the end.

        The times of those that are shown are those of what is seen: jumping takes none.
        """
        is_shown = not self.only or name in self.only
        if is_shown:
            self._land(name)
        else:
            self._jump(name)
        start = self.time
        narration = Narration(self, name)
        narration.next_sentence()
        yield narration
        narration.finish()
        if not is_shown:
            return
        title, clips = self.words.beat_title(name), tuple(narration.clips)
        cues = captions.stretched(narration.cues, self.time)
        beat = self._jumps.seen(Beat(name, title, start, self.time, cues, clips, narration.words))
        for cue in beat.cues:
            self.add_subcaption(cue.text, cue.end - cue.start, cue.start - self.time)
        self.beats.append(beat)
        if self.on_beat_end is not None:
            self.on_beat_end(name)
        if ends_with(name, self.only, self.words.beats, self.has_curtain):
            self._jump("the rest")
            raise EndSceneEarlyException

    def _jump(self, name: str) -> None:
        """From here on nothing is shown."""
        self.next_section(name, skip_animations=True)
        self._jumps.begin(self.time)

    def _land(self, name: str) -> None:
        """From here on all is shown; the picture that was shown last fades into the one that is there now."""
        self.next_section(name)
        if self._jumps.end(self.time) and self.beats and isinstance(self.renderer, KitRenderer):
            self.renderer.dissolve(round(CURTAIN * config.frame_rate))

    def tells(self, beat: str) -> bool:
        """Whether the beat is told of this lesson; one whose condition does not hold is left out."""
        return self.words.tells(beat)

    def fade_out(self, *mobjects: Mobject, run_time: float = 0.5) -> None:
        """Fade things out, each at its place in the drawing order; a group Manim would draw on top of all."""
        self.play(*(FadeOut(mobject) for mobject in mobjects), run_time=run_time)

    def show_heading(self) -> None:
        """The scene's title, in its place; it leaves by itself after two seconds."""
        title = furniture(self.places.heading(typography.title(self.title))).set_opacity(0)
        self._heading = title, self.time
        self.add(title)

    def compile_animations(self, *animations: Any, **options: Any) -> list[Animation]:
        """What is played, and a heading that comes or goes meanwhile."""
        compiled = super().compile_animations(*animations, **options)
        if self._heading is None:
            return compiled
        title, shown = self._heading
        compiled = heading.along(title, self.time - shown, compiled)
        if isinstance(compiled[-1], heading.Passing) and compiled[-1].is_over:
            self._heading = None
        return compiled

    def hand_over(self, *kept: Mobject) -> None:
        """End on what the next scene begins with: all but ``kept`` fades, and no curtain falls.

        Args:
            kept: Mobjects of the scene, with what belongs to them; their places are those in which a scene
                with the same :attr:`begins_on` has them.
        """
        stays = {part for mobject in kept for part in mobject.get_family()}
        rest = [mobject for mobject in self.mobjects if mobject not in stays]
        if rest:
            self.play(*map(FadeOut, rest), run_time=CURTAIN)
        self.pause(1 / config.frame_rate)  # the last of an animation's frames is not yet its end

    def tear_down(self) -> None:
        """A scene ends on what it hands over, or in the background's color: the next begins without a jump.

        A last picture (Manim's ``-s``) and a film without background (``-t``) stay as they are, and a range
        of animations (``-n``) ends where it ends.
        """
        output = self.session_spec.output
        if self.has_curtain and self.ends_on is None and not (output.is_still or output.transparent):
            with suppress(EndSceneEarlyException):
                self.play(FadeIn(self._curtain(), run_time=CURTAIN))
                self.pause(1 / config.frame_rate)  # the last of an animation's frames is not yet its end

    def _curtain(self) -> Mobject:
        """What covers the picture, also one that is higher than wide."""
        curtain = FullScreenRectangle(stroke_width=0, fill_color=self.theme.background, fill_opacity=1)
        width, height = self.camera.frame_width, self.camera.frame_height
        curtain.stretch_to_fit_width(max(curtain.width, width))
        return curtain.stretch_to_fit_height(max(curtain.height, height))

    def get_moving_and_static_mobjects(
        self, animations: Iterable[Animation]
    ) -> tuple[list[Mobject], list[Mobject]]:
        """What has to be drawn anew at every frame, and what lies below all of that."""
        moving = self._moving = layers.moving_members(self.mobjects, animations)
        return layers.split(self.camera.members(self.mobjects), moving, self.camera)

    def update_mobjects(self, dt: float) -> None:
        """Run updaters: all of them when an animation begins and ends, in between those of what moves."""
        if dt == 0 or self._moving is None:
            super().update_mobjects(dt)
        else:
            for mobject in self._moving:
                mobject.update(dt, recursive=False)

    def pause(self, duration: float = 1.0) -> None:
        """Let the picture stand for ``duration`` seconds, to the next frame."""
        if duration * config.frame_rate > 1 - 1e-9:
            self.wait(duration, frozen_frame=True)
