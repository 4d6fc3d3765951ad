"""A real browser visits a site in every state of consent and tells what it stored."""
