"""Every limit that a film is held against, in one place."""

from __future__ import annotations

from dataclasses import dataclass

from bnviz.review.measurement import Range

_FRAME = 1e-3  # seconds: a clip starts on a frame, and its length is a whole number of samples
_MILLISECOND = 2e-3  # seconds: caption files hold milliseconds, and both ends may be rounded


@dataclass(frozen=True)
class Limits:
    """What is allowed, and who says so.

    **Narration**: 140 to 160 words a minute, pauses counted, in each scene: the upper half of what Pimsleur,
    Hancock and Furey ("Speech rate and listening comprehension", 1977) call moderately slow. No beat is over
    180. A sentence ends before its beat does and before the next one starts.

    **Captions**: at most two lines of 42 characters, 17 characters a second, 5/6 s to 7 s (Netflix, Timed
    Text Style Guide, English template); at least 0.3 s a word (BBC, Subtitle Guidelines).

    **Text**: contrast of 4.5:1, and of 3:1 from 18 pt (WCAG 2.2, 1.4.3); inside 90 % of width and height
    (SMPTE ST 2046-1, safe title area); capitals and digits at least 8 pixels high at 480p, a sixtieth of the
    picture's height (the project's own). Outlines are rounded to pixels, so boxes may overlap by one.

    **Flashes**: at most three in any second (WCAG 2.2, 2.3.1). **Stillness**: no picture stands for more than
    4 s with nothing said (the project's own).

    **Surfaces, motion, joins, sizes at 1080p, figures at once** (the project's own, warnings alone): a loss
    is seen in the first second, as a surface or a map, and one outside of the first scene, which only asks,
    by 1:40; 45 % of the time there is one. Nothing moves for at most 15 % of the time, and for 2.5 s while
    something is said. A third of the joins may go through an empty frame. Capitals are 28 pixels high,
    exponents and subscripts 18. At most three key figures stand at once: labels of marks and axes are none.

    **Loudness**: -16 LUFS and a true peak below -1 dBTP (Apple Podcasts, audio requirements; measured as in
    ITU-R BS.1770-4). That page allows 1 dB; here the film may be off by 0.5 LU, each scene by 1.5 LU (the
    project's own).
    """

    scene_pace: Range = Range(140.0, 160.0, "words/min", 0)
    beat_pace: Range = Range(None, 180.0, "words/min", 0)
    said_outside_beat: Range = Range(None, 0.0, "s", 2, _FRAME)
    said_over_another: Range = Range(None, 0.0, "s", 2, _FRAME)

    still_unsaid: Range = Range(None, 4.0, "s", 1, 1e-9)
    flashes: Range = Range(None, 3.0, "", 0)

    letter_height: Range = Range(8.0, None, "px", 1)
    contrast: Range = Range(4.5, None, ":1", 2)
    large_contrast: Range = Range(3.0, None, ":1", 2)
    outside_safe_area: Range = Range(None, 0.0, "%", 1, 0.1)
    text_overlap: Range = Range(None, 1.0, "px", 1)

    caption_lines: Range = Range(1.0, 2.0, "", 0)
    caption_line_length: Range = Range(None, 42.0, "characters", 0)
    caption_speed: Range = Range(None, 17.0, "characters/s", 1)
    caption_seconds: Range = Range(5 / 6, 7.0, "s", 2, 2 * _MILLISECOND)
    caption_seconds_a_word: Range = Range(0.3, None, "s", 2)
    caption_overlap: Range = Range(None, 0.0, "s", 2, _MILLISECOND)

    first_loss: Range = Range(None, 1.0, "s", 1)
    first_explained_loss: Range = Range(None, 100.0, "s", 1)
    time_with_a_loss: Range = Range(45.0, None, "%", 0)
    time_without_motion: Range = Range(None, 15.0, "%", 0)
    hold_under_narration: Range = Range(None, 2.5, "s", 1, 1e-9)
    empty_joins: Range = Range(None, 100 / 3, "%", 0, 1e-9)
    capital_height: Range = Range(28.0, None, "px", 1)
    script_height: Range = Range(18.0, None, "px", 1)
    key_figures: Range = Range(None, 3.0, "", 0)

    loudness: Range = Range(-16.5, -15.5, "LUFS", 1)
    scene_loudness: Range = Range(-17.5, -14.5, "LUFS", 1)
    true_peak: Range = Range(None, -1.0, "dBTP", 1)


LIMITS = Limits()
SAFE_MARGIN = 0.05
"""Of width and height, on each side: the safe title area is 90 % of both."""
LARGE = 24.0 * 0.72
"""Pixels at 480p from which letters are large: 18 pt are 24 pixels there, and a capital is 0.72 of that."""
