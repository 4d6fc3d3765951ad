"""How a refused post is told: problem+json to a program (RFC 9457), a small page to a person, in their language."""

from html import escape
from http import HTTPStatus

import msgspec

from bredele.collector.errors import RefusedPost

WORDS = {
    "en": {
        "dir": "ltr",
        "title": "Your answer was not saved",
        "kept": "Nothing was changed: what you chose before is still in force.",
        "back": "Back to your cookie preferences",
    },
    "ar": {
        "dir": "rtl",
        "title": "لم تُحفظ إجابتك",
        "kept": "لم يتغيّر شيء: ما اخترته من قبل ما زال ساريًا.",
        "back": "العودة إلى تفضيلات ملفات الارتباط",
    },
    "fr": {
        "dir": "ltr",
        "title": "Votre réponse n’a pas été enregistrée",
        "kept": "Rien n’a changé : votre choix précédent reste en vigueur.",
        "back": "Retour à vos préférences de cookies",
    },
}


def problem(refusal: RefusedPost) -> bytes:
    """The body of application/problem+json: status, title, what was wrong, where, and the cure."""
    return msgspec.json.encode(
        {
            "type": "about:blank",
            "title": HTTPStatus(refusal.status).phrase,
            "status": refusal.status,
            "detail": refusal.message,
            "where": refusal.where,
            "cure": refusal.cure,
        }
    )


def page(refusal: RefusedPost, accept_language: str) -> bytes:
    """A complete page without script or style of its own. The fault itself is said in English, and marked so."""
    asked = accept_language.lower().lstrip()
    language = next((code for code in WORDS if asked.startswith(code)), "en")
    words = WORDS[language]
    fault = escape(str(refusal))
    return (
        f'<!doctype html><html lang="{language}" dir="{words["dir"]}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'
        f"<title>{words['title']}</title></head><body><main><h1>{words['title']}</h1><p>{words['kept']}</p>"
        f'<p lang="en" dir="ltr">{fault}</p>'
        f'<p><a href="/cookies/preferences/">{words["back"]}</a></p></main></body></html>'
    ).encode()
