"""What another user finds when they look for words while somebody writes."""

import json
from pathlib import Path
from typing import Any

from tests.faults.users import User

NOTHING: dict[str, Any] = {"found": [], "open": [], "memory": [], "readable": [], "attached": False, "dumped": False}
"""What they should find."""


def looked(user: User, pid: int, home: Path, words: dict[str, str]) -> dict[str, Any]:
    """Let a user look for the words in and around a process."""
    arguments = ("-m", "tests.faults.neighbour", str(pid), str(home))
    done = user.run(str(user.python), *arguments, stdin=json.dumps(words))
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told
