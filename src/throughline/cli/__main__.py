"""Runs the command line as a module."""

import sys

from throughline.cli import main

sys.exit(main())
