"""One person at a glance, beside the caseload: what is owed, the letter that waits, and what else is known."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from therapy_tui.core.messages import TONES, Message
from therapy_tui.core.people import Contact
from therapy_tui.core.persons import Emergency
from therapy_tui.core.text import safe_line, safe_name, safe_text
from therapy_tui.core.triage import Verdict
from therapy_tui.services import triage_words as words
from therapy_tui.services.shown import shown
from therapy_tui.tui import times
from therapy_tui.tui.widgets.caseload import bars, due_style

TRUST = {"verified": "verified", "unverified": "not yet verified", "changed": "keys changed, sending has stopped"}
_NOTE = 13


class Glance(VerticalScroll, can_focus=False):
    """The pane at the right; it is read, and scrolled from the list."""

    DEFAULT_CSS = "Glance { background: $surface; padding: 1 4; height: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._head, self._letter, self._facts = Static(), Static(), Static()
        self._shown: object = None

    def compose(self) -> ComposeResult:
        """Put who it is over their letter, and what else is known below."""
        yield self._head
        yield self._letter
        yield self._facts

    def show(
        self,
        verdict: Verdict,
        contact: Contact,
        letter: Message | None,
        now: int,
        called: tuple[Emergency, ...] = (),
        stands: str = "",
    ) -> None:
        """Show a person; `called` are those to call, where a flag stands, and `stands` says why above the next."""
        what = (verdict, letter, now // 60, self.size.width, called, stands)
        if what == self._shown:
            return
        self._shown = what
        self._head.update(_head(verdict, contact, now, called, stands))
        self._letter.update(_letter(letter, now))
        self._facts.update(_facts(verdict, now))
        self.scroll_home(animate=False)

    def clear(self) -> None:
        """Drop every word."""
        self._shown = None
        for each in (self._head, self._letter, self._facts):
            each.update("")


def _head(verdict: Verdict, contact: Contact, now: int, called: tuple[Emergency, ...], stands: str) -> Content:
    facts = verdict.facts
    since = times.day(contact.made_at, now).split(" ", 1)[1]
    about = f"   {TRUST[contact.trust]}, since {since}" + (f" · {facts.label}" if facts.label else "")
    due = words.due(verdict, now)
    lines = [
        Content.assemble((safe_name(facts.name), "bold $strong"), (about, "$quiet")),
        Content.styled(due, {"crisis": "bold $crisis", "warn": "$warn"}.get(due_style(verdict, now), "$quiet")),
        *(Content.styled(each, "$text") for each in words.reasons(verdict, now)),
        *([Content.styled(stands, "$quiet")] if stands else []),
        *(Content.assemble(("to call  ", "$quiet"), (safe_line(each.line, 400), "$text")) for each in called),
    ]
    return Content("\n").join([*lines, Content("")])


def _letter(letter: Message | None, now: int) -> Content:
    if letter is None:
        return Content.styled("No letter of theirs is here yet.\n", "$quiet")
    when = f"{times.day(letter.written_at, now)}, {times.clock(letter.written_at)}"
    tone = f" · {TONES[letter.tone]}" if 0 < letter.tone < len(TONES) else ""
    return Content.assemble((f"{when}{tone}\n\n", "$quiet"), (safe_text(shown(letter).whole), "$text"), "\n")


def _facts(verdict: Verdict, now: int) -> Content:
    facts = verdict.facts
    rows = [("measure", words.measure(facts.measure, now))]
    if facts.moods:
        rows.append(("check-ins", f"{words.mood(facts.moods, words.SPAN)}   {bars(words.weeks(facts.moods))}"))
    if facts.heard_at:
        rows.append(("last letter", times.near(facts.heard_at, now)))
    said = [Content.assemble((f"{note:<{_NOTE}}", "$quiet"), (text, "$text")) for note, text in rows if text]
    return Content("\n").join(said)
