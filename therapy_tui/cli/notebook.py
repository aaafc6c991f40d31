"""The notes beside the open vault, for the commands that read them; they are closed again with the command."""

import contextlib
from collections.abc import Callable, Iterator

from therapy_tui import errors
from therapy_tui.cli.desk import Desk
from therapy_tui.services import drawer as drawers
from therapy_tui.services.access import Beside
from therapy_tui.services.drawer import Drawer
from therapy_tui.services.notebook import Notebook
from therapy_tui.services.vault import Vault
from therapy_tui.store.database import Database

NO_DRAWER = "There is no drawer of process notes here. therapy-tui note add --process makes one."
NO_OTHER_WAY = "therapy-tui keys lists the ways in."


@contextlib.contextmanager
def opened(desk: Desk) -> Iterator[tuple[Vault, Notebook]]:
    """Open the vault, and the notes by the same way in."""
    with desk.vault() as vault, opened_beside(desk, vault) as notebook:
        yield vault, notebook


@contextlib.contextmanager
def opened_beside(desk: Desk, vault: Vault) -> Iterator[Notebook]:
    """Open the notes beside a vault that is open, by the same way in or a passphrase of their own."""
    with _made(desk, vault) as notebook:
        notebook.open(_key(desk, notebook))
        yield notebook


@contextlib.contextmanager
def opened_if_possible(desk: Desk, vault: Vault, left_out: str, *, ask: bool) -> Iterator[Notebook | None]:
    """Open the notes beside the vault; where that cannot be, say why and go on without.

    Args:
        desk: of the command.
        vault: which is open.
        left_out: the sentence that is said then, with `{}` for the reason.
        ask: whether a passphrase may be asked for.
    """
    with _made(desk, vault) as notebook:
        try:
            notebook.open(_key(desk, notebook) if ask else notebook.fetch_key())
        except errors.LocalError as error:
            desk.output.aside(left_out.format(error))
        yield notebook if notebook.is_open else None


@contextlib.contextmanager
def to_be_examined(desk: Desk, vault: Vault) -> Iterator[Callable[[], Database]]:
    """Give what opens the notes beside the vault by the same way in, and asks nobody."""
    with _made(desk, vault) as notebook:

        def opened() -> Database:
            notebook.open(notebook.fetch_key())
            return notebook.database

        yield opened


@contextlib.contextmanager
def opened_drawer(desk: Desk, *, make: bool = False) -> Iterator[tuple[Vault, Drawer]]:
    """Open the vault, and the drawer of process notes by itself.

    Args:
        desk: of the command.
        make: make the drawer where there is none yet.

    Raises:
        UsageError: there is none.
        KeySlotError, VaultError: with the reason.
    """
    with desk.vault() as vault:
        drawer = Drawer(desk.folders, desk.keyring, Beside(), desk.random, desk.now, vault.events)
        try:
            if not drawer.exists and not make:
                raise errors.UsageError(NO_DRAWER)
            drawer.open(_key(desk, drawer) if drawer.exists else _new_drawer(desk))
            yield vault, drawer
        finally:
            drawer.close()


@contextlib.contextmanager
def drawer_beside(desk: Desk, vault: Vault) -> Iterator[Drawer]:
    """Give the drawer of process notes beside a vault that is open: open where there is one, else closed."""
    drawer = Drawer(desk.folders, desk.keyring, Beside(), desk.random, desk.now, vault.events)
    try:
        if drawer.exists:
            drawer.open(_key(desk, drawer))
        yield drawer
    finally:
        drawer.close()


def _new_drawer(desk: Desk) -> bytes:
    asked = drawers.way_wanted(desk.folders) == "passphrase"
    desk.output.aside(f"A drawer of process notes is made. {drawers.alone(desk.folders)}")
    passphrase = desk.passphrase("Passphrase, which will open the drawer too: ") if asked else ""
    return drawers.make(desk.folders, desk.keyring, passphrase, desk.random)


@contextlib.contextmanager
def _made(desk: Desk, vault: Vault) -> Iterator[Notebook]:
    notebook = Notebook(desk.folders, desk.keyring, desk.beside, desk.random, desk.now, vault.events)
    try:
        yield notebook
    finally:
        notebook.close()


def _key(desk: Desk, notebook: Notebook) -> bytes:
    try:
        return notebook.fetch_key()
    except errors.KeySlotError as error:
        if "passphrase" not in notebook.kinds:
            raise errors.KeySlotError(f"{error} {NO_OTHER_WAY}") from None
        desk.output.aside(str(error))
        return notebook.key_by_passphrase(desk.passphrase(f"Passphrase of {notebook.WHAT}: "))
