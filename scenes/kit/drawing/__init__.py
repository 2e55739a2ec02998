"""How pixels come about: camera, canvas, layers, meshes, encoder.

What is drawn is not known here.
"""
