"""See ARCHITECTURE.md: the app of scans."""
