"""What may reach a terminal."""
# ruff: noqa: RUF001 - letters of other scripts stand here on purpose: they are what is tested

import sys
import unicodedata
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from therapy_tui.core.text import (
    BIDI_CONTROLS,
    NAME_LIMIT,
    NO_NAME,
    check_whole,
    looks_like,
    safe_line,
    safe_name,
    safe_text,
)
from therapy_tui.errors import UsageError

DRAWN = set("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
JOINERS = set("\u200c\u200d\u180e")
NASTY = st.sampled_from(
    [
        *(chr(code) for code in range(0xA1)),
        *sorted(BIDI_CONTROLS | JOINERS | DRAWN),
        *"\u00ad\u034f\u115f\u200b\u2028\u2029\u2060\u3164\ufe0f\ufeff\ufff9\uffff\ud800\udfff\ue000",
        *"\u0301\u0323\u0e31\u0e49\u064b\u0651\u094d\u20e3\U000e0100\U000e0067\U000e007f\U0001f3f4\U0001f469",
        *"aZ0éñЖшअสرشاببא中한",
    ]
)
TEXT = st.one_of(st.text(NASTY, max_size=40), st.text(st.characters(exclude_categories=()), max_size=40))

HONEST = {
    "English": "Dear Anna,\n\nit's 3 o'clock - \"fine\", I think. 100% [maybe] {x} <y> \\o/ ~",
    "French": "Ça va\u00a0? «\u202fOui\u202f», œuvre, naïve",
    "Vietnamese": unicodedata.normalize("NFD", "Tiếng Việt rất đẹp, người ơi"),
    "Arabic": "السَّلَامُ عَلَيْكُمْ، كيف حالك؟ ١٢٣ \u06dd",
    "Persian": "نمی\u200cخواهم بروم؛ علی\u200cرضا",
    "Hebrew": "שָׁלוֹם, מה שלומך?",
    "Thai": "สวัสดีค่ะ วันนี้เป็นอย่างไรบ้าง น้ำ",
    "Hindi": "नमस्ते, क्\u200dष और क्\u200cष",
    "Sinhala": "ශ්\u200dරී ලංකා",
    "Malayalam": "അവന്\u200d",
    "Khmer": "សួស្តី",
    "Japanese": "今日は、葛\U000e0100城さん。\u3000よろしく",
    "Korean": "안녕하세요",
    "Chinese": "你好，最近怎么样？𠮷",
    "Emoji": "👩\u200d👩\u200d👧 🏳\ufe0f\u200d🌈 👍🏽 1\ufe0f\u20e3 ❤\ufe0f 🇬🇧 👁\ufe0f\u200d🗨\ufe0f",
    "Newer emoji": "\U0001fa77 \U0001fae8",
}


@pytest.mark.parametrize("text", HONEST.values(), ids=HONEST)
def test_honest_text_passes(text: str) -> None:
    """What people write in their own script comes out as it went in."""
    assert safe_text(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]52;c;UFdORUQ=\x07", "␛]52;c;UFdORUQ=␇"),
        ("a\x00\x7f\x9b\x90", "a␀␡\ufffd\ufffd"),
        ("one\r\ntwo\rthree\vfour\ffive\x85six\u2028seven\u2029end", "one\ntwo\nthree\nfour\nfive\nsix\nseven\nend"),
        ("a\tb", "a    b"),
        ("a\u202egpj.exe\u2066", "a<U+202E>gpj.exe<U+2066>"),
        ("a\u200fb", "a<U+200F>b"),
        ("a\u061cb", "a<U+061C>b"),
        ("alice\u200b", "alice<U+200B>"),
        ("ali\u200dce\u200c", "ali<U+200D>ce<U+200C>"),
        ("a\ufe0f", "a<U+FE0F>"),
        ("x\ufff9y\ue000\ud83d\uffff\U000e0041", "x<U+FFF9>y<U+E000><U+D83D><U+FFFF><U+E0041>"),
        ("\u3164\u115f", "<U+3164><U+115F>"),
        ("e" + "\u0301" * 300 + "f", "e" + "\u0301" * 4 + "f"),
        ("ب" + "\u064b\u200c" * 50, "ب" + "\u064b\u200c" * 4),
        ("a\n\u0301b", "a\n\u25cc\u0301b"),
        ("\ufeffco\u00adoperate", "cooperate"),
        ("כן!\u200f", "כן!"),
        ("ខ្ញុំ\u200bទៅ", "ខ្ញុំទៅ"),
        ("🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f", "🏴<gbwls>"),
    ],
)
def test_what_is_hidden_is_shown(text: str, shown: str) -> None:
    """Controls become pictures, invisible characters numbers, and hints of no use to a terminal are left out."""
    assert safe_text(text) == shown
    assert safe_text(shown) == shown


@pytest.mark.parametrize(
    "codes",
    [
        pytest.param(
            [*range(0x20000), *range(0xDFF00, 0xE1100), *range(0x10FF00, 0x110000)], id="where the letters are"
        ),
        pytest.param(range(sys.maxunicode + 1), id="all", marks=pytest.mark.campaign),
    ],
)
def test_every_character_alone(codes: Iterable[int]) -> None:
    """No single character of Unicode lets a control, a surrogate, a private or a hidden one through."""
    for code in codes:
        shown = safe_text(chr(code))
        if len(shown) == 1 and shown != "\n":
            assert unicodedata.category(shown) not in {"Cc", "Cs", "Co", "Zl", "Zp"}, hex(code)
            assert unicodedata.category(shown) != "Cf" or shown in DRAWN, hex(code)


@settings(max_examples=400)
@given(TEXT)
def test_text_is_harmless(text: str) -> None:
    """Nothing but the newline and what is drawn comes through, and twice is as good as once."""
    shown = safe_text(text)
    assert safe_text(shown) == shown
    assert not BIDI_CONTROLS & set(shown)
    kinds = {unicodedata.category(char) for char in shown if char != "\n" and char not in DRAWN | JOINERS}
    assert not kinds & {"Cc", "Cs", "Cf", "Co", "Zl", "Zp"}


@settings(max_examples=200)
@given(st.text(st.sampled_from("a\u0301\u0323\u0651\u200c\u200d ب\n\u20e3"), max_size=60))
def test_marks_do_not_pile_up(text: str) -> None:
    """No base carries more than four marks, joiners between them or not, and no line opens with a mark."""
    marks = 0
    for char in safe_text(text):
        kind = unicodedata.category(char)
        marks = marks + 1 if kind in {"Mn", "Me"} else marks if char in JOINERS else 0
        assert marks <= 4
    assert all(unicodedata.category(line[0])[0] != "M" for line in safe_text(text).split("\n") if line)


@settings(max_examples=150)
@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_printable_ascii_is_unchanged(text: str) -> None:
    """Plain letters, digits and punctuation pass as they are, markup and backslashes too."""
    assert safe_text(text) == text


@settings(max_examples=300)
@given(TEXT, st.integers(1, 30))
def test_line_is_one_line_and_short(text: str, limit: int) -> None:
    """A line has no newline, keeps its limit, and stays as it is when made safe again."""
    line = safe_line(text, limit)
    assert "\n" not in line
    assert len(line) <= limit
    assert safe_line(line, limit) == line
    assert safe_text(line) == line


def test_line_says_that_it_was_cut() -> None:
    """What is too long ends in an ellipsis, and lines are joined by a space."""
    assert safe_line("one\r\ntwo") == "one two"
    assert safe_line("abcdef", 4) == "abc…"
    assert safe_line("abcd", 4) == "abcd"


@settings(max_examples=400)
@given(TEXT)
def test_name_is_a_name(name: str) -> None:
    """A name has 1 to 60 characters in one line, nothing hidden, no pile of marks, and is stable."""
    safe = safe_name(name)
    assert 1 <= len(safe) <= NAME_LIMIT
    assert safe == safe.strip()
    assert safe_name(safe) == safe
    kinds = ["drawn" if char in DRAWN else unicodedata.category(char) for char in safe]
    assert not {"Cc", "Cf", "Cs", "Co"} & set(kinds)
    assert all(not a[0] == b[0] == c[0] == "M" for a, b, c in zip(kinds, kinds[1:], kinds[2:], strict=False))


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("  Anna   Lee\n", "Anna Lee"),
        ("\uff21nna", "Anna"),
        ("alice\u200b", "alice<U+200B>"),
        ("علی\u200cرضا", "علیرضا"),
        ("", NO_NAME),
        (" \u00a0\u3000", NO_NAME),
        ("\u2800", NO_NAME),
        ("\ufe0f", "<U+FE0F>"),
        ("\u0301", "\u25cc\u0301"),
        ("N" * 200, "N" * 60),
        ("Nguyễn Thị Ánh", "Nguyễn Thị Ánh"),
    ],
)
def test_names(name: str, safe: str) -> None:
    """Names are trimmed and composed, and one that cannot be seen is called so."""
    assert safe_name(name) == safe


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("alice", "alice"),
        ("alice", "alice\u200b"),
        ("alice", "Al\u00edce "),
        ("alice", "\u0430lice"),
        ("ALICE", "AL1CE"),
        ("ALICE", "ALlCE"),
        ("Otto", "0tto"),
        ("Maria", "\u039caria"),
        ("Marn", "Mam"),
        ("Anna Lee", "AnnaLee"),
        ("Łukasz", "Lukasz"),
        ("Ollie", "𝒪𝓁𝓁𝒾ℯ"),
    ],
)
def test_alike(name: str, other: str) -> None:
    """Names of one look are told alike, raw or made safe, in either order."""
    assert looks_like(name, other)
    assert looks_like(safe_name(other), safe_name(name))


@pytest.mark.parametrize(
    ("name", "other"), [("Anna", "Hanna"), ("Neil", "Nell"), ("Ali", "All"), ("", "a"), ("!", "?")]
)
def test_not_alike(name: str, other: str) -> None:
    """Different names raise no warning."""
    assert not looks_like(name, other)


@settings(max_examples=150)
@given(TEXT, TEXT)
def test_alike_is_even(name: str, other: str) -> None:
    """Every name is like itself and like its safe form's safe form, and likeness has no direction."""
    assert looks_like(name, name)
    assert looks_like(name, other) == looks_like(other, name)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"caf\xe9 noir".decode("utf-8", "surrogateescape"), r"Character 4 is not UTF-8.*iconv -f LATIN1 -t UTF-8$"),
        ("caf\ud83d", "Character 4 is half a character"),
    ],
)
def test_what_utf_8_cannot_say_is_told_by_its_kind(text: str, said: str) -> None:
    """A byte of another encoding is told as such, with the way out; half a character is told as that."""
    with pytest.raises(UsageError, match=said):
        check_whole(text)
    check_whole("café 👩‍👩‍👧 \U0010ffff")
