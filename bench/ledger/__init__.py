"""How fast, safe and tamper-evident the consent ledger is: `make bench-ledger`."""
