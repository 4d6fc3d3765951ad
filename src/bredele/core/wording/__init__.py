"""All words of the policy document as data, one file a language, complete or refused by the type checker."""

from bredele.core.errors import BredeleError
from bredele.core.wording.ar import ARABIC
from bredele.core.wording.en import ENGLISH
from bredele.core.wording.fr import FRENCH
from bredele.core.wording.shape import Wording

WORDINGS = {"en": ENGLISH, "fr": FRENCH, "ar": ARABIC}


class UnknownLanguage(BredeleError):
    """A language Bredele has no words in."""


def knows(language: str) -> bool:
    """Whether a policy can be written in this language; `fr-CH` is written in French."""
    return language.partition("-")[0] in WORDINGS


def wording(language: str) -> Wording:
    """The words in a language; raises UnknownLanguage: another language never fills in (POL-08)."""
    if not knows(language):
        known = ", ".join(WORDINGS)
        raise UnknownLanguage(f'There are no words in "{language}".', where="site.languages", cure=f"Use: {known}.")
    return WORDINGS[language.partition("-")[0]]
