"""The film's scenes: one a file, the file named after its class.

``CUTS`` are the films that are made of them. A scene imports ``bn_math`` and the kit, never another scene.
"""

_FULL = (
    "Question",
    "TwoScales",
    "TheLoss",
    "Downhill",
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

CUTS: dict[str, tuple[str, ...]] = {"full": _FULL}
"""What each cut of the film shows, in order. A new scene is its file, its words and its place here."""

ORDER = CUTS["full"]
