"""What stands beside a feature's axis: its name, its unit where there is room, and its power of ten."""

from __future__ import annotations

from scenes.kit.script.magnitude import Magnitude
from scenes.kit.script.words import Words


def axis_names(words: Words, letter: str, power: Magnitude) -> list[str]:
    """Ways to name the axis of feature ``letter``, "a" or "b", the best first, see lettering/fit.py.

    Args:
        words: a scene's, which hold the labels "a" and "a_unit" (or "b" and so on) and "name_in_powers".
        letter: which of the features.
        power: what the axis' numbers are given in.
    """
    names = list(dict.fromkeys(words.label(key) for key in (f"{letter}_unit", letter)))
    if not power.power:
        return names
    return [words.label("name_in_powers", name=name, power=power.markup) for name in names]
