"""Arabic amounts of time made plain: the dual, "one" after its noun, "and" written to the next word, vowel signs."""

import re

SINGULAR = {
    "سنة": "years", "عام": "years", "شهر": "months", "أسبوع": "weeks", "يوم": "days",
    "ساعة": "hours", "دقيقة": "minutes", "ثانية": "seconds",
}  # fmt: skip
DUAL = {
    "years": ("سنتان", "سنتين", "عامان", "عامين"), "months": ("شهران", "شهرين"), "weeks": ("أسبوعان", "أسبوعين"),
    "days": ("يومان", "يومين"), "hours": ("ساعتان", "ساعتين"), "minutes": ("دقيقتان", "دقيقتين"),
    "seconds": ("ثانيتان", "ثانيتين"),
}  # fmt: skip
PLURAL = {
    "years": ("سنوات", "سنين", "أعوام", "عاما"), "months": ("أشهر", "شهور", "شهرا"), "weeks": ("أسابيع", "أسبوعا"),
    "days": ("أيام", "يوما"), "hours": ("ساعات",), "minutes": ("دقائق",), "seconds": ("ثوان", "ثواني"),
}  # fmt: skip
UNITS = SINGULAR | {word: unit for unit, words in PLURAL.items() for word in words}
TWO = {word: unit for unit, words in DUAL.items() for word in words}
NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            ("واحد", "واحدة"), (), ("ثلاثة", "ثلاث"), ("أربعة", "أربع"), ("خمسة", "خمس"), ("ستة", "ست"),
            ("سبعة", "سبع"), ("ثمانية", "ثماني", "ثمان"), ("تسعة", "تسع"), ("عشرة", "عشر"),
        ),
        start=1,
    )
    for word in words
}  # fmt: skip
VOWELS = re.compile("[\N{ARABIC FATHATAN}-\N{ARABIC SUKUN}\N{ARABIC TATWEEL}]")
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
WORD = re.compile(r"(?!و\d)[^\W\d_]+|\d+")


def plainly(text: str) -> str:
    """The text with each Arabic amount as `number unit` and the unit in English; other words stay as they are."""
    found: list[str] = []
    for word in WORD.findall(VOWELS.sub("", text).translate(DIGITS)):
        bare = word if known(word) else word.removeprefix("و")
        bare = bare if known(bare) else word
        if bare in TWO:
            found += ["2", TWO[bare]]
        elif bare in SINGULAR and not (found and found[-1].isdigit()):
            found += ["1", SINGULAR[bare]]
        elif not (NUMBERS.get(bare) == 1 and found and found[-1] in SINGULAR.values()):
            found.append(str(NUMBERS[bare]) if bare in NUMBERS else UNITS.get(bare, bare))
    return " ".join(found)


def known(word: str) -> bool:
    """Whether the word is part of an amount."""
    return word in UNITS or word in TWO or word in NUMBERS or word.isdigit()
