"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("any machine", deadline=None)  # a busy machine is slow, and no test is timed
settings.load_profile("any machine")
