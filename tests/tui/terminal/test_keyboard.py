"""What a terminal says, however it is cut: keys, pastes, and answers that are nobody's letters."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.message import Message

from therapy_tui.tui.terminal.keyboard import ALT, ASK_KEYBOARD, LONG, MOMENT, Keyboard

ORDERS = {
    "\x1b[A": "up",
    "\x1b[1;5C": "ctrl+right",
    "\x1bOP": "f1",
    "\x1b[15~": "f5",
    "\x1b[[A": "f1",
    "\x1b[3$": "shift+delete",
    "\x1b[27u": "escape",
    "\x1b[110;3u": "alt+n",
    "\x1b[12;7R": "at 6 11",
    "\x1b[?62;22c": "",
    "\x1b[?2026;0$y": "",
    "\x1b[99;99;99;99x": "",
    f"\x1b[{'99;' * 20}m": "",
    "\x1b]11;rgb:0000/0000/0000\x07": "",
    "\x1bP>|made up\x1b\\": "",
    "\x1b[?1u": "",
}
"""What a key or an answer is, and what is heard of it."""
LETTERS = {"a": "a", "é": "é", "字": "字", "N": "N", "\r": "enter", "\x7f": "backspace", "\x04": "ctrl+d", "8": "8"}

END = "\x1b[201~"
"""What ends a paste; a terminal takes it out of what is pasted."""


def heard(said: list[Message]) -> list[str]:
    """Write down what was heard."""
    return [_word(each) for each in said]


def _word(said: Message) -> str:
    if isinstance(said, events.Key):
        return said.character if said.character and said.character.isalpha() else said.key
    if isinstance(said, events.CursorPosition):
        return f"at {said.x} {said.y}"
    return f"paste {said.text}" if isinstance(said, events.Paste) else type(said).__name__


def all_of(keyboard: Keyboard, reads: list[str]) -> list[str]:
    """Give what is heard in some reads, one right after the other, and then silence."""
    found = [word for each in reads for word in heard(keyboard.read(each))]
    return found + heard(keyboard.give_up())


@given(st.lists(st.sampled_from([*ORDERS.items(), *LETTERS.items()]), max_size=12), st.data())
def test_a_cut_changes_nothing(spoken: list[tuple[str, str]], data: st.DataObject) -> None:
    """Keys and answers are heard the same wherever the line cuts them, and none is taken for letters."""
    whole, wanted = "".join(each for each, _ in spoken), [word for _, word in spoken if word]
    cuts = sorted(data.draw(st.sets(st.integers(1, max(1, len(whole) - 1)), max_size=6)))
    if "\x1b]" in whole or "\x1bP" in whole:
        cuts = []  # answers of many words, which nobody asked for, are known only as a whole
    reads = [whole[begin:end] for begin, end in itertools.pairwise([0, *cuts, len(whole)])]
    assert all_of(Keyboard(), reads) == wanted


def test_every_key_that_textual_knows_is_heard() -> None:
    """Each order in Textual's own table is heard as Textual hears it, and what comes after it too."""
    for sequence in ANSI_SEQUENCES_KEYS:
        if sequence[:2] in {"\x1b[", "\x1bO"}:
            assert heard(Keyboard().read(f"{sequence}x")) == [*heard(list(XTermParser().feed(sequence))), "x"], sequence


@pytest.mark.parametrize("after", ["n", "8", "[", "O", "]", "N", "é", "no", "8k", "\x1b"])
@pytest.mark.parametrize("is_one", [True, False])
def test_esc_and_a_key_are_two(after: str, *, is_one: bool) -> None:
    """Esc and what is typed after it are keys of their own, in one read and in two, and no sign takes their place."""
    wanted = ["escape", *all_of(Keyboard(), [after])]
    assert all_of(Keyboard(), ["\x1b" + after] if is_one else ["\x1b", after]) == wanted


def test_alt_edits() -> None:
    """Alt with b, f, z and backspace edits where it comes in one read; after a pause it is a key like any other."""
    for key, name in ALT.items():
        assert all_of(Keyboard(), ["\x1b" + key]) == [name]
        assert all_of(Keyboard(), ["\x1b", key]) == ["escape", LETTERS.get(key, key)]


def test_a_long_text_after_esc_is_typed_whole() -> None:
    """Nothing is lost or made up when very much follows Esc in one read."""
    text = "so I walked to the canal and back, twice, and then we laughed about it"
    assert all_of(Keyboard(), ["\x1b" + text])[0] == "escape"
    assert len(all_of(Keyboard(), ["\x1b" + text])) == 1 + len(text)


def test_how_long_esc_may_go_on() -> None:
    """Esc alone is a key after a moment; a terminal that tells it apart is waited for longer; a cut order always."""
    keyboard = Keyboard()
    assert keyboard.patience is None
    keyboard.read("\x1b")
    assert keyboard.patience == MOMENT
    assert heard(keyboard.give_up()) == ["escape"]
    assert keyboard.patience is None
    keyboard.read("\x1b[1;")
    assert keyboard.patience is None
    assert keyboard.give_up() == []
    assert heard(keyboard.read("5C")) == ["ctrl+right"]
    assert ASK_KEYBOARD == "\x1b[?u"
    assert keyboard.read("\x1b[?1u\x1b") == []
    assert keyboard.patience == LONG
    assert heard(keyboard.read("[A\x1b[?0u\x1b")) == ["up"]
    assert keyboard.patience == MOMENT


@given(st.text(st.sampled_from("ab\r\n\x00\x1b[3~1m200é"), max_size=40).filter(lambda text: END not in text), st.data())
def test_a_paste_stays_a_paste(text: str, data: st.DataObject) -> None:
    """Whatever is pasted comes as one piece, wherever it is cut, without Esc, and nothing of it is a key."""
    whole = f"\x1b[200~{text}{END}x"
    cut = data.draw(st.integers(1, len(whole) - 1))
    bare = text.replace("\x00", "").replace("\x1b", "")
    keyboard = Keyboard()
    found = heard(keyboard.read(whole[:cut]))
    if cut == 1:
        assert keyboard.patience == MOMENT
    assert found + all_of(keyboard, [whole[cut:]]) == [f"paste {bare}", "x"]
