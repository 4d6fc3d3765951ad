"""The published sites as this process sees them; enforcement, which knows no database, holds them."""

from bredele.web.enforcement.index import site_index

__all__ = ["site_index"]
