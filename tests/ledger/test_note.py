"""Signed notes, keys and checkpoints: C2SP's own example, and refusal of everything else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bredele.ledger.checkpoint import Checkpoint, open_checkpoint, read_checkpoint, sign
from bredele.ledger.errors import InvalidNote, UnknownKey
from bredele.ledger.note import SigningKey, VerifierKey, read_key, read_note, signed

KEY = SigningKey("town.example/ledger", bytes(range(32)))
OTHER = SigningKey("town.example/ledger", bytes(32))
HEAD = Checkpoint("town.example/ledger", 20_852_163, bytes(range(32)))
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETERS = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
    "\N{EM DASH} PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


def test_the_example_of_the_standard_library_that_made_the_form_is_read_and_verified() -> None:
    key = read_key(PETER)
    note = read_note(PETERS)
    assert str(key) == PETER
    assert str(note) == PETERS
    assert note.signed_by([key]) == key


def test_a_head_is_written_as_the_standard_says_and_read_back() -> None:
    """Rules: LED-13"""
    note = sign(HEAD, KEY)
    origin, size, root, empty, line, end = note.split("\n")
    assert (origin, size, empty, end) == ("town.example/ledger", "20852163", "", "")
    assert root == "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
    assert line.startswith("\N{EM DASH} town.example/ledger ")
    assert open_checkpoint(note, [OTHER.verifier, KEY.verifier]) == (HEAD, KEY.verifier)


def test_a_key_of_the_same_name_is_told_apart_and_one_nobody_gave_is_not_believed() -> None:
    assert OTHER.verifier.id != KEY.verifier.id
    with pytest.raises(UnknownKey):
        open_checkpoint(sign(HEAD, OTHER), [KEY.verifier])
    with pytest.raises(UnknownKey):
        open_checkpoint(sign(HEAD, KEY), [])


def test_the_key_of_another_log_signs_nothing_here() -> None:
    foreign = SigningKey("shop.example/ledger", bytes(32))
    with pytest.raises(InvalidNote):
        open_checkpoint(sign(HEAD, foreign), [foreign.verifier])


@settings(deadline=None)
@given(st.integers(0), st.integers(1, 255))
def test_no_byte_of_a_signed_head_can_be_another(place: int, change: int) -> None:
    data = bytearray(sign(HEAD, KEY).encode())
    data[place % len(data)] ^= change
    with pytest.raises((InvalidNote, UnknownKey)):
        open_checkpoint(data.decode("utf-8", "replace"), [KEY.verifier])


@settings(deadline=None)
@given(st.integers(0), st.integers(1, 127))
def test_no_sign_of_a_written_key_can_be_another(place: int, change: int) -> None:
    data = bytearray(str(KEY.verifier).encode())
    data[place % len(data)] ^= change
    try:
        found = read_key(data.decode("ascii", "replace"))
    except InvalidNote:
        return
    assert found != KEY.verifier


@pytest.mark.parametrize(
    "text",
    [
        "",
        "town.example/ledger\n5\n",
        "town.example/ledger\n05\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "town.example/ledger\n5\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\n",
        "town.example/ledger\n5\nAAEC\n",
        "town example\n5\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "town.example/ledger\n5\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\nmore\n",
    ],
)
def test_what_is_no_checkpoint_is_refused_even_signed(text: str) -> None:
    with pytest.raises(InvalidNote):
        read_checkpoint(str(signed(text, KEY)))


@pytest.mark.parametrize(
    "text", ["x", "x+y", "x+00000000+AAAA", "a b+2b4a2c1d+AQ==", PETER[:-1], PETER.replace("c7", "c8")]
)
def test_what_is_no_key_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(InvalidNote) as caught:
        read_key(text)
    assert caught.value.message


def test_a_key_is_its_name_and_its_bytes() -> None:
    assert read_key(str(KEY.verifier)) == VerifierKey(KEY.name, KEY.verifier.public)
