"""The process that talks to the operating system's keyring: one request on standard input, one answer on output.

The answer is JSON: `{"backend": NAME, "failure": WORD, "values": [...]}`, with one value (text or null) for each
operation of the request in its order; `failure` is empty, or one word of `therapy_tui.keys.keyring.FAILURES`.
"""

import gc
import importlib
import os
import signal
import sys
from typing import Any, BinaryIO

from therapy_tui.keys.hardening import harden

__all__ = ["answer", "main"]

SERVICE = "therapy-tui"
_LIMIT = 64 * 1024
_RECOMMENDED = 1
"""The keyring library gives a lower priority to what it does not recommend, such as a file without encryption."""
_OWN = "keyring.backends."
_OF_LINUX = "keyring.backends.SecretService.Keyring"
"""Of these, the one that need not be loaded to be read."""
_UNSAFE = ("keyring.backends.fail", "keyring.backends.null", "keyring.backends.chainer", "keyrings.alt")


def main() -> None:
    """Read the request, answer it, end. Nothing else reaches standard output, whatever a backend prints."""
    gc.disable()  # it lives for a tenth of a second
    harden()
    # What the backends print must not mix with the answer.
    out = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    _serve(sys.stdin.buffer, out)


def _serve(source: BinaryIO, out: BinaryIO) -> None:
    import json  # a copy of the program has another at hand

    request = json.loads(source.read(_LIMIT))
    # Without this, a child whose parent was killed would wait for a mute keyring for ever.
    signal.alarm(int(request["seconds"]) + 1)
    out.write(json.dumps(answer(request["operations"], request["backend"])).encode("ascii"))
    out.close()


def answer(operations: list[dict[str, str]], known: str = "") -> dict[str, Any]:
    """Do the operations in order, up to the first that fails.

    Args:
        operations: each `{"do": "get" | "set" | "delete", "user": NAME, "value": TEXT}`.
        known: the backend that answered before; the search for all others is left out as long as it finds everything.
    """
    return _by_known(operations, known) or _by_search(operations)


def _by_known(operations: list[dict[str, str]], known: str) -> dict[str, Any] | None:
    """Read with the backend that answered before; None when it is no longer sure that it is the right one."""
    # Only one of the library's own: the name comes from a file.
    if not known.startswith(_OWN) or known.startswith(_UNSAFE) or any(each["do"] != "get" for each in operations):
        return None
    try:
        values = _read(known, [each["user"] for each in operations])
    except Exception:  # noqa: BLE001 - whatever it was, the search finds out and names it
        return None
    return {"backend": known, "failure": "", "values": values} if values and values[0] is not None else None


def _read(known: str, users: list[str]) -> list[str | None] | None:
    if known == _OF_LINUX:
        from therapy_tui.keys.secret_service import read  # where there is one

        return read(SERVICE, users)
    module, _, name = known.rpartition(".")
    backend = getattr(importlib.import_module(module), name)()
    return [_do(backend, {"do": "get", "user": user}) for user in users]


def _by_search(operations: list[dict[str, str]]) -> dict[str, Any]:
    import keyring.errors  # the backends take 60 ms to import; the parent never needs them

    name = ""
    values: list[str | None] = []
    try:
        backend = _trusted(keyring.get_keyring())
        if backend is None:
            none = type(keyring.get_keyring()).__module__ == "keyring.backends.fail"
            return {"backend": _name(keyring.get_keyring()), "failure": "none" if none else "unsafe", "values": []}
        name = _name(backend)
        values.extend(_do(backend, operation) for operation in operations)
    except keyring.errors.NoKeyringError:
        failure = "none"
    except keyring.errors.KeyringLocked:
        failure = "locked"
    except keyring.errors.InitError:
        failure = "closed"
    except Exception:  # noqa: BLE001 - each backend raises what its own library raises; the parent needs one word
        failure = "error"
    else:
        failure = ""
    return {"backend": name, "failure": failure, "values": values}


def _do(backend: Any, operation: dict[str, str]) -> str | None:  # noqa: ANN401 - the library has no types
    import keyring.errors  # as in `answer`

    user = operation["user"]
    if operation["do"] == "set":
        backend.set_password(SERVICE, user, operation["value"])
        return None
    if operation["do"] == "delete":
        try:
            backend.delete_password(SERVICE, user)
        except keyring.errors.PasswordDeleteError:
            # Not there is what was wanted; still there is a failure.
            if backend.get_password(SERVICE, user) is not None:
                raise
        return None
    value = backend.get_password(SERVICE, user)
    return None if value is None else str(value)


def _trusted(backend: Any) -> Any:  # noqa: ANN401 - as above
    """Give the backend if it keeps secrets; of a chain, the first that does; else None."""
    chain = backend.backends if type(backend).__module__ == "keyring.backends.chainer" else [backend]
    for each in chain:
        module = type(each).__module__
        if module.startswith(_UNSAFE):
            continue
        # Those of the library itself are the systems' own keyrings; asking their priority costs a call over D-Bus.
        if module.startswith(_OWN) or each.priority >= _RECOMMENDED:
            return each
    return None


def _name(backend: Any) -> str:  # noqa: ANN401 - as above
    return f"{type(backend).__module__}.{type(backend).__name__}"
