"""See ARCHITECTURE.md: the app of api."""
