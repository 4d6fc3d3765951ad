"""`bredele start`: the browser opens signed in."""

import re
from pathlib import Path

from tests.serving import running


def test_the_link_signs_in_once(tmp_path: Path) -> None:
    with running("start", "--no-browser", data=tmp_path) as served:
        assert served.process.stdout is not None
        line = next(line for line in served.process.stdout if "/accounts/once/" in line)
        path = re.search(r"http://localhost:\d+(/accounts/once/\S+)", line)
        assert path is not None
        first, second = served.ask(path[1]), served.ask(path[1])
    assert (first.status, first.headers["location"]) == (302, "/backoffice/")
    assert any(cookie.startswith("sessionid=") and "HttpOnly" in cookie for cookie in first.cookies)
    assert second.status == 410
