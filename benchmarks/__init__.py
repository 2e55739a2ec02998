"""Measurements, as ratios within one run on one machine. ``python -m benchmarks`` makes docs/benchmarks.md.

Nothing here is a test, and nothing of the film imports it.
"""
