"""The words of the town's and the partner's pages by key; each in every language, gathered from one file a subject."""

from bredele.core.declaration import Text
from bredele.web.demo.content import words_partner, words_shop, words_town

WORDS: dict[str, Text] = {**words_town.WORDS, **words_shop.WORDS, **words_partner.WORDS}
