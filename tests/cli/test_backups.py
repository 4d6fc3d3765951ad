"""What docs/backups.md says, done: a copy made while the server writes brings everything back."""

import subprocess
import sys
from pathlib import Path

from tests.cli.test_serve import run
from tests.serving import Demo, Running, running


def answered(server: Running, times: int) -> None:
    """So many visitors of the town accept."""
    for _ in range(times):
        answer = server.ask(
            "/consent",
            host="town.localhost",
            method="POST",
            body="choice=accept",
            Content_Type="application/x-www-form-urlencoded",
            Origin=server.town,
        )
        assert answer.status == 303
        assert any(line.startswith("cookies_preferences=") for line in answer.cookies)


def test_a_copy_of_a_running_server_brings_everything_back(demo: Demo, root: Path, tmp_path: Path) -> None:
    data, copy, program = tmp_path / "data", tmp_path / "copy", tmp_path / "backup.py"
    data.mkdir()
    program.write_text((root / "docs" / "backups.md").read_text().split("```python\n")[1].split("```")[0])
    with demo(data) as server:
        answered(server, 3)
        subprocess.run([sys.executable, str(program), str(data), str(copy)], check=True, timeout=60)
        answered(server, 2)
        said = run("ledger", "verify", "town", data=data)
        assert "5 records" in said.stdout
    found = {file.relative_to(copy).as_posix() for file in copy.rglob("*") if file.is_file()}
    assert {"bredele.sqlite3", "secret.key", "sites/index.json", "ledger/town/log.sqlite3"} <= found
    assert not [name for name in found if name.endswith(("-wal", "-shm", ".lock"))]
    assert all(file.stat().st_mode & 0o077 == 0 for file in copy.rglob("*.sqlite3"))
    with running("serve", data=copy) as server:
        assert server.ask("/readyz").body == "ready\n"
        assert server.ask("/terms/cookies-policy/").status == 200
        answered(server, 1)
        said = run("ledger", "verify", "town", data=copy)
        assert (said.returncode, "4 records" in said.stdout) == (0, True), said.stdout
