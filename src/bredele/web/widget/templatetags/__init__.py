"""Template tags for pages that gate content."""
