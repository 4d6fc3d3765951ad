"""Figures that come from elsewhere, and our own on their way out: files read into sums, sums written to one file."""
