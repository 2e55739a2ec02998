"""Measurements, as ratios within one run on the same machine. Nothing here is a test, and nothing imports it."""
