"""Flat charts: axes, clouds, histograms, lanes, sliders, tables."""
