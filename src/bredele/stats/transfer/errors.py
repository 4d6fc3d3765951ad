"""What can be wrong with a file of figures."""

from bredele.core.errors import BredeleError


class UnreadableFigures(BredeleError):
    """A file that holds no figures we know, or is damaged; `where` names the file and the line."""


class DaysTaken(BredeleError):
    """Days that cannot be imported: the site counted then already, or they are not over yet."""
