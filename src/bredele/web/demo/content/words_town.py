"""Words of the town: its frame, its front page, news, film and the page that shows the visitor's own cookies."""

from bredele.core.declaration import Text

WORDS: dict[str, Text] = {
    "town.name": {"en": "Kirschwihr", "fr": "Kirschwihr"},
    "town.strap": {
        "en": "A town of 1,284 people, two storks and one good oven",
        "fr": "Un bourg de 1 284 habitants, deux cigognes et un bon four",
    },
    "town.scene": {
        "en": "Drawing: half-timbered houses in a row, a church, vineyards, and a stork on the chimney of the town hall.",
        "fr": "Dessin : une rangée de maisons à colombages, une église, des vignes, et une cigogne sur la cheminée de la mairie.",
    },
    "nav.label": {"en": "Town", "fr": "Bourg"},
    "nav.home": {"en": "Home", "fr": "Accueil"},
    "nav.news": {"en": "News", "fr": "Nouvelles"},
    "nav.bookshop": {"en": "Bookshop", "fr": "Librairie"},
    "nav.film": {"en": "Film", "fr": "Film"},
    "nav.happened": {"en": "What happened here", "fr": "Que s’est-il passé ?"},
    "nav.cart": {"en": "Cart", "fr": "Panier"},
    "nav.cart-count": {"en": "{count} in it", "fr": "{count} dedans"},
    "nav.cookies": {"en": "Cookies", "fr": "Cookies"},
    "foot.policy": {"en": "Cookies policy", "fr": "Politique relative aux cookies"},
    "foot.manage": {"en": "Manage my cookies", "fr": "Gérer mes cookies"},
    "foot.data": {"en": "Open data", "fr": "Données ouvertes"},
    "foot.invented": {
        "en": "Kirschwihr is invented, so that a cookies policy has something to be true about. Nothing here is for sale.",
        "fr": "Kirschwihr est inventé, afin qu’une politique de cookies ait de quoi être vraie. Rien n’est à vendre ici.",
    },
    "season.label": {"en": "Season of this site", "fr": "Saison de ce site"},
    "season.here": {
        "en": "You see this season on this page only. The town can remember it for you in a cookie, “theme”, if you allow "
        "personalisation; until then it keeps nothing, and the next page looks as before.",
        "fr": "Vous voyez cette saison sur cette page seulement. Le bourg peut la retenir pour vous dans un cookie, « theme », "
        "si vous autorisez la personnalisation ; d’ici là il ne garde rien, et la page suivante sera comme avant.",
    },
    "season.allow": {"en": "Let the town remember it", "fr": "Laisser le bourg s’en souvenir"},
    "home.title": {"en": "Welcome", "fr": "Bienvenue"},
    "home.news": {"en": "From the notice board", "fr": "Au panneau d’affichage"},
    "home.all-news": {"en": "All news", "fr": "Toutes les nouvelles"},
    "home.books": {"en": "In the window of La Cigogne lettrée", "fr": "En vitrine de La Cigogne lettrée"},
    "home.all-books": {"en": "Go into the bookshop", "fr": "Entrer dans la librairie"},
    "home.film": {"en": "One minute above the roofs", "fr": "Une minute au-dessus des toits"},
    "home.film-about": {
        "en": "A short film of the town, shown by a partner. It stays dark until you say yes.",
        "fr": "Un petit film sur le bourg, diffusé par un partenaire. Il reste éteint tant que vous n’avez pas dit oui.",
    },
    "home.film-go": {"en": "To the film", "fr": "Voir le film"},
    "home.try": {"en": "Try this site’s cookies", "fr": "Essayez les cookies de ce site"},
    "home.try-about": {
        "en": "This town stores one cookie of each kind, and its policy names them all. Walk through them in any order.",
        "fr": "Ce bourg dépose un cookie de chaque sorte, et sa politique les nomme tous. Essayez-les dans l’ordre de votre choix.",
    },
    "home.try-cart": {
        "en": "Put a book in the cart. It is necessary for what you asked for, so nobody asks you.",
        "fr": "Mettez un livre au panier. C’est nécessaire à ce que vous demandez : personne ne vous interroge.",
    },
    "home.try-season": {
        "en": "Change the season above. It is remembered only if you allow personalisation.",
        "fr": "Changez de saison, plus haut. Elle n’est retenue que si vous autorisez la personnalisation.",
    },
    "home.try-accept": {
        "en": "Allow advertising, open some pages, and watch the partner’s box fill up at the foot of each.",
        "fr": "Autorisez la publicité, ouvrez quelques pages et voyez, au bas de chacune, la boîte du partenaire se remplir.",
    },
    "home.try-withdraw": {
        "en": "Then withdraw, at the foot of any page: the box is gone, and so is what it knew.",
        "fr": "Puis retirez votre accord, au bas de n’importe quelle page : la boîte disparaît, et ce qu’elle savait aussi.",
    },
    "home.try-look": {
        "en": "See what your browser has sent",
        "fr": "Voir ce que votre navigateur a envoyé",
    },
    "news.title": {"en": "News", "fr": "Nouvelles"},
    "news.lead": {
        "en": "What the notice board under the town hall says, for those who cannot walk past it.",
        "fr": "Ce que dit le panneau sous la mairie, pour qui ne peut passer devant.",
    },
    "story.others": {"en": "Also on the notice board", "fr": "Également au panneau"},
    "film.title": {"en": "One minute above the roofs", "fr": "Une minute au-dessus des toits"},
    "film.lead": {
        "en": "A stork’s view of the town, from the town hall to the vineyards and back before the bell.",
        "fr": "Le bourg vu par une cigogne, de la mairie aux vignes, retour avant la cloche.",
    },
    "film.off": {"en": "The projector is off", "fr": "Le projecteur est éteint"},
    "film.what": {
        "en": "If you allow advertising, your browser fetches the player from there. Lorgnette then gets the address of this page, "
        "your network address as any server does, and keeps a cookie in which it lists the pages of this town you open.",
        "fr": "Si vous autorisez la publicité, votre navigateur y prend le lecteur. Lorgnette reçoit alors l’adresse de cette "
        "page, votre adresse réseau comme tout serveur, et tient un cookie où figurent les pages de ce bourg que vous ouvrez.",
    },
    "film.without": {
        "en": "You can do without: everything the film says is written below it.",
        "fr": "On peut s’en passer : tout ce que dit le film est écrit en dessous.",
    },
    "film.frame": {"en": "Film: one minute above the roofs", "fr": "Film : une minute au-dessus des toits"},
    "film.text": {"en": "What the film says", "fr": "Ce que dit le film"},
    "box.title": {"en": "What the partner sees", "fr": "Ce que voit le partenaire"},
    "box.frame": {"en": "Box of the partner Lorgnette", "fr": "Boîte du partenaire Lorgnette"},
    "box.on": {
        "en": "You allowed advertising, so this box is drawn by {host}, from the list it keeps in your browser.",
        "fr": "Vous avez autorisé la publicité : cette boîte est dessinée par {host}, d’après la liste qu’il tient dans votre navigateur.",
    },
    "box.off": {
        "en": "Nothing. Its box would stand here and be told which pages of the town you open. It is not on this page, and your "
        "browser has asked nothing of {host}, because you have not allowed advertising.",
        "fr": "Rien. Sa boîte serait ici, et apprendrait quelles pages du bourg vous ouvrez. Elle n’est pas sur cette page, et "
        "votre navigateur n’a rien demandé à {host}, car vous n’avez pas autorisé la publicité.",
    },
    "box.decide": {"en": "Decide about advertising", "fr": "Décider pour la publicité"},
    "happened.title": {"en": "What happened here", "fr": "Que s’est-il passé ?"},
    "happened.lead": {
        "en": "Every cookie this town declares, and whether your browser sent it with this very page. Reload, accept, withdraw: the "
        "list follows. Values are not shown, and not kept.",
        "fr": "Chaque cookie que ce bourg déclare, et si votre navigateur l’a envoyé avec cette page même. Rechargez, acceptez, "
        "retirez : la liste suit. Les valeurs ne sont ni montrées, ni gardées.",
    },
    "happened.count-none": {
        "en": "Your browser sent no cookie at all.",
        "fr": "Votre navigateur n’a envoyé aucun cookie.",
    },
    "happened.sent": {"en": "Sent with this page", "fr": "Envoyé avec cette page"},
    "happened.signs": {"en": "{count} signs", "fr": "{count} signes"},
    "happened.absent": {"en": "Not in your browser", "fr": "Absent de votre navigateur"},
    "happened.elsewhere": {"en": "Sent to {host} only", "fr": "Envoyé à {host} seulement"},
    "happened.hidden": {
        "en": "Sent, but not allowed any more: hidden from the town, and your browser was just told to drop it",
        "fr": "Envoyé, mais plus autorisé : caché au bourg, et votre navigateur vient d’être prié de l’effacer",
    },
    "happened.kept": {"en": "Stays: {lifetime}", "fr": "Durée : {lifetime}"},
    "happened.exempt": {"en": "No consent needed.", "fr": "Aucun accord nécessaire."},
    "happened.granted": {"en": "You allowed: {purposes}.", "fr": "Vous avez autorisé : {purposes}."},
    "happened.refused": {
        "en": "You refused: {purposes}. It is never set.",
        "fr": "Vous avez refusé : {purposes}. Il n’est jamais déposé.",
    },
    "happened.not-asked": {
        "en": "You have not answered about: {purposes}. No answer counts as no.",
        "fr": "Vous n’avez pas répondu sur : {purposes}. Pas de réponse vaut refus.",
    },
    "happened.undeclared": {
        "en": "No row of the policy names this cookie. Either another program on this computer’s address set it, or the policy is "
        "untrue; the proof tells which.",
        "fr": "Aucune ligne de la politique ne nomme ce cookie. Soit un autre programme à cette adresse l’a déposé, soit la "
        "politique ne dit pas vrai ; la preuve tranche.",
    },
    "happened.read": {
        "en": "Your own statistical cookie says: {count} of 10 pages read.",
        "fr": "Votre propre cookie statistique dit : {count} pages lues sur 10.",
    },
    "happened.next": {
        "en": "The same rows, with everything the law wants said, are the cookies policy.",
        "fr": "Les mêmes lignes, avec tout ce que la loi veut voir dit, forment la politique relative aux cookies.",
    },
    "kind.necessary": {"en": "Necessary", "fr": "Nécessaire"},
    "kind.statistical": {"en": "Statistical", "fr": "Statistique"},
    "kind.first-party": {"en": "First party", "fr": "Interne"},
    "kind.third-party": {"en": "Third party", "fr": "Tiers"},
    "kind.undeclared": {"en": "Undeclared", "fr": "Non déclaré"},
    "lost.title": {"en": "No such street", "fr": "Pas de rue à ce nom"},
    "lost.lead": {
        "en": "Nothing stands at this address. It may have been a shortcut.",
        "fr": "Il n’y a rien à cette adresse. C’était peut-être un raccourci.",
    },
    "lost.home": {"en": "Back to the market square", "fr": "Retour à la place du Marché"},
    "skip": {"en": "Skip to the content", "fr": "Aller au contenu"},
}
