"""Audience statistics that identify nobody: events folded into sums, stores behind one Protocol, rules of release."""
