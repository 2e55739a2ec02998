"""``bnviz.show``: a scene or a beat, rendered where the store has none, as a video in a notebook's cell."""

from __future__ import annotations

import os
import warnings
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bnviz import doctor
from bnviz.cache.store import CACHE
from bnviz.errors import UserError
from bnviz.installation import install
from bnviz.notebook.asked import chosen, folder_of, require_shown, scene_and_beat, settings_of
from bnviz.notebook.video import Video
from bnviz.run.quality import LOW, QUALITIES
from scenes.kit.languages import ENGLISH, named
from scenes.kit.palettes import FILM

if TYPE_CHECKING:
    from bnviz.film.make import FilmRequest
    from bnviz.film.timeline import Timeline
    from bnviz.notebook.asked import AnyLesson
    from scenes.kit.settings import Settings


def show(
    what: str,
    *,
    lesson: AnyLesson = None,
    quality: str = LOW.name,
    theme: str = FILM,
    language: str = ENGLISH.code,
    voice: bool = False,
    cache: str | os.PathLike[str] = CACHE,
) -> Video:
    """A scene or a beat as a video that a notebook embeds.

    It ends on its last picture, without the curtain between the film's scenes. What is rendered is kept in
    ``cache``, the store of the command: a second call takes it from there.

    Args:
        what: ``"Valley"`` or ``"Valley/descent"``; ``bnviz list`` names them all.
        lesson: a Lesson, the path of a lesson's or a CSV file, or None for the article's.
        quality: ``"low"``, ``"medium"`` or ``"high"``: 480p15, 720p30 or 1080p60.
        theme: the colors.
        language: its code of two letters.
        voice: whether it is narrated.
        cache: the folder of the store.

    Raises:
        SceneFailed: the scene raised an exception.
        UserError: an argument names what there is not; the message says what would be right.
    """
    from bnviz.cache.networks import keep_networks
    from bnviz.cache.store import Store
    from bnviz.film.make import FilmRequest

    source, beat = scene_and_beat(what)
    size, folder = chosen("quality", quality, QUALITIES), folder_of("cache", cache)
    settings = settings_of(lesson, theme, language, voice)
    _require_voice(settings)
    require_shown(source, beat, settings)
    keep_networks(folder, print)
    store = Store(folder, tell=partial(warnings.warn, stacklevel=2))
    return _Wanted(beat, FilmRequest([source], settings, folder, size, store=store)).video()


def _require_voice(settings: Settings) -> None:
    """Refuse to speak without a voice.

    Raises:
        UserError: the message says what lacks.
    """
    if not settings.voice:
        return
    if named(settings.language).voice is None:
        raise UserError(f"voice is True, but there is no voice for {named(settings.language).name}")
    if missing := doctor.missing_voice():
        raise UserError(f"voice is True, which needs {' and '.join(missing)}: {install('voice')}")


@dataclass(frozen=True)
class _Wanted:
    """A scene, which ``request`` names alone, or a ``beat`` of it."""

    beat: str | None
    request: FilmRequest

    def video(self) -> Video:
        """Taken from the whole scene, where the store has it, else from the beat rendered alone."""
        from bnviz.film.make import Listener, rendered_scenes
        from bnviz.film.timeline import timeline
        from bnviz.temporary import temporary_folder

        class Warner(Listener):
            def warn(self, sentence: str) -> None:
                warnings.warn(sentence, stacklevel=2)

        with (
            temporary_folder() as folder,
            rendered_scenes(self._least_work(), folder, Warner()) as rendered,
        ):
            return self._cut(timeline(rendered), folder)

    def _least_work(self) -> FilmRequest:
        from bnviz.cache.code_key import RenderEnvironment
        from bnviz.cache.scenes import SceneCache

        request = self.request
        kept = SceneCache(request.store, RenderEnvironment(request.settings, request.quality))
        if self.beat is None or kept.rendered(request.sources):
            return request
        return replace(request, sources=[replace(source, beats=(self.beat,)) for source in request.sources])

    def _cut(self, plan: Timeline, folder: Path) -> Video:
        """The film of the scene, or of its beat, up to its last still."""
        from bnviz.media.caption_files import as_vtt, shifted
        from bnviz.media.cut import CutError, cut
        from bnviz.media.soundtrack import RATE, narration
        from bnviz.talk.pictures import first_and_last
        from scenes.kit.script.words import Words

        settings, language = self.request.settings, named(self.request.settings.language)
        taken = [placed for placed in plan.beats if self.beat in (None, placed.beat.name)]
        scene, first, last = taken[0].scene, taken[0].first, taken[-1].last
        start, end = first / scene.frame_rate, last / scene.frame_rate
        said = narration(plan.clips, round(plan.duration * RATE))
        samples = None if said is None else said[round(start * RATE) : round(end * RATE)]
        movie = folder / "movie.mp4"
        try:
            cut(scene.video, movie, scene.frame_rate, first, last, samples)
        except CutError as error:
            raise UserError(str(error)) from error
        words = Words(scene.name, settings.lesson, language.code)
        alt = words.alt(taken[-1].beat.name)
        return Video(
            what=f"{scene.name}/{self.beat}" if self.beat else scene.name,
            title=words.full_title(self.beat) if self.beat else words.title,
            alt=alt if self.beat else f"{words.title}: {alt}",
            movie=movie.read_bytes(),
            captions=as_vtt(shifted([cue for placed in taken for cue in placed.beat.cues], -start)),
            poster=first_and_last(taken[-1])[1],
            size=scene.size,
            seconds=end - start,
            language=(language.code, language.name),
            has_voice=samples is not None,
        )
