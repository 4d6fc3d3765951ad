"""What a scan is to do, and the addresses it may reach."""

from ipaddress import ip_address

import pytest

from bredele.scanner.errors import InvalidPlan
from bredele.scanner.plan import Plan, check_plan, is_private, own_machine, owned
from bredele.scanner.sign_in import SignIn

RECIPE = SignIn(url="https://x.example/login", fields={"a": "b"})


def test_a_plan_without_states_drives_those_of_a_check_in_their_fixed_order() -> None:
    """Rules: SCN-01"""
    states = ("no_choice", "refused", "accepted", "withdrawn", "gpc", "no_script")
    assert Plan(target="https://x.example/").driven == states
    signed = Plan(target="https://x.example/", sign_in=RECIPE).driven
    assert signed == (*states[:5], "signed_in", states[5])


def test_asked_states_are_put_in_order_and_purposes_come_last() -> None:
    """Rules: SCN-01"""
    plan = check_plan(Plan(target="https://x.example", states=("purpose:social", "gpc", "purpose:ads", "no_choice")))
    assert plan.driven == ("no_choice", "gpc", "purpose:ads", "purpose:social")
    assert plan.target == "https://x.example/"


@pytest.mark.parametrize(
    "target",
    ["file:///etc/passwd", "data:text/html,x", "ftp://x/", "javascript:1", "x.example", "http://", "http://u:p@x/"],
)
def test_only_plain_web_addresses_can_be_scanned(target: str) -> None:
    with pytest.raises(InvalidPlan, match="cannot be scanned"):
        check_plan(Plan(target=target))


@pytest.mark.parametrize("state", ["agreed", "purpose:", ""])
def test_an_unknown_state_is_refused_with_the_known_ones(state: str) -> None:
    with pytest.raises(InvalidPlan, match="no_choice"):
        check_plan(Plan(target="https://x.example/", states=(state,)))


def test_signing_in_needs_a_recipe_and_a_scan_needs_something_to_do() -> None:
    with pytest.raises(InvalidPlan, match="--sign-in"):
        check_plan(Plan(target="https://x.example/", states=("signed_in",)))
    with pytest.raises(InvalidPlan, match="nothing to do"):
        check_plan(Plan(target="https://x.example/", max_pages=0))


@pytest.mark.parametrize(
    ("address", "private"),
    [("127.0.0.1", True), ("10.1.2.3", True), ("169.254.169.254", True), ("100.64.0.1", True), ("0.0.0.0", True),  # noqa: S104  # the address under test
     ("224.0.0.1", True), ("::1", True), ("fd00::1", True), ("fe80::1", True), ("::ffff:10.0.0.1", True),
     ("64:ff9b::a00:1", True), ("2002:a00:1::", True), ("1.1.1.1", False), ("2606:4700::1111", False),
     ("::ffff:1.1.1.1", False), ("64:ff9b::101:101", False)],
)  # fmt: skip
def test_private_addresses_are_known_in_every_disguise(address: str, private: bool) -> None:
    assert is_private(ip_address(address)) == private


def test_names_of_this_machine_are_its_own() -> None:
    assert own_machine("http://town.localhost:8000/")
    assert own_machine("http://127.0.0.1/")
    assert not own_machine("http://1.1.1.1/")


@pytest.mark.parametrize(("declared", "own"), [("x.example", True), ("y.example", False), ("", False)])
def test_a_site_is_one_s_own_if_one_holds_its_declarations(declared: str, own: bool) -> None:
    """Rules: SCN-12"""
    plan = Plan(target="https://x.example/")
    assert owned(plan, declared).own is own
    assert owned(Plan(target="https://x.example/", own=True), declared).own
