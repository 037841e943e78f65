"""Which network addresses are anybody's to reach, and which lead into somebody's own network. Pure."""

from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address

# What the registries call global, and yet leads to a neighbour: the relays of 6to4, and where Azure tells a machine
# about itself. Other clouds do that under link-local, shared or private addresses.
NOT_OURS = (IPv4Network("192.88.99.0/24"), IPv4Network("168.63.129.16/32"))
# Outside of this an IPv6 address is local, multicast, reserved, or an IPv4 address in disguise (mapped, NAT64).
UNICAST = IPv6Network("2000::/3")
# Within it: protocol assignments with Teredo, documentation, and 6to4, which hold IPv4 addresses or lead nowhere.
SPECIAL = (IPv6Network("2001::/23"), IPv6Network("2001:db8::/32"), IPv6Network("2002::/16"), IPv6Network("3fff::/20"))


def is_public(address: str) -> bool:
    """Whether the numeric address is one host's in the public internet; False for what is no address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv4Address):
        ours = parsed.is_multicast or parsed.is_reserved or any(parsed in network for network in NOT_OURS)
        return parsed.is_global and not ours
    return parsed in UNICAST and parsed.is_global and not any(parsed in network for network in SPECIAL)
