"""What a person does in a real browser; a package, so that one browser serves this folder and is gone after it."""
