"""Best learning rates: from the file beside this one, for the settings that it holds for, else found now.

`python -m bn_math.networks.trained` makes the file anew, for the default settings.
"""

import csv
import io
from functools import cache
from importlib import resources

from bn_math.networks.layered.recipe import Recipe
from bn_math.networks.trained.arrival import best_rate, recipe_of
from bn_math.networks.trained.settings import NetworkSettings

FILE = "tuned_rates.csv"
# Of the settings, those that a best rate depends on; the file holds them in every row, with the recipe.
OF_SETTINGS = (
    *("batch_size", "tuning_seeds", "mark", "limit", "fixed_rows", "learning_rates", "rates_per_decade"),
)
OF_RECIPE = ("activation", "start", "depth", "batch_norm", "width", "eps", "momentum")

Key = tuple[str, ...]


def key_of(settings: NetworkSettings, recipe: Recipe) -> Key:
    """All that a best rate depends on besides the data, as texts."""
    return (
        *(_written(getattr(recipe, name)) for name in OF_RECIPE),
        *(_written(getattr(settings, name)) for name in OF_SETTINGS),
    )


def tuned_rate(
    settings: NetworkSettings, activation: str, start: str | float, depth: int, batch_norm: bool
) -> float:
    """The best rate of a recipe."""
    recipe = recipe_of(settings, activation, start, depth, batch_norm)
    if settings.data is None and (kept := kept_rates().get(key_of(settings, recipe))) is not None:
        return kept
    return best_rate(settings, recipe)


@cache
def kept_rates() -> dict[Key, float]:
    """The rates in the file, which are for the digits."""
    path = resources.files("bn_math.networks.trained").joinpath(FILE)
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8")))) if path.is_file() else []
    return {tuple(row[:-1]): float(row[-1]) for row in rows[1:]}


def file_text(rates: dict[Key, float]) -> str:
    """What the file holds for these rates."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*OF_RECIPE, *OF_SETTINGS, "rate"])
    writer.writerows([*key, repr(rate)] for key, rate in rates.items())
    return out.getvalue()


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(map(_written, value))
    return f"{value:.6g}" if isinstance(value, float) else str(value).lower()
