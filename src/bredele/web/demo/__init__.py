"""See ARCHITECTURE.md: the app of demo."""
