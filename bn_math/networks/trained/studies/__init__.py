"""The experiments: each a function of the settings that trains networks and returns a result.

How a network is trained is in the room above; what a result is, in its results.py.
"""
