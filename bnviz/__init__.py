"""Publishing: what turns the scenes into a film, and checks it. The command is ``bnviz``.

``discover`` finds scenes by path; ``render`` runs one; ``workers`` runs many side by side and ``progress``
shows how far they are; ``soundtrack``, ``loudness`` and ``captions`` make what is heard and read; ``join``
puts it all into one MP4; ``film`` is the whole way, and ``names`` what it is called. ``watch`` looks at a
finished film (does it flash, does it stand still?), ``speech`` at its narration's pace. ``stills`` takes
the last picture of every beat, ``frames`` compares it with that of before, ``layout`` checks its text,
``contents`` lays the posters out in the README. ``figures`` draws every beat for an article, on ``pages``
(``svg`` makes cairo's short), and ``arrays`` writes the numbers behind. ``page`` lays it all out to be
handed on. Nothing is done twice: ``store`` keeps rendered scenes, each a ``parcel``, found by what it depends
on (``dependencies``) and has read (``reads``); ``joined`` knows a film that is there. ``doctor`` looks at the
machine, ``cli`` reads the command.

Nothing here draws, and no scene module is imported by name.
"""
