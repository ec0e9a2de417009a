"""What the exit codes mean."""

from __future__ import annotations

CLEAN = 0
"""Nothing at or above `--fail-on`."""

FINDINGS = 1
"""Findings at or above `--fail-on`, or a rule that broke."""

NOT_JUDGED = 2
"""Wrong usage, a bad pack or bad facts: nothing was judged."""

UNKNOWN = 3
"""Only with `--strict`: some verdicts are unknown."""

INTERRUPTED = 130
"""Stopped by the user."""
