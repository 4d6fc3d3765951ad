"""Sites and their declarations: drafts that can be undone, versions that never change."""
