"""Global Privacy Control as a server reads it: `Sec-GPC` (W3C GPC, editor's draft of 3 April 2026, section 3)."""

HEADER = "Sec-GPC"


def honoured(value: str | None) -> bool:
    """Whether the header's value asks for privacy: exactly `1`. Several such headers, joined by commas, are one."""
    return value is not None and {part.strip(" \t") for part in value.split(",")} == {"1"}
