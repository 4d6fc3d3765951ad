"""Cookie name patterns: one `*` at one end, never alone (REG-11; TCF device storage specification v1.1)."""

from bredele.core.errors import InvalidPattern


def check_pattern(pattern: str) -> None:
    """Raise InvalidPattern for an empty name, a bare wildcard, a star in the middle or two stars."""
    if not pattern.strip("*"):
        raise InvalidPattern(
            f'"{pattern}" would match every name.' if pattern else "A name is empty.",
            cure='Write the part of the name that does not vary, such as "_pk_*".',
        )
    if pattern.count("*") > 1 or "*" in pattern[1:-1]:
        raise InvalidPattern(
            f'"{pattern}" has more than one star, or one in the middle.',
            cure="Put one * at one end.",
        )
    if any(ord(sign) < 0x21 or ord(sign) == 0x7F or sign in ";=" for sign in pattern):
        raise InvalidPattern(
            f"{pattern!r} is no legal cookie name.",
            cure="Use no space, control sign, ; or =.",
        )


def matches(pattern: str, name: str) -> bool:
    """Case-sensitive match (RFC 6265bis 5.7) of a name with a pattern."""
    if pattern.endswith("*"):
        return name.startswith(pattern[:-1])
    if pattern.startswith("*"):
        return name.endswith(pattern[1:])
    return name == pattern


def overlap(one: str, other: str) -> bool:
    """Whether some name matches both patterns."""
    if "*" not in one:
        return matches(other, one)
    if "*" not in other:
        return matches(one, other)
    if one.endswith("*") != other.endswith("*"):
        return True
    heads = (one[:-1], other[:-1]) if one.endswith("*") else (one[1:], other[1:])
    shorter, longer = sorted(heads, key=len)
    return longer.startswith(shorter) if one.endswith("*") else longer.endswith(shorter)
