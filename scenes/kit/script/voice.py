"""The narrator: text in, a WAV file and its length out. Without the extra ``voice`` the narrator is silent.

The voice is hibari-tts behind manim-voiceover's speech service: no network, and the same every time.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import wave
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from manim import config, logger

from scenes.kit.languages import ENGLISH, Language
from scenes.kit.script import captions
from scenes.kit.script.beat import PAUSE as PAUSE

if TYPE_CHECKING:
    from numpy.typing import NDArray

PACE = 0.85  # of the voice's own; gives about 155 words a minute
_QUIET = 0.004  # below this the voice only breathes
_RESPELLED = {  # what the voice would misread: a pattern, and letters that sound right
    r"(?<=[^.?!] )A\b": "eh",  # a capital inside of a sentence is the feature A, not the article
    r"\bReLU\b": "relloo",
    r"\bAdaGrad\b": "addagrad",
}


@dataclass(frozen=True)
class Speech:
    """A spoken sentence.

    Args:
        path: its WAV file; None in a silent film.
        duration: its length in seconds.
    """

    path: Path | None
    duration: float


class Narrator(Protocol):
    """What says a sentence: a voice, or silence."""

    def say(self, spoken: str, caption: str) -> Speech:
        """Say ``spoken``; ``caption`` is what is read meanwhile."""
        ...


class SilentNarrator:
    """Says nothing, and takes as long as the caption needs to be read."""

    def say(self, spoken: str, caption: str) -> Speech:
        """A pause in which ``caption`` can be read."""
        return Speech(None, captions.time_needed(caption))


class HibariNarrator:
    """Speaks through manim-voiceover, with the voice that lies in the hibari-tts package."""

    def __init__(self) -> None:
        from manim_voiceover.services.base import SpeechService

        class Service(SpeechService):
            """hibari as one of manim-voiceover's speech services."""

            def generate_from_text(self, text: str, cache_dir: Any = None, path: Any = None, **_: Any) -> Any:
                name = f"{hashlib.sha256(f'{PACE} {text}'.encode()).hexdigest()[:24]}.wav"
                target = Path(self.cache_dir) / name
                if not target.exists():
                    _write_whole(target, _trimmed(_voice()(text, speed=PACE, seed=0)), _voice().sample_rate)
                return {"input_text": text, "input_data": {"input_text": text}, "original_audio": name}

        self._service = Service(cache_dir=Path(config.media_dir) / "voiceovers")

    def say(self, spoken: str, caption: str) -> Speech:
        """The sentence as a WAV file in the media folder."""
        made = self._service._wrap_generate_from_text(pronounceable(spoken))
        path = Path(self._service.cache_dir) / made["final_audio"]
        with wave.open(str(path)) as audio:
            return Speech(path, audio.getnframes() / audio.getframerate())


def pronounceable(spoken: str) -> str:
    """``spoken`` respelled where the voice would misread it: the feature A it says like the article, "uh"."""
    for pattern, sound in _RESPELLED.items():
        spoken = re.sub(pattern, sound, spoken)
    return spoken


NARRATORS: dict[str, tuple[Callable[[], Narrator], tuple[str, ...]]] = {
    "hibari": (HibariNarrator, ("manim_voiceover", "hibari"))
}
"""Who speaks, by the name that a language's entry gives, and the modules that this needs."""


def narrator(wanted: bool, language: Language = ENGLISH) -> Narrator:
    """The language's voice; or silence, when it is wanted, or when there is no voice, which is said."""
    if not wanted:
        return SilentNarrator()
    if language.voice is None:
        logger.warning("The film is silent: there is no voice for %s", language.name)
        return SilentNarrator()
    make, modules = NARRATORS[language.voice]
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    if missing:
        logger.warning(
            "The film is silent: %s is not installed; `bnviz doctor` names what installs it",
            " and ".join(missing),
        )
        return SilentNarrator()
    return make()


@lru_cache(maxsize=1)
def _voice() -> Any:
    from hibari import Hibari

    return Hibari()


def _trimmed(audio: NDArray[np.float32]) -> NDArray[np.float32]:
    """The audio without the silence around it, so that a sentence starts when it is started."""
    loud = np.flatnonzero(np.abs(audio) > _QUIET)
    if not len(loud):
        return audio
    margin = 24_000 // 25
    return audio[max(loud[0] - margin, 0) : loud[-1] + 3 * margin]


def _write_whole(target: Path, audio: NDArray[np.float32], rate: int) -> None:
    beside = target.with_suffix(f".{os.getpid()}.tmp")
    with wave.open(str(beside), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(audio, -1, 1) * 32767).astype("<i2").tobytes())
    beside.replace(target)
