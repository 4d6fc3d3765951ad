"""Bredele: run your cookie policy, don't just write it."""

__version__ = "0.1.0"
