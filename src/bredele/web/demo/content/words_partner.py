"""Words of the partner, Lorgnette, and of the film it shows."""

from bredele.core.declaration import Text

CAPTIONS: tuple[Text, ...] = (
    {
        "en": "Seven in the morning. The stork on the town hall has opinions.",
        "fr": "Sept heures du matin. La cigogne de la mairie a des avis.",
    },
    {
        "en": "Over the church, whose clock is four minutes behind.",
        "fr": "Au-dessus de l’église, dont l’horloge a quatre minutes de retard.",
    },
    {
        "en": "The vineyards: rows and rows, and one person looking for a glove.",
        "fr": "Les vignes : des rangs, des rangs, et quelqu’un qui cherche un gant.",
    },
    {
        "en": "And home, before the bell.",
        "fr": "Et retour, avant la cloche.",
    },
)
WORDS: dict[str, Text] = {
    "partner.name": {"en": "Lorgnette", "fr": "Lorgnette"},
    "partner.strap": {"en": "We look, so that you are seen.", "fr": "Nous regardons, pour que l’on vous voie."},
    "partner.languages": {"en": "Language", "fr": "Langue"},
    "partner.title": {
        "en": "We put small frames on other people’s pages",
        "fr": "Nous plaçons de petits cadres sur les pages des autres",
    },
    "partner.lead": {
        "en": "Lorgnette plays the third party. It lends websites a box and a film player. Each time your browser fetches one, "
        "Lorgnette learns which page it is for.",
        "fr": "Lorgnette joue le rôle du tiers. Elle prête aux sites une boîte et un lecteur de film. Chaque fois que votre navigateur "
        "en demande un, Lorgnette apprend pour quelle page.",
    },
    "partner.what": {"en": "What one cookie lets us do", "fr": "Ce qu’un seul cookie nous permet"},
    "partner.what-1": {
        "en": "We write a cookie, “partner_pages”, under our own name while you are on somebody else’s site.",
        "fr": "Nous écrivons un cookie, « partner_pages », à notre nom, alors que vous êtes sur le site d’un autre.",
    },
    "partner.what-2": {
        "en": "Your browser hands it back to us with every frame of ours on that site. So we can put the pages in a row: news of the "
        "storks, then a book on roofs, then the cart.",
        "fr": "Votre navigateur nous le rend avec chacun de nos cadres sur ce site. Nous pouvons donc aligner les pages : les "
        "cigognes, puis un livre sur les toits, puis le panier.",
    },
    "partner.what-3": {
        "en": "Usually such a list is kept on a server, under a number that stands for you, and nobody shows it to you. Ours is in the "
        "cookie itself, and the box shows all of it.",
        "fr": "D’ordinaire, une telle liste est tenue sur un serveur, sous un numéro qui vous désigne, et personne ne vous la montre. "
        "La nôtre est dans le cookie même, et la boîte la montre en entier.",
    },
    "partner.limits": {"en": "What stops us", "fr": "Ce qui nous arrête"},
    "partner.limits-1": {
        "en": "Your no. Without your consent the town does not put our frame on its page, and its pages forbid your browser to fetch it.",
        "fr": "Votre non. Sans votre accord, le bourg ne met pas notre cadre sur sa page, et ses pages interdisent à votre navigateur de le prendre.",
    },
    "partner.limits-2": {
        "en": "Your second thoughts. When you withdraw, the town asks us to erase the cookie, and we do.",
        "fr": "Vos remords. Quand vous retirez votre accord, le bourg nous demande d’effacer le cookie, et nous le faisons.",
    },
    "partner.limits-3": {
        "en": "Your browser. It keeps our cookie in a compartment for that one site: what we see in the town stays with the town.",
        "fr": "Votre navigateur. Il garde notre cookie dans un compartiment pour ce seul site : ce que nous voyons au bourg reste au bourg.",
    },
    "partner.direct": {
        "en": "You are visiting us directly, so no cookie was set.",
        "fr": "Vous nous rendez visite directement : aucun cookie n’a été déposé.",
    },
    "partner.town": {"en": "To the town of Kirschwihr", "fr": "Vers le bourg de Kirschwihr"},
    "box.heading": {"en": "Lorgnette has seen", "fr": "Lorgnette a vu"},
    "box.pages-one": {"en": "one page", "fr": "une page"},
    "box.pages": {"en": "{count} pages", "fr": "{count} pages"},
    "box.now": {"en": "now", "fr": "à l’instant"},
    "box.note": {
        "en": "The list is in the cookie “partner_pages” and nowhere else.",
        "fr": "La liste est dans le cookie « partner_pages » et nulle part ailleurs.",
    },
    "box.who": {"en": "Who is Lorgnette?", "fr": "Qui est Lorgnette ?"},
    "player.title": {"en": "One minute above the roofs", "fr": "Une minute au-dessus des toits"},
    "player.play": {"en": "Play", "fr": "Lire"},
    "player.still": {
        "en": "Your device asks for less motion, so the film stands still. Its words:",
        "fr": "Votre appareil demande moins de mouvement : le film reste immobile. Ses paroles :",
    },
    "player.seen": {
        "en": "Lorgnette noted: you opened this film.",
        "fr": "Lorgnette a noté : vous avez ouvert ce film.",
    },
    "player.scene": {
        "en": "Drawing: a stork flies over hills and roofs while the sun rises.",
        "fr": "Dessin : une cigogne survole collines et toits au lever du soleil.",
    },
    "partner.lost": {"en": "Nothing to see", "fr": "Rien à voir"},
    "partner.lost-lead": {
        "en": "We looked. There is no page here.",
        "fr": "Nous avons regardé. Il n’y a pas de page ici.",
    },
    "partner.home": {"en": "To the front page", "fr": "Vers l’accueil"},
}
