"""Small words that only one language uses: they tell a text's language, and find a fragment of another (POL-08)."""

import re

ENGLISH = (
    "the and of to with are is was were be been this that these those your you our we it its they by from for "
    "which who when where what how not will would can cannot could should may has have their them there than "
    "at between during each into only through up"
)
FRENCH = (
    "le la les et un une du des de est sont être ce cette ces cet votre vos vous notre nos nous il ils elle elles "
    "que qui dans pour par avec sans aux au pas ne se sa ses ou où dont leur leurs sont été peut peuvent entre "
    "lors afin chaque depuis"
)
ARABIC = (
    "في من إلى على عن مع أن إن التي الذي ما لا هذا هذه ذلك تلك كل أو أي هو هي كما لم لن قد عند بعد قبل بين حتى أيضا "
    "أيضًا ثم غير دون حيث عندما لكن إذا كان كانت يمكن يمكنك"
)
STOP_WORDS = {
    language: frozenset(words.split()) for language, words in (("en", ENGLISH), ("fr", FRENCH), ("ar", ARABIC))
}
OTHERS = {language: frozenset().union(*STOP_WORDS.values()) - own for language, own in STOP_WORDS.items()}
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
QUOTED = re.compile(r"“[^”]{0,300}”|«[^»]{0,300}»|\"[^\"]{0,300}\"|`[^`]{0,300}`")
TOKEN = re.compile(r"\S+")
ADDRESS = re.compile(r"@|://|\w\.\w")
"""Quotations, addresses and host names keep their own language."""


def detect(text: str) -> str | None:
    """The language whose small words are the most, `en`, `fr` or `ar`; None where they are too few to tell."""
    words = [word.lower() for word in WORD.findall(text)]
    counts = {language: sum(word in known for word in words) for language, known in STOP_WORDS.items()}
    best = max(counts, key=lambda language: counts[language])
    others = max(count for language, count in counts.items() if language != best)
    return best if counts[best] > 2 * others and counts[best] >= 2 else None


def foreign(text: str, language: str) -> list[tuple[int, str]]:
    """Small words of another language in a text of this one: offset and word. Capitals are names (La Poste)."""
    others = OTHERS.get(language.partition("-")[0])
    if others is None:
        return []
    quiet = QUOTED.sub(lambda match: " " * len(match[0]), text)
    tokens = (token for token in TOKEN.finditer(quiet) if not ADDRESS.search(token[0]))
    return [
        (token.start() + word.start(), word[0])
        for token in tokens
        for word in WORD.finditer(token[0])
        if not word[0][0].isupper() and word[0] in others
    ]
