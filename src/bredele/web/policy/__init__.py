"""See ARCHITECTURE.md: the app of policy."""
