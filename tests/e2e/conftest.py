"""The whole demo, served once for all browser tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import Running, running


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """`bredele demo` without its proof: `.origin`, `.town`, `.partner`, `.account` (name, password), `.ask(path)`."""
    data: Path = tmp_path_factory.mktemp("platform")
    with running("demo", "--no-proof", data=data) as server:
        yield server
