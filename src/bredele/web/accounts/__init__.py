"""People who keep the registry: sign-in, sign-out, their session, machine tokens."""
