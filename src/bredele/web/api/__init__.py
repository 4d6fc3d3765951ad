"""The REST API: open data without a cookie, drafts and publishing with a session or a bearer token."""
