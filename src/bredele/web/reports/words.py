"""The words of mails, in the language a site's receivers chose."""

from datetime import date, datetime, time
from typing import Literal

from bredele.core.wording.dates import date_text
from bredele.stats.rounding import Figure

Language = Literal["en", "fr"]
WORDS: dict[str, dict[str, str]] = {
    "en": {
        "week": "{name}: week {number}, {first} to {last}",
        "before": "before",
        "views": "Page views",
        "visits": "Visits",
        "visitors_day": "Visitors, summed day by day",
        "bounced": "Left after one page",
        "seconds": "Seconds a page is looked at",
        "pages": "Pages most read",
        "referrers": "Where visitors came from",
        "countries": "Countries",
        "none": "Nothing reached ten.",
        "direct": "no referrer",
        "unknown": "unknown",
        "note": "Figures are to the nearest ten; “<10” stands for every number below ten, zero included.",
        "more": "Everything else, and who gets this mail: {link}",
        "stop": "Stop this mail: {link}",
        "figure": "Figure",
        "this": "This week",
        "last": "The week before",
        "spike": "{name}: far more views than usual",
        "drop": "{name}: far fewer views than usual",
        "silence": "{name}: nothing is counted any more",
        "spike-over": "{name}: back to the usual number of views",
        "drop-over": "{name}: back to the usual number of views",
        "silence-over": "{name}: views are counted again",
        "told": "{seen} views in {hours} h, until {hour}:00; usual at this time of the week: {usual}.",
        "silence-cure": "Look whether the site answers, and whether its pages still carry the script.",
        "spike-cure": "A campaign, the news, or a robot that does not say so.",
        "drop-cure": "Look whether the site answers, and whether a change took the script away.",
        "test": "Test: {subject}",
    },
    "fr": {
        "week": "{name} : semaine {number}, du {first} au {last}",
        "before": "avant",
        "views": "Pages vues",
        "visits": "Visites",
        "visitors_day": "Visiteurs, additionnés jour après jour",
        "bounced": "Partis après une page",
        "seconds": "Secondes passées sur une page",
        "pages": "Pages les plus lues",
        "referrers": "D’où viennent les visiteurs",
        "countries": "Pays",
        "none": "Rien n’a atteint dix.",
        "direct": "sans provenance",
        "unknown": "inconnu",
        "note": "Chiffres à la dizaine la plus proche ; « <10 » vaut pour tout nombre inférieur à dix, zéro compris.",
        "more": "Tout le reste, et qui reçoit ce message : {link}",
        "stop": "Ne plus recevoir ce message : {link}",
        "figure": "Chiffre",
        "this": "Cette semaine",
        "last": "La semaine d’avant",
        "spike": "{name} : bien plus de pages vues que d’habitude",
        "drop": "{name} : bien moins de pages vues que d’habitude",
        "silence": "{name} : plus rien n’est compté",
        "spike-over": "{name} : retour au nombre habituel de pages vues",
        "drop-over": "{name} : retour au nombre habituel de pages vues",
        "silence-over": "{name} : des pages vues sont de nouveau comptées",
        "told": "{seen} pages vues en {hours} h, jusqu’à {hour} h ; d’habitude à ce moment de la semaine : {usual}.",
        "silence-cure": "Vérifiez que le site répond et que ses pages portent encore le script.",
        "spike-cure": "Une campagne, l’actualité, ou un robot qui ne se dit pas robot.",
        "drop-cure": "Vérifiez que le site répond et qu’un changement n’a pas retiré le script.",
        "test": "Essai : {subject}",
    },
}
"""Every language has the same keys."""


def day_text(day: date, language: str) -> str:
    """A day in words."""
    return date_text(datetime.combine(day, time()), language)


def number_text(figure: Figure | None, language: str) -> str:
    """A figure as it is read; a dash where there is none."""
    if figure is None:
        return "–"
    return f"{figure:,}".replace(",", "\u202f" if language == "fr" else ",") if isinstance(figure, int) else figure
