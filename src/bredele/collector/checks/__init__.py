"""Checks a running installation makes of itself: are its figures what "anonymous" promises? (ANA-28, ANA-29)."""
