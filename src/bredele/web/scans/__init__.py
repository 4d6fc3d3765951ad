"""Proofs: what a real browser found on a site, kept with its evidence and shown to everyone."""
