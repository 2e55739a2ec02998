"""An ear for the narration: the speech recognizer PocketSphinx, whose English model lies in its package.

It listens in two ways. ``freely``: any of its hundred thousand words may come, so what it hears is
evidence that a person would hear it too; it mishears some. ``choosing``: the sentence is given, but where a
number or a symbol belongs, any number, any symbol or a foil may come. That is nearly free of errors, and
tells "six three five two" from "six thousand three hundred and fifty-two".
"""

from __future__ import annotations

import math
import re
import wave
from functools import cached_property
from pathlib import Path

import numpy as np
from num2words import num2words
from pocketsphinx import Decoder
from scipy.signal import resample_poly

from scenes.kit.script import voice

RATE = 16_000
SCALES = ("hundred", "thousand", "million")
NUMBERS = (*map(num2words, (*range(20), *range(20, 100, 10))), *SCALES, "point", "minus", "oh")
FOILS = ("sign", "signal", "gamble", "data", "letter", "summer", "ex")  # what a misread symbol may sound like
LETTER, ARTICLE = "letter-a", "article-a"
FASTER = {"ds": 2, "topn": 2, "maxhmmpf": 1000, "maxwpf": 8}  # half of the work, and as many words are heard
FEWER_WORDS = 0.01  # the price of another word in a number: without it a breath becomes an "eight"

# The voice's phonemes as those of the CMU dictionary, for words that this does not have.
SOUNDS = {
    "A": "EY", "I": "AY", "W": "AW", "Y": "OY", "O": "OW", "ə": "AH", "ɐ": "AH", "ᵊ": "AH", "ᵻ": "IH",
    "æ": "AE", "ɑ": "AA", "ɔ": "AO", "ɛ": "EH", "ɜ": "ER", "ɪ": "IH", "i": "IY", "ʊ": "UH", "u": "UW",
    "ʌ": "AH", "h": "HH", "j": "Y", "ɡ": "G", "ŋ": "NG", "ɹ": "R", "ʃ": "SH", "ʒ": "ZH", "ð": "DH",
    "θ": "TH", "ʤ": "JH", "ʧ": "CH", "T": "D", "ɾ": "D",
} | {letter: letter.upper() for letter in "bdfklmnpstvwz"}  # fmt: skip


def words_of(spoken: str) -> list[str]:
    """The words of a sentence in small letters; a capital A inside of it is the letter, not the article."""
    marked = re.sub(r"(?<=[^.?!] )A\b", LETTER, spoken)
    return [word for word in re.findall(r"letter-a|[a-z']+", marked.lower())]


def read(path: Path) -> bytes:
    """A 16-bit mono WAV file as the recognizer wants it, with a little silence around it."""
    with wave.open(str(path)) as file:
        rate = file.getframerate()
        samples = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").astype(np.float64)
    common = math.gcd(rate, RATE)
    quiet = np.zeros(RATE // 5)
    heard = np.concatenate([quiet, resample_poly(samples, RATE // common, rate // common), quiet])
    return np.clip(heard, -32768, 32767).astype("<i2").tobytes()


class Ear:
    """A recognizer; ``symbols`` are the spoken names of the film's symbols, such as "x hat"."""

    def __init__(self, symbols: list[str]) -> None:
        self.symbols = sorted(symbols, key=len, reverse=True)

    def knows(self, word: str) -> bool:
        """Whether the recognizer's own dictionary has ``word``."""
        return self._free.lookup_word(word) is not None

    def freely(self, audio: bytes) -> list[str]:
        """What is heard when anything may be said."""
        return words_of(_listen(self._free, audio))

    def asked(self, spoken: str) -> list[str]:
        """What :meth:`choosing` has to hear: the numbers, symbols and letters A of a sentence in order."""
        asked = (kind != "word" or words == [LETTER] for kind, words in self.parts(spoken))
        return [" ".join(words) for (_, words), one in zip(self.parts(spoken), asked, strict=True) if one]

    def choosing(self, spoken: str, audio: bytes) -> list[str]:
        """Which numbers, symbols and letters A are heard when everything else of ``spoken`` is given."""
        return self.asked(self._choose(spoken, audio, {}))

    def again(self, spoken: str, audio: bytes, doubted: set[str], heard: set[str]) -> set[str]:
        """Which ``doubted`` words fit better than any that was ``heard``, when the rest is given."""
        others = {word: f"({' | '.join([word, *sorted(heard)])})" for word in doubted}
        return doubted & set(words_of(self._choose(spoken, audio, others)))

    def _choose(self, spoken: str, audio: bytes, others: dict[str, str]) -> str:
        """What is heard of a sentence that is given but for its slots and for the words in ``others``."""
        slots = {"number": "<number>", "symbol": "<symbol>"}
        others = {LETTER: f"({LETTER} | {ARTICLE})", **others}
        found = []
        for kind, words in self.parts(spoken):
            for word in words:
                self._learn(word)
            found.append(slots.get(kind) or others.get(words[0], words[0]))
        joined = [f"{scale} and" for scale in SCALES]
        grammar = (
            f"#JSGF V1.0; grammar beat; public <sentence> = {' '.join(found)};"
            f"<number> = ({' | '.join([*NUMBERS, *joined])})+;"
            f"<symbol> = {' | '.join([*self.symbols, *FOILS])};"
        )
        self._choosing.add_jsgf_string("beat", grammar)
        self._choosing.activate_search("beat")
        return _listen(self._choosing, audio)

    def parts(self, spoken: str) -> list[tuple[str, list[str]]]:
        """A sentence cut into its numbers, symbols and other words."""
        left, parts = words_of(spoken), list[tuple[str, list[str]]]()
        while left:
            count = _number_of_words(left)
            symbol = next((s.split() for s in self.symbols if left[: len(s.split())] == s.split()), [])
            kind = "number" if count else "symbol" if symbol else "word"
            size = count or len(symbol) or 1
            parts.append((kind, left[:size]))
            del left[:size]
        return parts

    @cached_property
    def _free(self) -> Decoder:
        return Decoder(samprate=RATE, loglevel="FATAL", **FASTER)

    @cached_property
    def _choosing(self) -> Decoder:
        decoder = Decoder(samprate=RATE, loglevel="FATAL", lm=None, wip=FEWER_WORDS)
        decoder.add_word("mu(2)", "M Y UW", False)  # the dictionary has the bird, "moo"
        decoder.add_word(LETTER, "EY", False)
        decoder.add_word(ARTICLE, "AH", True)
        return decoder

    def _learn(self, word: str) -> None:
        """Give a word that the dictionary lacks the pronunciation that the voice intends."""
        if self._choosing.lookup_word(word) is None:
            self._choosing.add_word(word, pronunciation(word), True)


def pronunciation(word: str) -> str:
    """The sounds of ``word`` by the voice's own spelling rules, in the CMU dictionary's alphabet."""
    phonemes = " ".join(voice._voice().phonemize(word))
    return " ".join(SOUNDS[mark] for mark in re.sub("[əɜ]ɹ", "ɜ", phonemes) if mark in SOUNDS)


def _number_of_words(words: list[str]) -> int:
    """How many of the first words are one number; "and" belongs to it after a hundred."""
    count = 0
    while count < len(words):
        joins = words[count] == "and" and count and words[count - 1] in SCALES
        if words[count] not in NUMBERS and not (
            joins and words[count + 1 : count + 2] and words[count + 1] in NUMBERS
        ):
            break
        count += 1
    return count


def _listen(decoder: Decoder, audio: bytes) -> str:
    decoder.start_utt()
    decoder.process_raw(audio, full_utt=True)
    decoder.end_utt()
    heard = decoder.hyp()
    return heard.hypstr if heard else ""
