"""A folder to hand out: the film, its scenes, figures and numbers on one page.

Its HTML, CSS and JavaScript lie in ``web/``; nothing is rendered here.
"""
