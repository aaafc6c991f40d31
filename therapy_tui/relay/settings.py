"""What a relay is started with."""

from dataclasses import dataclass, field, fields, replace
from ipaddress import ip_address
from pathlib import Path

from therapy_tui.core.wire import Limits
from therapy_tui.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One relay process."""

    database: Path
    host: str = "127.0.0.1"
    port: int = 8443
    """0 takes a free one."""
    certificate: Path | None = None
    key: Path | None = None
    anyone: bool = False
    """Whether a mailbox can be had without a ticket."""
    tickets: Path | None = None
    parent: int | None = None
    """The process with whose end the relay ends."""
    behind_proxy: bool = False
    """Whether the nearest proxy's X-Forwarded-For tells the address; else it is not believed."""
    limits: Limits = field(default_factory=Limits)

    @property
    def scheme(self) -> str:
        """How the relay is reached."""
        return "https" if self.certificate else "http"


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine alone."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def database_path(text: str) -> Path:
    """Read a path or `sqlite:///path`.

    Raises:
        UsageError: it names another kind of database.
    """
    scheme, found, rest = text.partition("://")
    if not found:
        return Path(text)
    if scheme != "sqlite" or not rest.startswith("/") or len(rest) < len("/x"):
        raise UsageError("The relay keeps its mailboxes in SQLite: give a path, or sqlite:///path.")
    return Path(rest[1:])


def with_limits(limits: Limits, texts: tuple[str, ...]) -> Limits:
    """Replace limits by `name=number` texts.

    Raises:
        UsageError: a name or number is not one.
    """
    kinds = {limit.name: type(getattr(limits, limit.name)) for limit in fields(limits)}
    changed: dict[str, float] = {}
    for text in texts:
        name, _, number = text.partition("=")
        try:
            changed[name] = kinds[name](number)
        except (KeyError, ValueError) as error:
            raise UsageError(f"{text} is not a limit; there are: {', '.join(sorted(kinds))}.") from error
        if changed[name] < 0:
            raise UsageError(f"{text} is below nothing.")
    return replace(limits, **changed)  # type: ignore[arg-type]  # each kind is that of its own field


def check(settings: Settings) -> Settings:
    """Refuse what would put people at risk; on loopback alone anyone may make a mailbox by default.

    Raises:
        UsageError: the settings do not fit together; the sentence says what to do.
    """
    if bool(settings.certificate) != bool(settings.key):
        raise UsageError("Give --certificate and --key together.")
    if settings.anyone and settings.tickets:
        raise UsageError("Give --open or --tickets, not both.")
    if settings.anyone or settings.tickets:
        admitted = settings
    elif is_loopback(settings.host) and not settings.behind_proxy:
        admitted = replace(settings, anyone=True)
    else:
        raise UsageError("Say who may make a mailbox here: --tickets FILE, or --open for anyone.")
    if not settings.certificate and not is_loopback(settings.host) and not settings.behind_proxy:
        raise UsageError("Plain http is for loopback: give --certificate and --key, or --behind-proxy.")
    return admitted
