"""`python -m bn_math.networks.trained`: finds the default settings' best rates and writes their file.

With `kernels` behind it, it trains the default study under several kernels and tells what differs.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bn_math.networks.layered.recipe import Recipe
from bn_math.networks.trained.arrival import best_rate, recipe_of
from bn_math.networks.trained.kernels import KERNELS, differences, under
from bn_math.networks.trained.settings import NetworkSettings
from bn_math.networks.trained.studies.depths import BOTH, STARTS, WALL
from bn_math.networks.trained.studies.robustness import PLAIN, SPREADS
from bn_math.networks.trained.study import NetworkStudy
from bn_math.networks.trained.tuned import FILE, Key, file_text, key_of


def recipes(settings: NetworkSettings) -> Iterator[Recipe]:
    """Every recipe whose best rate a study with these settings asks for."""
    asked: list[tuple[str, str | float, int]] = [
        *((name, start, depth) for name, start in STARTS.items() for depth in settings.depths),
        *((WALL, STARTS[WALL], depth) for depth in settings.wall_depths if depth not in settings.depths),
        *((PLAIN, spread, settings.depth) for spread in SPREADS),
    ]
    for name, start, depth in asked:
        for batch_norm in BOTH:
            yield recipe_of(settings, name, start, depth, batch_norm)


def write_rates() -> None:
    """Writes the file beside this module; the whole takes some minutes."""
    settings = NetworkSettings()
    rates: dict[Key, float] = {}
    for recipe in recipes(settings):
        rates[key_of(settings, recipe)] = rate = best_rate(settings, recipe)
        kind = "with" if recipe.batch_norm else "without"
        print(f"{recipe.activation}, {recipe.start}, {recipe.depth} layers, {kind}: {rate:.4g}", flush=True)
    Path(__file__).with_name(FILE).write_text(file_text(rates), encoding="utf-8", newline="\n")


def compare_kernels() -> bool:
    """Trains the default study under every kernel, prints what differs, and says if nothing does."""
    parts, found = NetworkStudy().parts, dict[str, dict[str, Any]]()
    for kernel in KERNELS:
        result = under(kernel, {}, parts)
        print(
            f"{kernel}: {'left out, the processor cannot run it' if result is None else 'trained'}",
            flush=True,
        )
        if result is not None:
            found[kernel] = result
    told = differences(found)
    print("\n".join(told) or f"the same under {', '.join(found)}")
    return not told


def main(words: list[str]) -> int:
    """0 if it went well, 1 if kernels differ, 2 for a word that is none."""
    if words == ["kernels"]:
        return 0 if compare_kernels() else 1
    if words:
        print(f"python -m bn_math.networks.trained [kernels], not {' '.join(words)}", file=sys.stderr)
        return 2
    write_rates()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
