"""Which IP addresses may be contacted. Pure: an address in, a reason for refusal out."""

import ipaddress

# Addresses that carry an IPv4 address inside, so that a look at the outside proves
# nothing: NAT64 (RFC 6052, 8215), 6to4, Teredo, IPv4-translated (RFC 7915).
_EMBEDDING = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2002::/16",
        "2001::/32",
        "::ffff:0:0:0/96",
        "::/96",
    )
)


def refusal(address: str) -> str | None:
    """Return why an address must not be contacted; None: it may."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "not an IP address"
    if isinstance(parsed, ipaddress.IPv6Address):
        return _refusal_v6(parsed)
    return _refusal_plain(parsed)


def _refusal_v6(address: ipaddress.IPv6Address) -> str | None:
    if address.scope_id is not None:
        return "zone index"
    if address.ipv4_mapped is not None:
        return "IPv4-mapped"
    if address == ipaddress.IPv6Address("::1"):
        return "loopback"
    if any(address in network for network in _EMBEDDING):
        return "embeds an IPv4 address"
    if address.is_site_local:
        return "site-local"
    return _refusal_plain(address)


def _refusal_plain(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> str | None:
    kinds = (
        ("unspecified", address.is_unspecified),
        ("loopback", address.is_loopback),
        ("link-local", address.is_link_local),
        ("multicast", address.is_multicast),
        ("reserved", address.is_reserved),
        ("private or shared", not address.is_global),
    )
    return next((name for name, applies in kinds if applies), None)
