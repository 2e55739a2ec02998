"""All that is found by training networks with some settings, each result when it is first asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar, cast

from threadpoolctl import threadpool_limits

from bn_math.checks import instance, shown
from bn_math.networks.trained.results import (
    AlongGradient,
    DepthStudy,
    Drift,
    RateStudy,
    Shaking,
    StartOfTraining,
    StartSpreadStudy,
    UnseenStudy,
    Walls,
)
from bn_math.networks.trained.settings import NetworkSettings
from bn_math.networks.trained.store import current_store
from bn_math.networks.trained.studies import depths, robustness
from bn_math.networks.trained.studies.drift import drift
from bn_math.networks.trained.studies.shaking import shaking
from bn_math.pickling import PickleByFields

Kind = TypeVar("Kind")

PARTS: dict[str, Callable[[NetworkSettings], Any]] = {
    "walls": depths.walls,
    "start": depths.start_of_training,
    **{f"depths.{name}": compute for name, compute in depths.DEPTHS.items()},
    "rates": robustness.rate_study,
    "starts": robustness.start_spread_study,
    "unseen": robustness.unseen_study,
    "drift": drift,
    "shaking": shaking,
    **{f"along.{name}": compute for name, compute in robustness.ALONG_PARTS.items()},
}


@dataclass(frozen=True)
class NetworkStudy(PickleByFields):
    """What training networks with and without batch normalization gives, under one `NetworkSettings`.

    Every result is computed when it is first asked for, and kept by the store in use: see `store.use_store`.
    Two studies with equal settings are equal. `parts` are the pieces in which they are computed.
    """

    settings: NetworkSettings = NetworkSettings()

    def __post_init__(self) -> None:
        """Checks the settings."""
        instance("settings", self.settings, NetworkSettings, "NetworkSettings()")

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of the pieces, which can be computed one apart from another."""
        return tuple(PARTS)

    def part(self, name: str) -> Any:
        """One piece by its name. Raises ValueError for a name that is none of `parts`."""
        if not isinstance(name, str) or name not in PARTS:
            raise ValueError(f"name must be one of {', '.join(PARTS)}, but is {shown(name)}")
        return current_store().result(self.settings, name, lambda: _computed(name, self.settings))

    @cached_property
    def walls(self) -> Walls:
        """Test rows read right as sigmoid networks of growing depth are trained."""
        return _checked(self.part("walls"), Walls)

    @cached_property
    def start(self) -> StartOfTraining:
        """The deepest of them before the first step."""
        return _checked(self.part("start"), StartOfTraining)

    @cached_property
    def depths(self) -> tuple[DepthStudy, ...]:
        """Steps to the mark against depth: sigmoid, ReLU, tanh."""
        return tuple(_checked(self.part(f"depths.{name}"), DepthStudy) for name in depths.DEPTHS)

    @cached_property
    def rates(self) -> RateStudy:
        """The loss after some epochs against the learning rate."""
        return _checked(self.part("rates"), RateStudy)

    @cached_property
    def starts(self) -> StartSpreadStudy:
        """Steps to the mark against the spread of the start's weights."""
        return _checked(self.part("starts"), StartSpreadStudy)

    @cached_property
    def unseen(self) -> UnseenStudy:
        """Accuracy on unseen rows after long training on few."""
        return _checked(self.part("unseen"), UnseenStudy)

    @cached_property
    def drift(self) -> Drift:
        """Two neurons of each layer while a network is trained."""
        return _checked(self.part("drift"), Drift)

    @cached_property
    def shaking(self) -> Shaking:
        """The loss of networks that are shaken after batch normalization, and of those that are not."""
        return _checked(self.part("shaking"), Shaking)

    @cached_property
    def along(self) -> tuple[AlongGradient, ...]:
        """The loss along the gradient: ReLU, sigmoid."""
        return tuple(_checked(self.part(f"along.{name}"), AlongGradient) for name in robustness.ALONG)


def _computed(name: str, settings: NetworkSettings) -> Any:
    """One piece. The matrices are small: shared out among threads, they take eight times as long."""
    with threadpool_limits(limits=1, user_api="blas"):
        return PARTS[name](settings)


def _checked(result: Any, kind: type[Kind]) -> Kind:
    """What a store gave back, which must be the result that was asked for."""
    return cast(Kind, instance("result", result, kind))
