"""A Django project of somebody else: Bredele's apps and most of its middlewares, a page and a policy of its own."""

from pathlib import Path

from bredele.web.settings import *  # noqa: F403  # a host project starts from its own; this one from ours
from bredele.web.settings import MIDDLEWARE as OURS
from bredele.web.settings import TEMPLATES as OUR_TEMPLATES

ROOT_URLCONF = "tests.projects.host.urls"
MIDDLEWARE = [name for name in OURS if not name.endswith(".HeadersMiddleware")]
TEMPLATES = [{**OUR_TEMPLATES[0], "DIRS": [Path(__file__).parent / "templates", *OUR_TEMPLATES[0]["DIRS"]]}]  # type: ignore[misc]  # Django types it as object
