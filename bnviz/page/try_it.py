"""What of the page to play with belongs beside which scene: the state with which it opens there."""

from __future__ import annotations

from bnviz.play.make import PAGE

STATES = {
    "Question": "show=loss",
    "TheLoss": "show=loss&tilt=60",
    "Downhill": "show=loss&rate=3e-05",
    "Valley": "show=loss",
    "ValleyToBowl": "show=loss&scaling=0.5",
    "Bowl": "show=loss&scaling=1&centering=1",
    "OptimizerRace": "show=loss&optimizer=heavy_ball",
    "Correlation": "show=loss&scaling=1&centering=1&correlation=0.9",
    "LearningRates": "show=loss",
    "BatchSplit": "show=layer",
    "Standardize": "show=layer",
    "ScaleShift": "show=layer&gamma_a=2&beta_b=1",
    "BatchNoise": "show=layer&batch=4&shuffles=12",
    "TrainAndInference": "show=layer&mode=inference&shuffles=40",
    "Family": "show=norms&share=row",
}
"""By the scene's name. A rate in it is the article's: of other data the page's own best one is shown."""


def address_beside(scene: str, is_the_article: bool) -> str | None:
    """The address, from the page, of what can be tried beside ``scene``; None where there is nothing."""
    state = STATES.get(scene)
    if state is None:
        return None
    parts = [part for part in state.split("&") if is_the_article or not part.startswith("rate=")]
    return f"{PAGE}#{'&'.join(parts)}"
