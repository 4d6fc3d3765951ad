"""What can be wrong with a registry, one subject a file; `core.validation` runs them all."""
