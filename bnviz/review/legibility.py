"""Can a beat's text be read? In the safe area, not over other text, large and clear enough."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bnviz.review.limits import LARGE, LIMITS, SAFE_MARGIN, Limits
from bnviz.review.measurement import Check, Figure, Place, problems
from bnviz.review.text_measures import HEIGHT, WIDTH, measure
from bnviz.run.render import RenderedScene
from bnviz.run.stills import Still
from scenes.kit.script.beat import TextMeasure

X_HEIGHT, WITH_A_TAIL = 0.72, 0.95  # of small letters, next to a capital of the film's font
LOW, TAILED = set("acemnorsuvwxz"), set("gpqty")  # letters of the one height and of the other


@dataclass(frozen=True)
class Shown:
    """The texts that stand at a beat's end, where that is, and how wide the frame is that is 480 high."""

    place: Place
    texts: tuple[TextMeasure, ...]
    width: float = WIDTH


def of_scenes(rendered: Iterable[RenderedScene]) -> list[Shown]:
    """The texts that were measured at the end of every beat when its scene was rendered."""
    return [
        Shown(Place(scene.name, beat.name, beat.end), beat.texts)
        for scene in rendered
        for beat in scene.beats
    ]


def of_still(still: Still) -> Shown:
    """A still's text, measured.

    Raises:
        ValueError: the still was taken without what is behind its text.
    """
    if still.behind is None:
        raise ValueError(
            "take the still with behind=True: contrast is measured against what is behind the text"
        )
    height, width = still.behind.shape[:2]
    texts = measure(still.texts, still.behind)
    return Shown(Place(still.scene, still.beat), texts, HEIGHT * width / height)


def still_problems(still: Still, limits: Limits = LIMITS) -> list[str]:
    """Everything that makes ``still`` hard to read, a sentence with a number each; empty when all is well.

    Raises:
        ValueError: the still was taken without what is behind its text.
    """
    return problems(checks([of_still(still)], limits))


def checks(shown: Iterable[Shown], limits: Limits = LIMITS) -> list[Check]:
    """Height, contrast, place and overlap of every text."""
    heights: list[Figure] = []
    small: list[Figure] = []
    large: list[Figure] = []
    reaches: list[Figure] = []
    overlaps: list[Figure] = []
    for item in shown:
        for text in item.texts:
            place = replace(item.place, about=f"text {text.text!r}")
            side, reach = outside(text, item.width)
            if not text.text or any(map(str.isalnum, text.text)):  # a dash has no letter to be measured
                heights.append(Figure(capital_height(text), place))
            (large if text.letter_height >= LARGE else small).append(Figure(text.contrast, place))
            reaches.append(Figure(reach, replace(place, about=f"{place.about}, {side}") if reach else place))
            over = f"{place.about} over {text.overlapped!r}" if text.overlapped else place.about
            overlaps.append(Figure(text.overlap, replace(place, about=over)))
    return [
        Check("legibility", "letter height at 480p", limits.letter_height, tuple(heights)),
        Check("legibility", "contrast below 18 pt", limits.contrast, tuple(small)),
        Check("legibility", "contrast from 18 pt", limits.large_contrast, tuple(large)),
        Check("legibility", "text outside of the safe area", limits.outside_safe_area, tuple(reaches)),
        Check("legibility", "text over text at 480p", limits.text_overlap, tuple(overlaps)),
    ]


def capital_height(text: TextMeasure) -> float:
    """The height of a text's tallest letter; of a capital beside it, where it has small letters only."""
    letters = set(filter(str.isalnum, text.text))
    if not letters <= LOW | TAILED or not letters:
        return text.letter_height
    return text.letter_height / (X_HEIGHT if letters <= LOW else WITH_A_TAIL)


def outside(text: TextMeasure, width: float = WIDTH) -> tuple[str, float]:
    """The side where a text reaches farthest beyond the safe area, and the percent of the frame; 0 inside.

    Args:
        text: measured in a frame that is 480 high.
        width: of that frame.
    """
    left, top, right, bottom = text.box
    reach = {
        "left": SAFE_MARGIN - left / width,
        "top": SAFE_MARGIN - top / HEIGHT,
        "right": right / width - (1 - SAFE_MARGIN),
        "bottom": bottom / HEIGHT - (1 - SAFE_MARGIN),
    }
    side = max(reach, key=lambda name: reach[name])
    return side, max(100 * reach[side], 0.0)
