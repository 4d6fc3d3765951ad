"""The consent ledger: one append-only log a site, in a Merkle tree (RFC 9162) whose heads are signed (C2SP)."""
