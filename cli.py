"""Launch the command from a checkout: `python cli.py eval facts.json`."""

from engine.cli import main

raise SystemExit(main())
