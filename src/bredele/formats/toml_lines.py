"""At which line of a cookies.toml each declaration stands, so that a finding can point there."""

import re

HEADING = re.compile(r"\s*\[\[\s*(?:cookies|\"cookies\"|'cookies')\s*\]\]")
OTHER = re.compile(r"\s*\[")
KEY = re.compile(r"\s*[\"']?([A-Za-z_]+)[\"']?\s*(?:=|\.)")
FENCE = re.compile(r'"""|' + "'''")


def entry_lines(text: str) -> list[dict[str, int]]:
    """For each `[[cookies]]` in order: line numbers (from 1) of its heading (key `""`) and of its keys.

    A table below it (`[cookies.exemption]`) belongs to it under the table's last name. Headings within a text of
    several lines do not count.
    """
    found: list[dict[str, int]] = []
    inside, fence = False, ""
    for number, line in enumerate(text.splitlines(), 1):
        if not fence:
            if HEADING.match(line):
                found.append({"": number})
                inside = True
            elif OTHER.match(line):
                inside = line.strip().startswith(("[cookies.", "[[cookies."))
                if inside and found:
                    found[-1].setdefault(line.strip(" []\t").rpartition(".")[2], number)
            elif inside and found and (key := KEY.match(line)):
                found[-1].setdefault(key[1], number)
        fence = fence_after(line, fence)
    return found


def fence_after(line: str, fence: str) -> str:
    """The quotes of the text of several lines that is open after a line; empty if none is."""
    for mark in FENCE.findall(line):
        if not fence:
            fence = mark
        elif fence == mark:
            fence = ""
    return fence
