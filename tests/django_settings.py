"""The platform's settings with a data directory that is gone when the tests are over."""

import atexit
import os
import shutil
import tempfile

os.environ["BREDELE_DATA"] = tempfile.mkdtemp(prefix="bredele-tests-")
atexit.register(shutil.rmtree, os.environ["BREDELE_DATA"], ignore_errors=True)

from bredele.web.settings import *  # noqa: E402, F403  # the directory must be named first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
