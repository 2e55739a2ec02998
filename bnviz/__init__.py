"""Publishing: what turns the scenes into a film, a talk, figures and a page, and checks them.

Nothing here draws, and no scene module is imported by name. Each room says what lives there: ``cli`` reads
the command, ``run`` drives one scene, ``workers`` many side by side, ``cache`` keeps what was rendered,
``media`` knows bytes of pictures and sound, ``film``, ``talk``, ``figures``, ``page`` and ``posters`` make
what is handed on, and ``review`` looks at it.
"""
