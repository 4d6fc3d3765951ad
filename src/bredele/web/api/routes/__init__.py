"""The calls of the API, a subject a file."""
