"""What the film claims holds, by other means than the film's own; and what is false is said nowhere.

The first part looks for false phrases in every words file; each phrase must catch an example of itself.
The second computes what the words rest on.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import scipy.sparse.linalg

import scenes
from bn_math import BatchNorm, Lesson
from scenes.kit.script import variants
from scenes.kit.script.words import Words

ROOT = Path(__file__).parents[3]
WORD_FILES = sorted((Path(scenes.__file__).parent / "words").glob("*.toml"))
ARTICLE = Lesson.article()

# What nobody may say, as a pattern, and a sentence that says it.
FALSE = {
    r"internal covariate shift": "Batch norm removes internal covariate shift.",
    r"turn\w* (any|every|each|all) loss": "Batch norm turns any loss into a bowl.",
    r"(solv|cur|end|remov|prevent)\w* (the )?vanishing": "It solves vanishing gradients.",
    r"whiten": "It whitens its inputs.",
    r"gaussian|normally distributed": "It makes data Gaussian.",
    r"(?<!not )always (smooth|regulari)": "It always smooths the loss.",
    r"(?<!almost the )(?<!almost )same model": "Same data, same model, same algorithm.",
    r"same (start|height)": "The same start, the same rule.",
    r"scales? (alone )?decides?": "The scale alone decides.",
    r"every (learning )?rate( shown)? arrives": "With it, every rate shown arrives.",
    r"one (step size|learning rate) suits? all": "So one step size suits all.",
    r"(stop|prevent|keep)\w* (\w+ ){0,2}(from )?drift": "It stops inputs from drifting.",
    r"large weights (are why|fade|let)": "Large weights fade the gradient.",
    r"undo(es)? (it|all|everything)\b(?! for)": "The network may largely undo it.",
    r"w_raw|w_.raw.": 'w_"standardized" = sigma dot w_"raw"',
    r"(in the valley,|there,) it takes": "In the valley, it takes many steps.",
}


def entries(page: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a words file, a beat's sentences in a row, with where it stands."""
    if isinstance(page, str):
        yield path, page
    elif isinstance(page, list):
        said = [variants.texts(item) for item in page]  # of a label's variants, too, one is read at a time
        for place in range(max(map(len, said))):
            yield path, " ".join(texts[min(place, len(texts) - 1)][1] for texts in said)
    elif isinstance(page, dict):
        for key, value in page.items():
            yield from entries(value, f"{path}.{key}")


def false_in(text: str) -> list[str]:
    return [pattern for pattern in FALSE if re.search(pattern, text, re.IGNORECASE)]


@pytest.mark.parametrize("pattern", FALSE)
def test_each_false_phrase_is_caught(pattern: str) -> None:
    assert pattern in false_in(FALSE[pattern])


@pytest.mark.parametrize("path", WORD_FILES, ids=lambda path: path.name)
def test_no_words_say_what_is_false(path: Path) -> None:
    pages = tomllib.loads(path.read_text(encoding="utf-8"))
    found = {place: false_in(text) for place, text in entries(pages)}
    assert {place: patterns for place, patterns in found.items() if patterns} == {}


PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs" / "guide").glob("*.md")])


@pytest.mark.parametrize("path", [*PAGES, ROOT / "docs" / "maths.md"], ids=lambda path: path.name)
def test_the_pages_say_nothing_false_either(path: Path) -> None:
    """What is not claimed, what is debated, and the titles of papers apart: such phrases are named there."""
    text = path.read_text(encoding="utf-8")
    claimed = re.sub(r"(?s)## (What is not claimed|The debate|Sources).*?(?=\n## |\Z)", "", text)
    assert len(claimed) < len(text) or path.name != "maths.md"
    assert false_in(" ".join(claimed.split())) == []


# -- what the words rest on ---------------------------------------------------------------------------------
def said(scene: str, beat: str) -> str:
    return Words(scene, ARTICLE).caption(beat)


def test_the_two_models_are_almost_the_same_for_centring_y_stands_in_for_a_bias() -> None:
    x, y = ARTICLE.data.features, ARTICLE.data.target
    ones = np.ones((len(x), 1))
    least = [np.linalg.lstsq(item, y, rcond=None)[1][0] / len(y) for item in (x, np.hstack([x, ones]))]
    assert [f"{value:.5f}" for value in least] == ["0.01005", "0.00942"]
    assert ARTICLE.standardized.loss.minimum == pytest.approx(least[1], rel=1e-9)
    assert "almost the same model" in said("Question", "question")


def test_the_standardized_weights_are_sigma_times_those_of_the_centred_model_not_of_the_raw() -> None:
    sigma, goal = ARTICLE.data.stds, ARTICLE.standardized.loss.minimizer
    np.testing.assert_allclose(sigma * ARTICLE.centered.loss.minimizer, goal, rtol=1e-9)
    assert np.abs(sigma * ARTICLE.raw.loss.minimizer / goal - 1).max() > 1e-3


def test_the_thousands_of_steps_are_the_weights_and_the_film_says_what_the_fit_takes() -> None:
    sentences = " ".join(said("Valley", beat) for beat in Words("Valley", ARTICLE).beats)
    assert f"{ARTICLE.raw.steps} steps" in sentences
    assert "one step removes nearly all the loss" in sentences and "the weight of A lags" in sentences
    assert "excess loss" in Words("Valley", ARTICLE).label("loss_left")


def test_learned_at_the_same_rate_gamma_and_beta_do_not_stand_every_rate() -> None:
    """beta's curvature is 2, so that past a rate of 1 it diverges: the words must say "at their best"."""
    x, y = ARTICLE.data.features, ARTICLE.data.target

    def left(rate: float) -> float:
        w, gamma, beta = np.array([1.0, 0.2]), 1.0, 0.0
        for _ in range(2000):
            z = x @ w
            x_hat = (z - z.mean()) / z.std()
            slope = 2 * (gamma * x_hat + beta - y) / len(y)
            back = gamma / z.std() * (slope - slope.mean() - x_hat * (x_hat * slope).mean())
            w, gamma, beta = w - rate * back @ x, gamma - rate * slope @ x_hat, beta - rate * slope.sum()
            if abs(beta) > 1e9:
                return np.inf
        return float(np.mean((gamma * x_hat + beta - y) ** 2) / y.var())

    assert left(0.5) < 0.01
    assert left(1.01) == np.inf
    page = Words("InsideTheNetwork", ARTICLE)
    assert "γ and β solved exactly after each step, every rate for the weights arrives" in said(
        "InsideTheNetwork", "rates"
    )
    assert "$gamma$ and $beta$ solved" in page.label("normalized")
    assert page.label("rate") == "learning rate of the weights"


def test_hidden_layers_with_batch_norm_are_not_standardized_inputs() -> None:
    """A ReLU that follows brings a mean back, which one direction has all of; correlations stay."""
    x = np.random.default_rng(0).normal(size=(20_000, 64))
    h = np.maximum(x, 0)
    numbers = [np.linalg.cond(item.T @ item) for item in (h, h - h.mean(axis=0))]
    assert numbers[0] == pytest.approx(1 + 64 / (np.pi - 1), rel=0.15) and numbers[1] < 1.3
    correlated = np.column_stack([x[:, 0], x[:, 0] + 0.2 * x[:, 1]])
    before, after = (np.corrcoef(item.T)[0, 1] for item in (correlated, BatchNorm(2).forward(correlated)))
    assert before == pytest.approx(after, abs=1e-6) and before > 0.9
    assert "takes each feature by itself, so this valley stays" in said("Correlation", "descent")


def test_gamma_and_beta_undo_their_own_batch_and_no_other() -> None:
    x = ARTICLE.data.features
    means, spreads = ARTICLE.batches.means, np.sqrt(ARTICLE.batches.stds**2 + ARTICLE.settings.eps)
    off = np.array(
        [
            [np.square((x[rows] - m) / s * spread + mean - x[rows]).mean(axis=0) for rows, m, s in batches]
            for mean, spread in zip(means, spreads, strict=True)
            for batches in [list(zip(ARTICLE.batches.rows, means, spreads, strict=True))]
        ]
    )
    count = len(means)
    own = off[range(count), range(count)]
    assert own.max() < 1e-20
    others = off.sum(axis=(0, 1)) / (count * (count - 1))
    assert (np.sqrt(others) / ARTICLE.data.stds > 0.25).all()
    assert "even all the way back, for this batch" in said("ScaleShift", "dials")


def test_scale_matters_to_first_order_methods_conjugate_gradients_take_two_steps() -> None:
    x, y = ARTICLE.data.features, ARTICLE.data.target
    steps: list[np.ndarray] = []
    found, _ = scipy.sparse.linalg.cg(x.T @ x, x.T @ y, rtol=1e-12, maxiter=10, callback=steps.append)
    np.testing.assert_allclose(found, ARTICLE.raw.loss.minimizer, rtol=1e-6)
    np.testing.assert_allclose(steps[1], ARTICLE.raw.loss.minimizer, rtol=1e-6)


def test_one_value_a_feature_is_refused_and_one_sample_of_many_values_is_not() -> None:
    with pytest.raises(ValueError, match="more than one value per channel"):
        BatchNorm(2).forward(np.ones((1, 2)))
    image = np.arange(18.0).reshape(1, 2, 9)
    assert BatchNorm(2).forward(image).shape == image.shape


def test_small_weights_fade_a_gradient_more_than_the_large_ones_shown() -> None:
    """Without a single sum on the flat ends; the film does not blame large weights."""
    small, large = (
        Lesson.article(deep=type(ARTICLE.settings.deep)(weight_scale=scale)).plain_stack.passes
        for scale in (1.0, 8.0)
    )
    shown = ARTICLE.plain_stack.passes
    assert small.signal_growth < 0.25 < shown.signal_growth < large.signal_growth
    assert small.flat_shares().max() == 0 and shown.flat_shares()[-1] > 0.4
    assert ARTICLE.story.small_stack.passes.signal_growth == small.signal_growth
    assert "it fades at once" in said("VanishingGradient", "small")
    assert "The gradient gets farther" in said("VanishingGradient", "large")


def test_a_picture_of_gradients_says_whose_they_are() -> None:
    assert "gradient of each layer's activations" in Words("VanishingGradient", ARTICLE).label("gradient")
