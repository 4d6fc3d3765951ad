"""The words of the self-assessment, in English and French; `{…}` are filled with what is found here.

Sources: CNIL, deliberations 2020-091 (art. 5, 50 to 52) and 2020-092 (art. 5) of 17 September 2020, sheet 17, and the
self-assessment of July 2025, which has five purposes and fourteen criteria.
"""

from typing import NamedTuple

from bredele.core.declaration import Text
from bredele.stats.catalogue import Purpose


class Asked(NamedTuple):
    """A criterion: the rules it gathers, the check it stands on (empty: it holds by construction), its words."""

    rules: tuple[str, ...]
    check: str
    question: Text
    evidence: Text


CRITERIA: tuple[Asked, ...] = (
    Asked(
        ("ANA-01",),
        "",
        {
            "en": "The figures serve the five allowed purposes and no other.",
            "fr": "Les chiffres servent les cinq finalités admises et aucune autre.",
        },
        {
            "en": "The catalogue is closed: {dimensions} dimensions, each tied to one of the five purposes.",
            "fr": "Le catalogue est fermé : {dimensions} dimensions, chacune liée à l’une des cinq finalités.",
        },
    ),
    Asked(
        ("ANA-02",),
        "",
        {
            "en": "They serve the publisher alone; sites are kept apart.",
            "fr": "Ils servent le seul éditeur ; les sites sont tenus séparés.",
        },
        {
            "en": "The site is part of every key and of every query; {sites} sites are kept on this server.",
            "fr": "Le site fait partie de chaque clé et de chaque requête ; sites tenus sur ce serveur : {sites}.",
        },
    ),
    Asked(
        ("ANA-03", "ANA-17"),
        "ANA-17",
        {
            "en": "No identifier follows a visitor, on this site or across sites.",
            "fr": "Aucun identifiant ne suit un visiteur, sur ce site ou d’un site à l’autre.",
        },
        {
            "en": "No key of visitors exists: two made-up visitors with the same coarse facts left the same event.",
            "fr": "Il n’existe aucune clé de visiteur : deux visiteurs fictifs aux mêmes traits généraux ont laissé le "
            "même événement.",
        },
    ),
    Asked(
        ("ANA-04",),
        "ANA-04",
        {
            "en": "Nothing but statistics comes out: no visitor, no visit, no path of a person.",
            "fr": "Seules des statistiques sont produites : aucun visiteur, aucune visite, aucun parcours individuel.",
        },
        {
            "en": "Every column of the store is a coarse fact or a sum.",
            "fr": "Chaque colonne de la base est un trait général ou une somme.",
        },
    ),
    Asked(
        ("ANA-05",),
        "ANA-05",
        {
            "en": "Nothing is joined with other processing, and nothing goes to third parties.",
            "fr": "Aucun recoupement avec d’autres traitements, aucune transmission à des tiers.",
        },
        {
            "en": "No key leads from the statistics to accounts, consents or anything else; they stay on this server.",
            "fr": "Aucune clé ne mène des statistiques aux comptes, aux consentements ou à autre chose ; elles restent "
            "sur ce serveur.",
        },
    ),
    Asked(
        ("ANA-06",),
        "",
        {
            "en": "A tracker lives 13 months at most, and visits do not prolong it.",
            "fr": "Un traceur vit 13 mois au plus, et les visites ne le prolongent pas.",
        },
        {"en": "{device}", "fr": "{device}"},
    ),
    Asked(
        ("ANA-07", "ANA-31"),
        "ANA-07",
        {
            "en": "What was collected is deleted after 25 months at most.",
            "fr": "Les données collectées sont supprimées après 25 mois au plus.",
        },
        {
            "en": "Nothing is older than {oldest}; deletions on record: {deletions}.",
            "fr": "Rien n’est antérieur au {oldest} ; suppressions enregistrées : {deletions}.",
        },
    ),
    Asked(
        ("ANA-08", "ANA-22"),
        "scan",
        {
            "en": "Visitors are informed, and can object by a simple means.",
            "fr": "Les visiteurs sont informés et peuvent s’opposer simplement.",
        },
        {
            "en": "Version {version} of the policy describes the measurement; one click on {preferences} ends it, "
            "without an account. Global Privacy Control and Do Not Track end it by themselves.",
            "fr": "La version {version} de la politique décrit la mesure ; un clic sur {preferences} y met fin, sans "
            "compte. Global Privacy Control et Do Not Track y mettent fin d’eux-mêmes.",
        },
    ),
    Asked(
        ("ANA-09",),
        "ANA-09",
        {
            "en": "The IP address is never written; location is a country at most.",
            "fr": "L’adresse IP n’est jamais écrite ; la localisation se limite au pays.",
        },
        {
            "en": "Address and browser of a made-up visitor were found in no file: while waiting, after folding, after "
            "closing.",
            "fr": "L’adresse et le navigateur d’un visiteur fictif n’ont été trouvés dans aucun fichier : en attente, "
            "après agrégation, après clôture.",
        },
    ),
    Asked(
        ("ANA-10", "ANA-11"),
        "ANA-09",
        {
            "en": "Of a referrer only the host stays; queries, campaign and advertising ids are dropped.",
            "fr": "D’une provenance ne reste que l’hôte ; requêtes et identifiants de campagne sont écartés.",
        },
        {
            "en": "The made-up visitor’s query and referrer were found in no file. Parameters kept as content: "
            "{parameters}.",
            "fr": "La requête et la provenance du visiteur fictif n’ont été trouvées dans aucun fichier. Paramètres "
            "conservés comme contenu : {parameters}.",
        },
    ),
    Asked(
        ("ANA-12",),
        "",
        {
            "en": "There are no reports of channels, campaigns, conversions or tests of variants.",
            "fr": "Aucun rapport de canaux, de campagnes, de conversions ni de tests de variantes.",
        },
        {
            "en": "The closed catalogue has no such dimension.",
            "fr": "Le catalogue fermé n’a pas de telle dimension.",
        },
    ),
    Asked(
        ("ANA-13", "ANA-15"),
        "",
        {
            "en": "Events are of three types: presence, interaction, timing. No session replay, no free text.",
            "fr": "Les événements sont de trois types : présence, interaction, durée. Ni relecture de session, ni "
            "texte libre.",
        },
        {
            "en": "The collector takes {events}, and refuses any other name or field.",
            "fr": "Le collecteur accepte {events} et refuse tout autre nom ou champ.",
        },
    ),
    Asked(
        ("ANA-14", "ANA-16"),
        "ANA-16",
        {
            "en": "Figures are given to the nearest ten, and none under ten.",
            "fr": "Les chiffres sont donnés à la dizaine la plus proche, et aucun en dessous de dix.",
        },
        {
            "en": "No cell of a closed period and no released one counts less than ten; no setting changes that.",
            "fr": "Aucune cellule d’une période close ni aucune cellule publiée ne compte moins de dix ; aucun réglage "
            "n’y change rien.",
        },
    ),
    Asked(
        ("ANA-19", "ANA-20"),
        "ANA-19",
        {
            "en": "Nothing can be inferred: differences of figures give nobody away; hours for the site, days "
            "for parts.",
            "fr": "Rien ne peut être déduit : les différences de chiffres ne trahissent personne ; à l’heure pour le "
            "site, au jour pour le détail.",
        },
        {
            "en": "Attacks by subtraction on the figures of two weeks recovered nothing under ten.",
            "fr": "Les attaques par soustraction sur les chiffres de deux semaines n’ont rien retrouvé sous dix.",
        },
    ),
)
PURPOSES: dict[Purpose, Text] = {
    "performance": {"en": "measuring performance", "fr": "mesure des performances"},
    "navigation problems": {"en": "finding navigation problems", "fr": "détection de problèmes de navigation"},
    "ergonomics": {"en": "improving ergonomics", "fr": "optimisation technique ou ergonomique"},
    "server capacity": {"en": "estimating server capacity", "fr": "estimation de la puissance des serveurs"},
    "content consulted": {"en": "analysing which content is read", "fr": "analyse des contenus consultés"},
}
NAMES: dict[str, Text] = {
    "page": {"en": "page", "fr": "page"},
    "referrer": {"en": "host of the referrer", "fr": "hôte de provenance"},
    "country": {"en": "country", "fr": "pays"},
    "device": {"en": "class of device", "fr": "classe d’appareil"},
    "browser": {"en": "family of browser", "fr": "famille de navigateur"},
    "language": {"en": "language", "fr": "langue"},
    "screen": {"en": "class of window width", "fr": "classe de largeur de fenêtre"},
    "load": {"en": "loading time", "fr": "temps de chargement"},
    "time": {"en": "time on the page", "fr": "temps passé sur la page"},
    "outbound": {"en": "outbound link", "fr": "lien sortant"},
    "download": {"en": "download", "fr": "téléchargement"},
    "error": {"en": "kind of error", "fr": "type d’erreur"},
}
"""Dimensions in words."""
DEVICE: dict[str, Text] = {
    "off": {"en": "Nothing is counted.", "fr": "Rien n’est compté."},
    "pageviews": {
        "en": "Nothing is stored on the device.",
        "fr": "Rien n’est enregistré sur l’appareil.",
    },
    "visitors": {
        "en": "One declared cookie, audience_day, holds a date that is the same for everybody; it ends with the month "
        "and the week, and no visit prolongs it.",
        "fr": "Un seul cookie déclaré, audience_day, contient une date, la même pour tous ; il prend fin avec le mois "
        "et la semaine, et aucune visite ne le prolonge.",
    },
}
LABELS: dict[str, Text] = {
    "title": {
        "en": "Self-assessment of audience measurement",
        "fr": "Auto-évaluation de la mesure d’audience",
    },
    "site": {"en": "Site", "fr": "Site"},
    "controller": {"en": "Controller", "fr": "Responsable de traitement"},
    "authority": {"en": "Authority", "fr": "Autorité"},
    "basis": {"en": "Exemption", "fr": "Exemption"},
    "mode": {"en": "Measurement", "fr": "Mesure"},
    "made": {"en": "Made", "fr": "Établie"},
    "checked": {"en": "Last checks", "fr": "Derniers contrôles"},
    "never": {"en": "never", "fr": "jamais"},
    "pair": {"en": "{one}: {other}", "fr": "{one} : {other}"},
    "none": {"en": "none", "fr": "aucun"},
    "met": {"en": "Met", "fr": "Rempli"},
    "failed": {"en": "Not met", "fr": "Non rempli"},
    "open": {"en": "Not checked", "fr": "Non contrôlé"},
    "criteria": {"en": "Criteria", "fr": "Critères"},
    "purposes": {"en": "Purposes", "fr": "Finalités"},
    "unused": {"en": "not used", "fr": "non utilisée"},
    "interest": {"en": "Legitimate interest", "fr": "Intérêt légitime"},
    "deletions": {"en": "Deletions", "fr": "Suppressions"},
    "deleted": {
        "en": "{day}: {rows} rows of before {before}",
        "fr": "{day} : {rows} lignes antérieures au {before}",
    },
    "nothing_deleted": {
        "en": "None so far: nothing has become too old.",
        "fr": "Aucune jusqu’ici : rien n’est devenu trop ancien.",
    },
    "summary": {"en": "{met} of {all} criteria met", "fr": "{met} critères remplis sur {all}"},
    "not exempt": {
        "en": "The law chosen for this site asks consent even for such measurement: no exemption is claimed.",
        "fr": "Le droit choisi pour ce site exige le consentement même pour cette mesure : aucune exemption n’est "
        "invoquée.",
    },
    "counts nothing": {
        "en": "This site counts nothing now; the criteria are those that would hold.",
        "fr": "Ce site ne compte rien actuellement ; les critères sont ceux qui vaudraient.",
    },
    "unpublished": {
        "en": "No version of the policy is published.",
        "fr": "Aucune version de la politique n’est publiée.",
    },
    "scanned": {
        "en": "A real browser found version {version} true on {day}.",
        "fr": "Un vrai navigateur a trouvé la version {version} conforme le {day}.",
    },
    "contradicted": {
        "en": "The scan of {day} contradicts version {version}.",
        "fr": "Le contrôle du {day} contredit la version {version}.",
    },
    "unscanned": {
        "en": "No scan has checked version {version} to the end.",
        "fr": "Aucun contrôle n’a vérifié la version {version} jusqu’au bout.",
    },
    "word": {
        "en": "The pages of this site say “anonymous”.",
        "fr": "Les pages de ce site disent « anonyme ».",
    },
    "no word": {
        "en": "No page of this site says “anonymous”: {doubts}.",
        "fr": "Aucune page de ce site ne dit « anonyme » : {doubts}.",
    },
    "nature": {
        "en": "This document is made from the settings and checks of this server. It is no certificate; whoever signs "
        "it answers for it.",
        "fr": "Ce document est établi à partir des réglages et contrôles de ce serveur. Il ne vaut pas certification ; "
        "qui le signe en répond.",
    },
    "signature": {"en": "Name, date, signature", "fr": "Nom, date, signature"},
    "sources": {"en": "Sources", "fr": "Sources"},
}
