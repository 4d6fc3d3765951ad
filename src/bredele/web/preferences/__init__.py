"""See ARCHITECTURE.md: the app of preferences."""
