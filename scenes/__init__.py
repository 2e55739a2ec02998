"""The film's scenes: one a file, the file named after its class.

``ORDER`` is the film. A scene may import ``bn_math`` and ``scenes.kit``, never another scene.
"""

ORDER: tuple[str, ...] = (
    "Question",
    "TwoScales",
    "BatchSplit",
    "Standardize",
    "ScaleShift",
    "Valley",
    "Bowl",
    "ValleyToBowl",
    "OptimizerRace",
    "LearningRates",
    "Correlation",
    "InsideTheNetwork",
    "VanishingGradient",
    "BatchNoise",
    "TrainAndInference",
    "WhyItWorks",
    "Recap",
)
