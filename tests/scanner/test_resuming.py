"""What a killed scan leaves behind, and who may go on with it."""

from pathlib import Path

import pytest

from bredele.core.observation import Observation
from bredele.scanner.errors import InvalidPlan
from bredele.scanner.plan import Plan
from bredele.scanner.resuming import Driven, Memory, together

PLAN = Plan(target="https://x.example/")


def test_nothing_is_written_where_no_file_was_named(tmp_path: Path) -> None:
    memory = Memory(None, PLAN)
    memory.write(("https://x.example/",), closed=False)
    memory.finish()
    assert not memory.due()
    assert list(tmp_path.iterdir()) == []


def test_what_was_written_is_read_again_and_gone_at_the_end(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "scan", PLAN)
    memory.done["no_choice"] = Driven(state="no_choice", pages=("https://x.example/",))
    memory.write(("https://x.example/", "https://x.example/a"), closed=True)
    again = Memory(tmp_path / "scan", PLAN)
    assert again.done == memory.done
    assert again.kept.tour == ("https://x.example/", "https://x.example/a")
    assert again.kept.tour_closed
    again.finish()
    assert list(tmp_path.iterdir()) == []


def test_another_scan_s_file_and_a_file_of_something_else_are_refused(tmp_path: Path) -> None:
    Memory(tmp_path / "scan", PLAN).write((), closed=False)
    with pytest.raises(InvalidPlan, match="another scan"):
        Memory(tmp_path / "scan", Plan(target="https://y.example/"))
    (tmp_path / "letter").write_text("Dear town")
    with pytest.raises(InvalidPlan, match="holds no scan"):
        Memory(tmp_path / "letter", PLAN)


def test_a_full_disk_stops_no_scan(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "gone" / "scan", PLAN)
    memory.write((), closed=False)
    assert list(tmp_path.iterdir()) == []


def test_before_and_after_an_interruption_belong_together() -> None:
    def seen(name: str, page: str) -> Driven:
        item = Observation(name=name, host="x.example", states=("refused",))
        return Driven(state="refused", observations=(item,), pages=(page, "/"))

    both = together(seen("a", "/one"), seen("b", "/two"))
    assert [item.name for item in both.observations] == ["a", "b"]
    assert both.pages == ("/one", "/", "/two")
    assert together(None, both) == both
