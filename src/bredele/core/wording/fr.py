"""The policy in French."""

from bredele.core.wording.shape import Wording

FRENCH = Wording(
    language="fr",
    title="Politique de cookies",
    uses="{site} utilise {what} {purposes}.",
    uses_nothing="{site} n’enregistre rien sur votre appareil.",
    uses_for={
        "necessary": "pour bien fonctionner",
        "measurement": "pour mesurer son audience",
        "personalisation": "pour s’adapter à vos préférences",
        "advertising": "pour afficher de la publicité",
        "social": "pour afficher des contenus d’autres plateformes",
    },
    uses_for_own="pour {label}",
    cookies_only="des cookies",
    cookies_and_more="des cookies et d’autres formes de stockage sur votre appareil",
    counts_without_cookies="Ce site mesure aussi son audience, sans cookie et sans savoir qui vous êtes.",
    cookie_heading="Qu’est-ce qu’un cookie ?",
    cookie_meaning=(
        "Un cookie est une petite donnée qui porte un nom. Un site que vous visitez peut la confier à votre "
        "navigateur, qui la conserve un certain temps et la rend à ce site à chacune de vos visites. Les sites s’en "
        "servent de bien des façons : pour vous garder connecté, pour retenir le contenu d’un panier, ou pour "
        "reconnaître un navigateur à des fins de statistiques ou de publicité."
    ),
    other_storage=(
        "Un site peut aussi laisser des données sur un appareil par d’autres moyens, comme le stockage local du "
        "navigateur. Les mêmes règles s’y appliquent, et cette page les mentionne donc également."
    ),
    kinds_lead=(
        "Il existe plusieurs types de cookies. Les deux premiers noms disent à quoi sert un cookie, les deux autres "
        "à qui il est ; tout cookie a ces deux côtés :"
    ),
    kinds={
        "necessary": (
            "Nécessaires",
            (
                "Ils conservent ce dont le site a besoin pour faire ce que vous lui demandez, d’une page ou d’une visite "
                "à l’autre sur le même appareil : un panier, une connexion, la langue choisie. Ils ne demandent pas de "
                "consentement."
            ),
        ),
        "statistical": ("Statistiques", "Ils montrent comment un site est utilisé. {consent}"),
        "first-party": (
            "Internes, ou première partie",
            (
                "Ils sont déposés par le site que vous visitez. Cela dit qui les dépose, non pourquoi : outre les cookies "
                "nécessaires, il peut y en avoir qui recueillent des données personnelles, suivent vos actions ou servent "
                "à la publicité. Ceux-là demandent votre consentement."
            ),
        ),
        "third-party": (
            "Tiers",
            (
                "Ils sont déposés par un autre site, ou pour son compte, pendant que vous visitez celui-ci ; il s’agit "
                "souvent d’une régie publicitaire. Cet autre site peut alors voir quelles pages vous avez visitées ici, "
                "et en apprendre sur vous."
            ),
        ),
    },
    statistical_asked="Ils demandent votre consentement, même si les chiffres ne nomment personne.",
    statistical_exempt=(
        "Ils demandent votre consentement, sauf s’ils se bornent à mesurer une audience dans les limites étroites "
        "fixées par la loi ({basis})."
    ),
    table_heading="Quels cookies sont utilisés sur la plateforme {address}",
    table_empty="Aucun : ce site n’enregistre rien sur votre appareil.",
    group_headings={
        "necessary": "Cookies strictement nécessaires au fonctionnement de la plateforme",
        "statistical": "Cookies statistiques",
        "first-party": "Autres cookies internes",
        "third-party": "Cookies tiers",
    },
    columns=(
        "Fournisseur",
        "Fonction et emplacement",
        "Nom(s)",
        "Finalités",
        "Durée de vie",
        "Catégorie",
        "Type",
        "Déposé par",
        "Consentement",
        "Accès par des tiers",
        "Forme de stockage",
    ),
    types={
        "necessary": "Strictement nécessaire",
        "statistical": "Statistique",
        "first-party": "Interne",
        "third-party": "Tiers",
    },
    parties={"first": "Ce site (première partie)", "third": "Un autre site (tiers)"},
    storage={
        "cookie": "Cookie",
        "local_storage": "Stockage local",
        "session_storage": "Stockage de session",
        "indexed_db": "Base de données du navigateur (IndexedDB)",
        "cache_storage": "Stockage de cache",
        "opfs": "Fichiers privés du site",
        "service_worker": "Script d’arrière-plan",
        "pixel": "Pixel de suivi",
        "beacon": "Balise",
        "fingerprint": "Lecture des caractéristiques de l’appareil",
    },
    locations={"front office": "front-office", "back office": "back-office", "api": "API"},
    both_offices="front-office et back-office",
    purposes={
        "necessary": "Strictement nécessaires",
        "measurement": "Mesure d’audience",
        "personalisation": "Personnalisation",
        "advertising": "Publicité",
        "social": "Réseaux sociaux et contenus intégrés",
    },
    purpose_meanings={
        "necessary": (
            "Ce dont le site a besoin pour faire ce que vous lui demandez : connexion, langue, sécurité, vos choix ici."
        ),
        "measurement": "Compter les visites, pour savoir quelles pages sont utiles et lesquelles ne le sont pas.",
        "personalisation": "Se souvenir de ce que vous aimez, pour que les pages s’adaptent à vous.",
        "advertising": "Afficher de la publicité, et mesurer si elle a été vue.",
        "social": (
            "Afficher des vidéos, des cartes et des messages venus d’autres plateformes, qui peuvent alors voir que "
            "vous êtes ici."
        ),
    },
    consent_asked="Demandé avant",
    consent_not_needed="Pas nécessaire",
    consent_not_needed_because="Pas nécessaire. {reason}",
    access_none="Aucun",
    access_unstated="Non précisé",
    unstated="Non précisé",
    measurement_heading="Comment les visites sont comptées",
    measurement_pageviews=(
        "Ce site compte lui-même ses pages vues. Il n’enregistre rien sur votre appareil pour cela, et ne garde rien "
        "qui puisse vous identifier : ni cookie, ni adresse IP, ni empreinte de votre navigateur."
    ),
    measurement_visitors=(
        "Ce site compte lui-même ses visites. Un cookie, mentionné plus haut, contient la date de votre dernière "
        "visite comptée. Cette valeur est la même pour toutes les personnes venues ce jour-là ; elle n’identifie donc "
        "personne. Aucune adresse IP ni empreinte de votre navigateur n’est gardée."
    ),
    measurement_sums=(
        "Il ne reste que des sommes : les vues du site entier pour chaque heure, et les vues par page ou par une seule "
        "autre propriété pour chaque jour. Les chiffres publiés sont arrondis à la dizaine la plus proche, et ceux "
        "inférieurs à dix ne sont jamais montrés."
    ),
    measurement_kept_word="Durée de conservation des sommes",
    measurement_kept="Au plus {lifetime}.",
    measurement_basis_word="Base légale",
    measurement_basis=(
        "{basis} : une mesure qui se borne à compter l’audience ne demande pas de consentement, et vous pouvez vous "
        "y opposer."
    ),
    measurement_objection=(
        "Vous préférez ne pas être compté ? Un clic suffit, sans compte : "
        "[s’opposer à la mesure d’audience](/cookies/preferences/#counting)."
    ),
    choices_heading="Comment modifier vos choix",
    choices_asked=(
        "Sur la [page des préférences](/cookies/preferences/), vous pouvez tout accepter, tout refuser, ou décider "
        "pour chaque finalité. Elle montre toujours ce que vous avez choisi auparavant."
    ),
    choices_withdraw=(
        "Vous pouvez retirer votre consentement à tout moment, aussi simplement que vous l’avez donné : « Gérer mes "
        "cookies », au pied de chaque page, y conduit."
    ),
    choices_ignored=(
        "Si vous fermez le bandeau ou l’ignorez, cela vaut refus : rien de ce qui demande votre consentement n’est "
        "enregistré. Refuser ne retire que ce que font les finalités refusées ; tout le reste du site fonctionne."
    ),
    choices_none=(
        "À ce jour, rien ici ne demande votre consentement, et aucun bandeau ne vous le demande donc. Vous pouvez tout "
        "de même accepter, refuser ou retirer votre accord à tout moment sur la "
        "[page des préférences](/cookies/preferences/) ; « Gérer mes cookies », au pied de chaque page, y conduit. Si "
        "vous ne faites rien, cela vaut refus et ne change rien."
    ),
    choices_kept=(
        "Votre réponse, que ce soit oui ou non, est retenue pendant {lifetime}. Passé ce délai, elle est oubliée."
    ),
    browser_heading="Ce que permet votre navigateur",
    browser_paragraphs=(
        (
            "Tout navigateur permet de voir, de bloquer et d’effacer ce que les sites ont enregistré. Dans Firefox, voyez "
            "Paramètres, Vie privée et sécurité ; dans Chrome et Edge, Paramètres, Confidentialité ; dans Safari, "
            "Réglages, Confidentialité. L’aide du navigateur l’explique au mot « cookies »."
        ),
        (
            "Si vous effacez tout, ce site oublie aussi vos choix. Si vous bloquez tous les cookies, ses pages restent "
            "lisibles, mais il n’est plus possible de se connecter."
        ),
    ),
    responsible_heading="Qui répond de ce site",
    controller_word="Responsable du traitement",
    contact_word="Contact",
    basis_word="Finalités et base légale",
    basis_consent="{purpose} : votre consentement (RGPD, article 6, paragraphe 1, point a).",
    basis_exempt="{purpose} : pas de consentement nécessaire ({basis}).",
    recipients_word="Destinataires",
    recipients_none="Aucun tiers n’a accès à ce qui est enregistré.",
    transfers_word="Transferts hors de l’Espace économique européen",
    transfers_none="Aucun.",
    retention_word="Durée de conservation des données",
    rights_word="Vos droits",
    authority_word="Réclamations",
    authority="Vous pouvez adresser une réclamation à {authority}.",
    edition="Version {number}, publiée le {date}.",
    edition_draft="Brouillon du {date}, non publié.",
    date="{day} {month} {year}",
    months=(
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ),
    lifetime_session="session de navigation",
    lifetime_persistent="sans date de fin : jusqu’à ce que vous l’effaciez",
    lifetime_none="rien ne reste sur l’appareil",
    lifetime_renewed="{lifetime}, renouvelée à chaque visite",
    units={
        "years": ("{n} an", "{n} ans"),
        "months": ("{n} mois", "{n} mois"),
        "weeks": ("{n} semaine", "{n} semaines"),
        "days": ("{n} jour", "{n} jours"),
        "hours": ("{n} heure", "{n} heures"),
        "minutes": ("{n} minute", "{n} minutes"),
        "seconds": ("{n} seconde", "{n} secondes"),
    },
    plural=lambda number: 0 if number in (0, 1) else 1,
    list_and=" et ",
    list_comma=", ",
    quoted="« {words} »",
    term="« {word} » : {meaning}",
)
