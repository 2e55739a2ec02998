"""``python -m bnviz`` is the command, too."""

from bnviz.cli.start import main

if __name__ == "__main__":
    main()
