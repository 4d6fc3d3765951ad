"""Evidence of a scan that stands up years later: everything in one place, listed, hashed and signed."""
