"""The words that a client reads: quiet, plain, and with nothing in them that the person did not say."""

import re

import pytest

from therapy_tui.content.feelings import feelings
from therapy_tui.content.forms import forms
from therapy_tui.content.prompts import load_prompts

PROMPTS = load_prompts()
ASKED = {
    **{prompt.id: prompt.text for prompt in PROMPTS.prompts},
    **{f"about {approach.id}": f"{approach.title}. {approach.about}" for approach in PROMPTS.approaches},
    **{f"{form.id} {field.heading}": f"{field.heading}. {field.hint}" for form in forms() for field in form.fields},
    **{form.id: f"{form.title}. {form.purpose}" for form in forms()},
    **{f"feelings {group.name}": ", ".join((group.name, *group.words)) for group in feelings()},
}
BANNED = {
    "an order": "should|ought|must|needs? to|ha(?:ve|s) to|supposed|try|just|simply|always",
    "praise": "well done|proud|great|brave|amazing|wonderful|congratulations|good job|excellent|strong",
    "scolding": "why did(?:n't)? you|why do(?:n't)? you|lazy|failed|failure|excuses?|fault",
    "a gender or a kin": (
        "he|she|him|his|hers?|man|men|wom[ae]n|boys?|girls?|boyfriend|girlfriend|husband|wife|spouse|partner|married|"
        "marriage|mother|father|mum|dad|parents?|sons?|daughters?|brothers?|sisters?|siblings?|family|families|"
        "your child|children|kids"
    ),
    "a faith": "god|pray|prayers?|bless\\w*|soul|spirit\\w*|faith|church|holy|sin|sins",
    "a diagnosis": (
        "depress\\w*|anxiety|disorders?|symptoms?|diagnos\\w*|illness\\w*|patients?|ptsd|trauma\\w*|panic|bipolar|adhd|"
        "relapse|medication|treatment"
    ),
    "a danger": "die|died|dying|dead|death|kill\\w*|suicid\\w*|hurt yourself|harm\\w*|blood|cut",
    "a food or a weight": "eat|eating|ate|meals?|food|calor\\w*|diet|kilos?|pounds",
    "a spelling from elsewhere": "(?:col|fav|behavi|neighb|hon)or\\w*|gray|mom|(?:real|apolog|recogn)iz\\w*",
    "a worn phrase": "journey|mindful\\w*|positive|negative|toxic|healing|self-care|inner child|safe space|silver",
}


@pytest.mark.parametrize("what", BANNED)
def test_banned_words(what: str) -> None:
    """No text gives an order, praises, scolds, or takes for granted what nobody said."""
    pattern = re.compile(rf"\b(?:{BANNED[what]})\b", re.IGNORECASE)
    assert [(name, found) for name, text in ASKED.items() for found in pattern.findall(text)] == []


def test_signs() -> None:
    """No text has an exclamation mark, an emoji, capitals that shout, or any sign beyond plain typing."""
    assert [name for name, text in ASKED.items() if re.search(r"[^ -~]|!|\b[A-Z]{2,}\b|;", text)] == []


def test_no_feeling_is_said_for_a_person() -> None:
    """No prompt tells a person how it is for them, or names a feeling outside a question, an if or a picture."""
    told = re.compile(r"\byou(?: are|'re| feel| must be| seem) (\w+)", re.IGNORECASE)
    words = {word for group in feelings() for word in group.words}
    assert [prompt.id for prompt in PROMPTS.prompts for word in told.findall(prompt.text) if word in words] == []


def test_plain() -> None:
    """A tired person can read every prompt: short sentences of short words."""
    for prompt in PROMPTS.prompts:
        sentences = [part.split() for part in re.split(r"[.?:]+(?:\s|$)", prompt.text) if part.strip()]
        assert max(map(len, sentences)) <= 21, prompt.id
        assert max(len(word.strip(",.?:")) for sentence in sentences for word in sentence) <= 13, prompt.id


def test_light_ones_are_light() -> None:
    """A light prompt does not lead to loss, shame, childhood or what cannot be undone."""
    heavy = re.compile(
        r"\b(?:loss|lost|shame\w*|when you were small|child\w*|undo|forgiv\w*|regret\w*|fear\w*|hate\w*)\b"
    )
    assert [each.id for each in PROMPTS.prompts if each.weight == "light" and heavy.search(each.text)] == []
