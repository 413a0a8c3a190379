"""The explicit host map: the only way to a loopback address, for demo and tests."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from types import MappingProxyType

from tasks.errors import ConfigError

Target = tuple[str, int]  # address, port


@dataclass(frozen=True, slots=True)
class HostMap:
    """Hosts (or '*.suffix') that are sent to a fixed address and port."""

    targets: Mapping[str, Target] = field(default_factory=lambda: MappingProxyType({}))

    def lookup(self, host: str) -> Target | None:
        """Return the target of a host: exact name first, then its nearest suffix."""
        if not self.targets:
            return None
        labels = host.lower().rstrip(".").split(".")
        if (exact := self.targets.get(".".join(labels))) is not None:
            return exact
        suffixes = ("*." + ".".join(labels[i:]) for i in range(1, len(labels)))
        return next((self.targets[s] for s in suffixes if s in self.targets), None)

    def has_target(self, address: str, port: int) -> bool:
        """Tell whether the map itself leads to this address and port."""
        return (address, port) in self.targets.values()


def parse_host_map(text: str) -> HostMap:
    """Read '*.example=127.0.0.1:8640,other.example=…'; the empty text maps nothing."""
    pairs = (part.strip() for part in text.split(",") if part.strip())
    return HostMap(MappingProxyType(dict(_parse_pair(pair) for pair in pairs)))


def _parse_pair(pair: str) -> tuple[str, Target]:
    host, equals, target = pair.partition("=")
    address, colon, port = target.rpartition(":")
    name = host.strip().lower()
    if not (equals and colon and name.strip("*.") and port.strip().isdecimal()):
        raise ConfigError(f"host_map: {pair!r} is not 'host=address:port'")
    try:
        return name, (str(ip_address(address.strip().strip("[]"))), int(port))
    except ValueError as exc:
        raise ConfigError(f"host_map: {address!r} is not an IP address") from exc
