"""Run the command line with ``python -m smartkpi``."""

from smartkpi.cli import main

if __name__ == "__main__":
    main()
