"""See ARCHITECTURE.md: the public side of the ledger, and its hand-over."""
