"""Neurons and stacks of layers."""
