"""What can stop a scan: each says where, what and the cure."""

from bredele.core.errors import BredeleError


class CouldNotScan(BredeleError):
    """The scan could not be made: target down, no browser, root where root is refused."""


class InvalidPlan(BredeleError):
    """The scan was asked for wrongly: target, state or sign-in file."""


class NotDriven(BredeleError):
    """A state could not be reached: a control was not found or did not take effect."""


class NothingToChoose(BredeleError):
    """There is neither a banner nor a preference page, so there is no choice to make."""


class PageLost(BredeleError):
    """One page crashed or hangs; the browser itself is well."""


class BrowserLost(BredeleError):
    """The browser went away in the middle of a state."""
