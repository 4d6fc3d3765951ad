"""Django under a WSGI server, for the grown form; the embedded form calls it through `bredele.web.asgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bredele.web.settings")
application = get_wsgi_application()
