"""Lists in a sentence, and sentences with links."""

import re

from bredele.core.document import Span

LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")


def join(items: list[str], last: str, comma: str = ", ") -> str:
    """`a, b and c`; `last` is the word before the last item, with its spaces, `comma` what parts the others."""
    return last.join([comma.join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def spans(template: str, **facts: str) -> tuple[Span, ...]:
    """A sentence of ours as runs of words: `[words](address)` is a link; a fact filled in can never become one."""
    parts = LINK.split(template)
    plain = [Span(text=text.format(**facts)) for text in parts[0::3]]
    links = [
        Span(text=text.format(**facts), href=href.format(**facts))
        for text, href in zip(parts[1::3], parts[2::3], strict=True)
    ]
    runs = [run for pair in zip(plain, [*links, Span(text="")], strict=True) for run in pair]
    return tuple(run for run in runs if run.text)
