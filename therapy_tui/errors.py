"""The whole error tree. An error's docstring is the sentence a person reads when nothing more exact is given.

TherapyError
├── LocalError                 this machine
│   ├── UsageError             what was asked cannot be done as asked (exit 1)
│   ├── ConfigError            a settings or theme file
│   ├── KeySlotError           no way to the key of the vault
│   │   ├── WrongPassphrase
│   │   └── KeyringUnusable    none, locked or mute
│   └── VaultError
│       ├── VaultMissing
│       ├── VaultDamaged
│       ├── VaultNewer
│       ├── VaultBusy
│       ├── VaultLocked
│       ├── BackupDamaged
│       └── DiskFull
├── RemoteError                what came from elsewhere was refused
│   ├── Malformed
│   │   └── UnknownVersion
│   ├── CannotOpen
│   ├── InviteRefused
│   ├── IdentityChanged
│   └── RelayRefused
└── Unreachable                the line; the courier tries again (exit 3)
"""

import inspect


class TherapyError(Exception):
    """Something went wrong, and nothing was lost."""

    exit_code = 1

    def __str__(self) -> str:
        """Give the sentence that a person reads: the argument, else the first paragraph of the docstring."""
        if self.args:
            return str(self.args[0])
        return " ".join((inspect.getdoc(type(self)) or "").split("\n\n")[0].split())


class LocalError(TherapyError):
    """Something on this machine is not as it should be."""


class UsageError(LocalError):
    """This cannot be done as it was asked."""


class OutputFull(LocalError):
    """What was to be shown could not be written: the disk or the pipe takes nothing. What was kept is kept."""


class ConfigError(LocalError):
    """A settings file could not be read."""


class KeySlotError(LocalError):
    """The key of the vault could not be had."""


class WrongPassphrase(KeySlotError):
    """That passphrase does not open this vault. Nothing was changed."""


class KeyringUnusable(KeySlotError):
    """This machine's keyring cannot be used here, so a passphrase is needed."""


class VaultError(LocalError):
    """The vault could not be used."""


class VaultMissing(VaultError):
    """There is no profile here yet. Run therapy-tui, or therapy-tui init."""


class VaultDamaged(VaultError):
    """The vault is damaged or is not a vault. The file was left as it is."""


class VaultNewer(VaultError):
    """The vault was written by a newer version of this program. The file was left as it is; update therapy-tui."""


class VaultBusy(VaultError):
    """Another process is using the vault. Try again in a moment."""


class VaultLocked(VaultError):
    """The vault is locked."""


class BackupDamaged(VaultError):
    """This backup is damaged, cut short or was changed, so nothing of it was used. Try another copy of it."""


class DiskFull(VaultError):
    """The disk is full. What you wrote is still here; make room and try again."""


class RemoteError(TherapyError):
    """Something that came from elsewhere was refused."""


class Malformed(RemoteError):
    """Something that came from elsewhere is not in the form it should have."""


class UnknownVersion(Malformed):
    """This was written by a newer version of therapy-tui. Update to read it."""


class CannotOpen(RemoteError):
    """Something that came from elsewhere could not be opened."""


class InviteRefused(RemoteError):
    """This invite cannot be used."""


class IdentityChanged(RemoteError):
    """This person's keys are not the ones you know. Sending has stopped until you decide."""


class RelayRefused(RemoteError):
    """The relay refused this."""


class Unreachable(TherapyError):
    """The relay could not be reached."""

    exit_code = 3
