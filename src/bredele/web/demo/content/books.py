"""What stands on the shelves of the bookshop. The covers are drawings in static/demo/books/."""

import msgspec

from bredele.core.declaration import Text


class Book(msgspec.Struct, frozen=True, kw_only=True):
    """One book; `cents` is its price in euro cents."""

    id: str
    title: Text
    author: str
    about: Text
    cents: int


SHELF = (
    Book(
        id="bredele",
        title={"en": "Thirty-Four Bredele", "fr": "Trente-quatre bredele"},
        author="Marthe Keller",
        about={
            "en": "Every small Christmas biscuit of the valley, by name, with the aunt it came from.",
            "fr": "Tous les petits gâteaux de Noël de la vallée, par leur nom, avec la tante dont ils viennent.",
        },
        cents=1850,
    ),
    Book(
        id="storks",
        title={"en": "Living Under a Stork", "fr": "Vivre sous une cigogne"},
        author="Odile Ritter",
        about={
            "en": "Four hundred kilos of nest on one chimney: a memoir, with a chapter on roofers.",
            "fr": "Quatre cents kilos de nid sur une seule cheminée : des mémoires, dont un chapitre sur les couvreurs.",
        },
        cents=1600,
    ),
    Book(
        id="timber",
        title={"en": "Reading Timber", "fr": "Lire le colombage"},
        author="Paul Ziegler",
        about={
            "en": "The beams of a house say who built it and what he hoped for. A small grammar.",
            "fr": "Les poutres d’une maison disent qui l’a bâtie et ce qu’il espérait. Petite grammaire.",
        },
        cents=2400,
    ),
    Book(
        id="fog",
        title={"en": "Fog on the Kirschbach", "fr": "Brouillard sur le Kirschbach"},
        author="J. Holder",
        about={
            "en": "A crime novel in which the miller did not do it, although everybody saw him.",
            "fr": "Un roman policier où le meunier est innocent, bien que tout le monde l’ait vu.",
        },
        cents=1290,
    ),
    Book(
        id="plum",
        title={"en": "The Plum Year", "fr": "L’Année de la quetsche"},
        author="Lise Armbruster",
        about={
            "en": "Fifty-two short poems, one a week, most of them about waiting and two about tart.",
            "fr": "Cinquante-deux poèmes brefs, un par semaine : beaucoup sur l’attente, deux sur la tarte.",
        },
        cents=1100,
    ),
    Book(
        id="slope",
        title={"en": "The Slope Behind the Church", "fr": "Le Coteau derrière l’église"},
        author="Émile Fuchs",
        about={
            "en": "Three generations, one vineyard, and a path that two families claim.",
            "fr": "Trois générations, une vigne, et un sentier que deux familles revendiquent.",
        },
        cents=1900,
    ),
    Book(
        id="shortcuts",
        title={"en": "A Pocket Atlas of Shortcuts", "fr": "Petit atlas des raccourcis"},
        author="Nora Schell",
        about={
            "en": "Forty-one passages, courtyards and stairs. The last one is longer, but prettier.",
            "fr": "Quarante et un passages, cours et escaliers. Le dernier est plus long, mais plus joli.",
        },
        cents=950,
    ),
    Book(
        id="choir",
        title={"en": "Songs for Four Voices and a Dog", "fr": "Chants pour quatre voix et un chien"},
        author="Chorale Saint-Ulrich",
        about={
            "en": "The repertoire of the parish choir. The part for the dog is not difficult.",
            "fr": "Le répertoire de la chorale paroissiale. La partie du chien n’est pas difficile.",
        },
        cents=1400,
    ),
)
BOOKS = {book.id: book for book in SHELF}
