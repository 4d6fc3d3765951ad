"""See ARCHITECTURE.md: the app of statistics."""
