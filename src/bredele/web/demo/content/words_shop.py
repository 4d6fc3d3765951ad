"""Words of the bookshop and its cart."""

from bredele.core.declaration import Text

WORDS: dict[str, Text] = {
    "shop.title": {"en": "La Cigogne lettrée", "fr": "La Cigogne lettrée"},
    "shop.lead": {
        "en": "Eight books, one armchair, closed on Mondays and when it snows.",
        "fr": "Huit livres, un fauteuil, fermé le lundi et quand il neige.",
    },
    "shop.add": {"en": "Put in the cart", "fr": "Mettre au panier"},
    "shop.add-which": {"en": "{title}: put in the cart", "fr": "{title} : mettre au panier"},
    "shop.added": {"en": "“{title}” is in your cart.", "fr": "« {title} » est dans votre panier."},
    "shop.to-cart": {"en": "Open the cart", "fr": "Ouvrir le panier"},
    "shop.note": {
        "en": "The first book you put in sets one cookie, “cart”. It holds the books and how many, nothing else, and is gone when "
        "you close the browser or empty the cart.",
        "fr": "Le premier livre mis au panier dépose un cookie, « cart ». Il contient les livres et leur nombre, rien d’autre, et "
        "disparaît quand vous fermez le navigateur ou videz le panier.",
    },
    "cart.title": {"en": "Your cart", "fr": "Votre panier"},
    "cart.empty": {
        "en": "It is empty, and there is no cookie for it.",
        "fr": "Il est vide, et il n’y a pas de cookie pour lui.",
    },
    "cart.shop": {"en": "To the shelf", "fr": "Vers le rayon"},
    "cart.book": {"en": "Book", "fr": "Livre"},
    "cart.copies": {"en": "Copies", "fr": "Exemplaires"},
    "cart.price": {"en": "Price", "fr": "Prix"},
    "cart.total": {"en": "Total", "fr": "Total"},
    "cart.more": {"en": "One more: {title}", "fr": "Un de plus : {title}"},
    "cart.less": {"en": "One less: {title}", "fr": "Un de moins : {title}"},
    "cart.remove": {"en": "Remove", "fr": "Retirer"},
    "cart.remove-which": {"en": "Remove: {title}", "fr": "Retirer : {title}"},
    "cart.most": {
        "en": "At most {most} copies of one book: there are other readers.",
        "fr": "Au plus {most} exemplaires d’un livre : il y a d’autres lecteurs.",
    },
    "cart.end": {
        "en": "It ends here: the shop is invented, and so is its till. Emptying the cart removes the cookie.",
        "fr": "Cela s’arrête ici : la librairie est inventée, et sa caisse aussi. Vider le panier retire le cookie.",
    },
}
