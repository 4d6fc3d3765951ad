"""How much one address may send: a burst, then so many a second, and never more addresses than fit."""

from bredele.collector.flood import Flood


def test_a_burst_passes_and_then_so_many_a_second() -> None:
    flood = Flood(burst=5, a_second=2)
    assert [flood.exceeds("a", 100.0) for _ in range(7)] == [False] * 5 + [True] * 2
    assert [flood.exceeds("a", 101.0) for _ in range(3)] == [False] * 2 + [True]
    assert not flood.exceeds("b", 101.0)
    assert [flood.exceeds("a", 1000.0) for _ in range(6)] == [False] * 5 + [True]


def test_addresses_beyond_the_limit_push_out_the_oldest() -> None:
    flood = Flood(burst=1, a_second=0.001, addresses=3)
    for name in "abc":
        assert not flood.exceeds(name, 0.0)
    assert flood.exceeds("a", 0.0)
    for name in "defghi":
        flood.exceeds(name, 0.0)
    assert not flood.exceeds("a", 0.0)
    assert len(flood._young) + len(flood._old) <= 6
