"""Two looks at every address: when the name is resolved, and when the socket is opened."""

import socket

import pytest

from tasks.http.host_map import HostMap, parse_host_map
from tasks.http.resolver import GuardedResolver, RefusedAddressError, socket_opener

INNER = ["10.0.0.1", "127.0.0.1", "169.254.169.254", "100.64.0.1", "::1", "fe80::1",
         "::ffff:10.0.0.1", "64:ff9b::a00:1"]  # fmt: skip


async def resolved(addresses: list[str], text: str = "") -> list[str]:
    async def lookup(_: str) -> list[str]:
        return addresses

    resolver = GuardedResolver(parse_host_map(text), threads=1, lookup=lookup)
    try:
        return [found["host"] for found in await resolver.resolve("a.example", 80)]
    finally:
        await resolver.close()


@pytest.mark.parametrize("address", INNER)
async def test_name_with_an_inner_address_is_refused(address: str) -> None:
    for addresses in ([address], ["93.184.216.34", address]):
        with pytest.raises(RefusedAddressError):
            await resolved(addresses)


async def test_public_addresses_are_handed_on_as_they_were_found() -> None:
    found = ["93.184.216.34", "2606:2800:220:1::1"]
    assert await resolved(found) == found
    with pytest.raises(OSError, match="no address"):
        await resolved([])


async def test_mapped_host_goes_where_the_map_says_and_no_other() -> None:
    assert await resolved(["93.184.216.34"], "a.example=127.0.0.1:8640") == [
        "127.0.0.1"
    ]
    with pytest.raises(RefusedAddressError):
        await resolved(["127.0.0.1"], "b.example=127.0.0.1:8640")


def opened(address: str, port: int, host_map: HostMap) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    kind, proto = socket.SOCK_STREAM, socket.IPPROTO_TCP
    socket_opener(host_map)((family, kind, proto, "", (address, port))).close()


@pytest.mark.parametrize("address", INNER)
def test_socket_to_an_inner_address_is_never_opened(address: str) -> None:
    """Whatever the resolver let through."""
    with pytest.raises(RefusedAddressError):
        opened(address, 80, HostMap())


def test_socket_to_a_public_address_or_a_mapped_port_is_opened() -> None:
    opened("93.184.216.34", 443, HostMap())
    mapped = parse_host_map("a.example=127.0.0.1:8640")
    opened("127.0.0.1", 8640, mapped)
    with pytest.raises(RefusedAddressError):
        opened("127.0.0.1", 8641, mapped)
