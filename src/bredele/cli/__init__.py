"""click commands, each a thin call of one function; what a command needs is imported when it runs."""
