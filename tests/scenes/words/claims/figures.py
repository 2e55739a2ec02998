"""What captions of figures and alternative texts claim: mostly what is said of the same beat.

What they only tell of the drawing needs no claim; what stands under a condition has one.
"""

from __future__ import annotations

import numpy as np

from bn_math import Lesson
from tests.scenes.words.claims import (
    Claim,
    between,
    deep,
    family,
    first,
    landscape,
    layer,
    network,
    noise,
    scale,
    shot,
    stack,
    why,
)
from tests.scenes.words.claims.first import arrives, aspect, goes_to_and_fro, hessian, left_after, step_along
from tests.scenes.words.claims.shot import condition_holds, halves_hold

MODULES = between, deep, family, first, landscape, layer, network, noise, scale, shot, stack, why
SAID: dict[str, Claim] = {key: claim for module in MODULES for key, claim in module.CLAIMS.items()}


def as_said(*keys: str) -> Claim:
    """The same as these sentences of the narration together."""
    return lambda lesson: all(SAID[key](lesson) for key in keys)


def is_valley(lesson: Lesson) -> bool:
    """Whether a line of equal loss of the raw data is four times as long as wide."""
    return aspect(lesson) > 3.99


def is_bowl(lesson: Lesson) -> bool:
    """Whether one of the standardized data is less than twice as long."""
    return aspect(lesson, standardized=True) < 2.01


def is_needle_then_round(lesson: Lesson) -> bool:
    """Whether it is a needle on the raw data, and almost a circle on the standardized."""
    return aspect(lesson) > 9.99 and aspect(lesson, standardized=True) < 1.31


def valley_and_bowl(lesson: Lesson) -> bool:
    """Whether it is the one, and then the other."""
    return is_valley(lesson) and is_bowl(lesson)


def one_is_home_the_other_far(lesson: Lesson) -> bool:
    """Whether after forty steps the raw weights are far away and the standardized ones have arrived."""
    steps = lesson.standardized.steps
    return goes_to_and_fro(lesson) and left_after(lesson, 40) > 0.3 and steps is not None and steps <= 12


def both_counts(lesson: Lesson) -> bool:
    """Whether both numbers of steps are right."""
    return arrives(lesson) and arrives(lesson, standardized=True)


def curvatures_differ_so(lesson: Lesson) -> bool:
    """Whether the condition number is the quotient of the curvatures, and a step goes so far along."""
    values = np.linalg.eigvalsh(hessian(lesson))
    along = np.isclose(100 * step_along(lesson), lesson.raw.percent_along_by_a_step, rtol=1e-3)
    return bool(along and np.isclose(values[1] / values[0], lesson.raw.spectrum.condition_number, rtol=1e-3))


def moved_or_grown(lesson: Lesson) -> bool:
    """Whether every cloud has drifted without batch norm, and none with it."""
    return between.every_cloud_drifts(lesson) and between.the_cloud_stays(lesson)


CLAIMS: dict[str, Claim] = {
    "Question.race.figure.0": both_counts,
    "Question.race.alt.0.0": valley_and_bowl,
    "Question.race.alt.1.0": one_is_home_the_other_far,
    "Question.title.alt.0.0": valley_and_bowl,
    "TwoScales.scales.figure.0.0": as_said("TwoScales.scales.2.0"),
    "TwoScales.scales.figure.0.1": lambda it: bool(np.isclose(first.spans(it), it.span_ratio)),
    "TwoScales.scales.alt.0.0": as_said("TwoScales.scales.2.0"),
    "TwoScales.spreads.figure.0": lambda it: bool(np.isclose(first.spreads(it), it.data.spread_ratio)),
    "TheLoss.mean.figure.0": as_said("TheLoss.mean.0"),
    "TheLoss.pull.figure.1": lambda it: max(landscape.bends(it), 1 / landscape.bends(it)) > 99,
    "TheLoss.pull.alt.1": lambda it: max(landscape.bends(it), 1 / landscape.bends(it)) > 99,
    "TheLoss.landscape.alt.0.0": is_valley,
    "Downhill.slope.alt.0.0": is_valley,
    "Downhill.rates.figure.0": as_said("Downhill.rates.0", "Downhill.rates.1", "Downhill.rates.2"),
    "Downhill.across.figure.0.0": as_said("Downhill.across.1.0", "Downhill.across.2.0"),
    "Downhill.across.alt.0.0": as_said("Downhill.across.1.0", "Downhill.across.2.0"),
    "BetweenLayers.layers.figure.0.0": as_said("BetweenLayers.layers.0.0"),
    "BetweenLayers.layers.alt.0.0": as_said("BetweenLayers.layers.0.0"),
    "BetweenLayers.drift.figure.0.0": between.every_cloud_drifts,
    "BetweenLayers.drift.alt.0.0": between.every_cloud_drifts,
    "BetweenLayers.every.figure.1": between.the_cloud_stays,
    "BetweenLayers.every.alt.1": moved_or_grown,
    "BatchSplit.deal.figure.0.0": as_said("BatchSplit.deal.1.0"),
    "BatchSplit.deal.figure.0.1": as_said("BatchSplit.deal.1.1"),
    "BatchSplit.first.alt.1": scale.hardly_high,
    "Standardize.center.alt.1": scale.hardly_high,
    "Standardize.divide.figure.0.0": scale.both_spread_by_one,
    "Standardize.divide.alt.0.0": scale.both_spread_by_one,
    "Standardize.eps.figure.0": scale.keeps_from_zero,
    "Standardize.every-batch.figure.0.0": scale.one_place,
    "ScaleShift.dials.figure.0": scale.own_batch_is_back,
    "Valley.descent.figure.1.0": as_said("Valley.descent.1.0"),
    "Valley.descent.figure.1.1": as_said("Valley.descent.1.1"),
    "Valley.descent.alt.0.0": is_valley,
    "Valley.home.figure.0.0": lambda it: it.settings.tolerance < 1e-13 and arrives(it),
    "Valley.home.figure.0.1": lambda it: SAID["Valley.home.0.1"](it) and arrives(it),
    "Valley.home.alt.0.0": is_valley,
    "Valley.fair.figure.0": lambda it: bool(
        np.isclose(100 * first.left_by_a_step(it), it.raw.percent_left_by_a_step, rtol=1e-3)
    ),
    "Valley.fair.figure.1.0": as_said("Valley.fair.1.0"),
    "Valley.fair.figure.1.1": as_said("Valley.fair.1.1"),
    "Valley.fair.figure.1.2": as_said("Valley.fair.1.2"),
    "Valley.why.figure.0": curvatures_differ_so,
    "Valley.why.alt.0.0": lambda it: aspect(it) > 9.99 and step_along(it) < 0.02,
    "Bowl.descent.figure.0": lambda it: arrives(it, standardized=True),
    "Bowl.descent.alt.0.0": is_bowl,
    "Bowl.descent.alt.1": as_said("Bowl.descent.1"),
    "Bowl.before.figure.0": both_counts,
    "Bowl.before.alt.0.0": valley_and_bowl,
    "Bowl.parts.figure.0": lambda it: halves_hold(it) and SAID["Bowl.parts.3"](it),
    "Bowl.parts.alt.1": is_needle_then_round,
    "ValleyToBowl.parked.figure.0": condition_holds,
    "ValleyToBowl.parked.alt.0.0": is_valley,
    "ValleyToBowl.shot.figure.0": lambda it: condition_holds(it) and condition_holds(it, standardized=True),
    "ValleyToBowl.shot.alt.1.0": is_bowl,
    "ValleyToBowl.opened.figure.0": lambda it: condition_holds(it) and condition_holds(it, standardized=True),
    "ValleyToBowl.opened.alt.1.0": is_bowl,
    "OptimizerRace.maps.alt.0.0": lambda it: aspect(it) > 9.99,
    "OptimizerRace.valley.figure.1": as_said("OptimizerRace.valley.0"),
    "OptimizerRace.valley.figure.2.0": lambda it: SAID["OptimizerRace.valley.1.0"](it) and arrives(it),
    "OptimizerRace.valley.figure.2.1": lambda it: SAID["OptimizerRace.valley.1.1"](it) and arrives(it),
    "OptimizerRace.valley.figure.2.2": arrives,
    "OptimizerRace.bowl.figure.0": both_counts,
    "LearningRates.cliff.figure.0": lambda it: arrives(it) and deep.cliff_is_where_it_is_said(it.raw),
    "LearningRates.both.figure.0": both_counts,
    "LearningRates.both.alt.1": deep.far_fewer_at_a_share,
    "LearningRates.plain.figure.1.0": as_said("LearningRates.plain.1.0"),
    "LearningRates.plain.figure.1.1": as_said("LearningRates.plain.1.1"),
    "LearningRates.plain.figure.1.2": as_said("LearningRates.plain.1.2"),
    "Correlation.tilt.figure.0": lambda it: first.tilted_aspect(it) > 10,
    "Correlation.descent.figure.0": as_said("Correlation.descent.1"),
    "RealNetwork.walls.figure.0.0": lambda it: (
        network.shown_were_kept_for_testing(it) and it.settings.network.data is None
    ),
    "RealNetwork.walls.figure.0.1": network.shown_were_kept_for_testing,
    "RealNetwork.walls.figure.1": network.the_deep_ones_only_guess,
    "RealNetwork.walls.alt.1": lambda it: (
        network.the_deep_ones_only_guess(it) and network.the_deep_ones_learn(it)
    ),
    "RealNetwork.why.figure.0": as_said("RealNetwork.why.0"),
    "RealNetwork.why.figure.1": as_said("RealNetwork.why.2.1"),
    "RealNetwork.why.alt.1": as_said("RealNetwork.why.1.0"),
    "RealNetwork.depth.alt.1": lambda it: network.deeper_is_slower(it) and network.every_pair_is_faster(it),
    "InsideTheNetwork.twice.figure.0.0": lambda it: (
        deep.sums_double(it) and deep.same_output_to_the_digit(it)
    ),
    "InsideTheNetwork.twice.figure.0.1": lambda it: deep.sums_double(it) and deep.nearly_the_same_output(it),
    "InsideTheNetwork.rays.figure.0": deep.constant_on_rays,
    "InsideTheNetwork.steps.figure.0": lambda it: deep.downhill_is_across(it) and deep.steps_lengthen(it),
    "InsideTheNetwork.rates.figure.0": lambda it: deep.cliff_is_where_it_is_said(it.standardized),
    "VanishingGradient.slope.figure.0": stack.slope_is_a_quarter_at_most,
    "VanishingGradient.small.figure.0": as_said("VanishingGradient.small.0", "VanishingGradient.small.1"),
    "VanishingGradient.large.figure.0": as_said("VanishingGradient.large.0"),
    "VanishingGradient.normalized.figure.0": as_said("VanishingGradient.normalized.0"),
    "VanishingGradient.limit.figure.0": stack.total_is_right,
    "BatchNoise.descent.figure.0.0": noise.larger_come_nearer,
    "BatchNoise.descent.figure.0.1": noise.larger_come_nearer,
    "BatchNoise.descent.figure.0.2": noise.shivers_and_settles_short,
    "BatchNoise.descent.alt.0.0": noise.larger_come_nearer,
    "TrainAndInference.running.figure.0.0": noise.pulls_towards_its_own,
    "TrainAndInference.running.figure.0.1": noise.averages_of_the_batches,
    "TrainAndInference.inference.figure.0": noise.same_value,
    "TrainAndInference.forgotten.figure.0": lambda it: noise.jumps(it) and noise.same_value(it),
    "TrainAndInference.folded.figure.0": noise.comes_out_the_same,
    "Family.company.figure.0": as_said("Family.company.0", "Family.company.1"),
    "WhyItWorks.drift.figure.1": why.shaken_come_first,
    "WhyItWorks.along.figure.1": why.long_steps_land_as_is_said,
    "WhyItWorks.along.alt.1": why.long_steps_land_as_is_said,
    "Recap.does.figure.0.0": is_needle_then_round,
    "Recap.does.alt.1": is_needle_then_round,
    "Recap.costs.figure.0.0": why.batches_have_their_own,
    "Recap.does_not.figure.0": why.correlated_are_a_valley,
    "Recap.home.figure.0": both_counts,
    "Recap.home.alt.0.0": is_bowl,
}
