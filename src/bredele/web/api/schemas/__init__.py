"""The shapes of the API's bodies."""
