"""The words on banners and preference pages in six languages, compared whole after folding case and signs."""

import re
import unicodedata

from bredele.scanner import languages

LETTERS = str.maketrans(
    {"’": "'", "ß": "ss", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "ı": "i"}
)


def phrases(text: str) -> frozenset[str]:
    """Phrases apart by `|` or line ends."""
    return frozenset(fold(phrase) for phrase in re.split(r"[|\n]", text) if phrase.strip())


def fold(text: str) -> str:
    """Lower case without accents, typographic apostrophes, white space runs and closing signs."""
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s'&,-]", " ", bare(text).casefold())).strip(" ,-")


def bare(text: str) -> str:
    """Letters without what stands above or below them; those that Unicode does not take apart are taken apart here."""
    plain = unicodedata.normalize("NFKD", text.translate(LETTERS))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def purpose_of(label: str) -> str:
    """The purpose that the words beside a toggle name: one of the usual ones, else a slug of the first words."""
    folded = fold(label)
    for purpose, pattern in PURPOSES.items():
        if re.search(pattern, folded):
            return purpose
    return "-".join(re.findall(r"\w+", folded)[:3])


ACCEPT = phrases("""
accept all | accept all cookies | accept | accept cookies | i accept | i accept all | accept all and close
accept and close | accept & close | accept and continue | accept all & continue | allow all | allow all cookies
allow | allow cookies | agree | i agree | agree to all | agree and close | agree & close | consent | got it | ok
okay | yes | yes, i agree | that's fine | tout accepter | accepter tout | accepter | j'accepte | j'accepte tout
accepter et fermer | accepter & fermer | accepter les cookies | accepter tous les cookies | accepter et continuer
autoriser | tout autoriser | autoriser tous les cookies | ok, tout accepter | ok pour moi | d'accord
alle akzeptieren | alles akzeptieren | akzeptieren | alle cookies akzeptieren | akzeptieren und schliessen | zustimmen
alle zustimmen | allen zustimmen | ich stimme zu | einverstanden | annehmen | alle annehmen | alle zulassen | zulassen
alle cookies zulassen | erlauben | alle erlauben | verstanden | aceptar | aceptar todo | aceptar todas | aceptar todos
aceptar todas las cookies | aceptar cookies | acepto | aceptar y cerrar | aceptar y continuar | permitir todas
permitir todo | permitir | de acuerdo | entendido | accetta | accetta tutto | accetta tutti | accetta tutti i cookie
accetto | accetta e chiudi | consenti tutti | consenti | acconsento | ho capito | accepteren | alles accepteren
alle cookies accepteren | accepteer | accepteer alles | alle accepteren | toestaan | alles toestaan
alle cookies toestaan | akkoord | ik ga akkoord | begrepen
""")
REFUSE = phrases("""
reject all | reject | refuse all | refuse | decline | decline all | deny | deny all | reject all cookies
reject cookies | refuse cookies | refuse all cookies | no, thanks | no thanks | no | only necessary | necessary only
disagree | i disagree | necessary cookies only | use necessary cookies only | only necessary cookies | only essential
essential only | essential cookies only | only essential cookies | accept only necessary | accept necessary
accept only essential | accept only necessary cookies | accept only essential cookies | continue without accepting
continue without agreeing | i do not accept | do not accept | do not consent | reject non-essential
reject optional cookies | reject additional cookies | reject all and close | object to all | disallow all
tout refuser | refuser tout | refuser | je refuse | je refuse tout | continuer sans accepter | refuser les cookies
refuser tous les cookies | refuser et fermer | refuser et continuer | non merci | non | tout interdire
interdire tous les cookies | uniquement les cookies necessaires | cookies necessaires uniquement
cookies essentiels seulement | uniquement necessaires | tout rejeter | rejeter | alle ablehnen | alles ablehnen
ablehnen | alle cookies ablehnen | nur notwendige | nur notwendige cookies | nur erforderliche
nur erforderliche cookies | nur essenzielle | nur essenzielle cookies | nur technisch notwendige
nur notwendige cookies akzeptieren | nur essenzielle cookies akzeptieren | nur notwendige akzeptieren
ohne zustimmung fortfahren | weiter ohne einwilligung | ohne einwilligung fortfahren | nicht zustimmen | nein danke
nein, danke | verweigern | alle verweigern | rechazar | rechazar todo | rechazar todas | rechazar todos
rechazar todas las cookies | rechazar cookies | denegar | denegar todas | solo necesarias | solo las necesarias
solo cookies necesarias | continuar sin aceptar | no acepto | rifiuta | rifiuta tutto | rifiuta tutti
rifiuta tutti i cookie | rifiuto | solo necessari | solo i necessari | solo cookie necessari
continua senza accettare | nega | nega tutti | non accetto | weigeren | alles weigeren | alles afwijzen | afwijzen
alle cookies weigeren | alleen noodzakelijk | alleen noodzakelijke | alleen noodzakelijke cookies
alleen functionele cookies | niet akkoord | weiger alles | weiger | nee bedankt | nee, bedankt
""")
SETTINGS = phrases("""
settings | cookie settings | cookies settings | manage cookies | manage my cookies | manage preferences
manage options | manage settings | manage choices | customise | customize | preferences | cookie preferences | options
more options | show details | let me choose | choose | choose cookies | privacy settings | your privacy choices
show purposes | personnaliser | parametrer | parametres | gerer les cookies | gerer mes cookies | gerer mes choix
gerer les preferences | choisir | parametrer les cookies | parametres des cookies | gestion des cookies
preferences cookies | je choisis | plus d'options | configurer | einstellungen | anpassen | cookie-einstellungen
cookie einstellungen | cookies verwalten | mehr optionen | auswahlen | privatsphare-einstellungen
individuelle einstellungen | einstellungen verwalten | optionen | configurar | configurar cookies | ajustes
ajustes de cookies | preferencias | personalizar | opciones | gestionar cookies | configuracion
configuracion de cookies | mas opciones | impostazioni | personalizza | preferenze | gestisci | gestisci cookie
gestisci preferenze | impostazioni cookie | preferenze cookie | piu opzioni | instellingen | aanpassen | voorkeuren
cookie-instellingen | cookie instellingen | cookies beheren | voorkeuren beheren | zelf instellen | meer opties
""")
SAVE = phrases("""
save | save my choices | save choices | save my choice | confirm my choices | confirm choices | confirm
save preferences | save my preferences | save and close | save & close | save settings | save and exit | apply | done
enregistrer | enregistrer mes choix | enregistrer les choix | valider | valider mes choix | confirmer mes choix
confirmer la selection | sauvegarder | enregistrer et fermer | appliquer | speichern | auswahl speichern
auswahl bestatigen | einstellungen speichern | meine auswahl bestatigen | speichern und schliessen | bestatigen
guardar | guardar preferencias | guardar mi seleccion | confirmar | confirmar mis preferencias | guardar configuracion
salva | salva preferenze | salva le preferenze | conferma | conferma le mie scelte | salva e chiudi | opslaan
voorkeuren opslaan | keuze bevestigen | bevestig mijn keuzes | instellingen opslaan | selectie opslaan
""")
WITHDRAW = phrases("""
withdraw | withdraw consent | withdraw my consent | withdraw all consent | revoke | revoke consent | revoke my consent
remove my consent | opt out | retirer | retirer mon consentement | retirer le consentement | revoquer mon consentement
einwilligung widerrufen | widerrufen | meine einwilligung widerrufen | zustimmung widerrufen | retirar consentimiento
retirar el consentimiento | retirar mi consentimiento | revocar | revocar consentimiento | revoca | revoca il consenso
ritira il consenso | revoca consenso | intrekken | toestemming intrekken | mijn toestemming intrekken
""")
WITHDRAW_TEXT = re.compile(
    r"(?:withdraw|revoke|remove|retir\w*|revo\w+|widerruf\w*|ritir\w+|intrekken|annul\w+)\b.{0,25}"
    r"(?:consent|cookie|consentement|einwilligung|zustimmung|consentimiento|consenso|toestemming)"
    r"|(?:consent|cookies?|consentement|einwilligung|zustimmung|toestemming)\b.{0,25}"
    r"(?:withdraw|revoke|retirer|widerrufen|zuruckziehen|intrekken)"
)
"""Words of a control that takes consent back, matched on folded text."""
CONSENT_WORDS = languages.SPEAKS
"""What the surroundings of a banner's buttons speak of."""
NECESSARY = re.compile(
    r"necessar|n[ée]cessaire|essen[tz]|obligat|required|requis|notwendig|erforderlich|necesari|noodzakelijk|functional"
    r"|technical|techni(?:que|sch)",
    re.IGNORECASE,
)
"""What may be ticked from the start."""
PURPOSES = {
    "measurement": r"analy|statist|estad|measur|mesure|messung|medici|medida|misura|meting|audience|performance|metric",
    "advertising": r"advert|market|target|publicit|pubblicit|werbung|reklam|\bads?\b|annonc|mercadotecnia",
    "social": r"\bsocial|\bsozial|sociaux|sociales|sociale|embedded|external media|externe medien|video",
    "personalisation": r"personali[sz]|personnalis|preferen|praferen|functional|fonctionn|funcional|funzional"
    r"|funktional|comfort|komfort|confort",
}
"""The usual purposes and how they are called."""
NAMES_PURPOSE = re.compile("|".join((*PURPOSES.values(), bare(languages.PURPOSES).casefold())))


def names_purpose(text: str) -> bool:
    """Whether a text says in any way what consent is asked for."""
    return NAMES_PURPOSE.search(fold(text)) is not None


PREFERENCE_ADDRESS = re.compile(
    r"cookies?[-_/]?(?:preferences|settings|choices|consent)|(?:preferences|settings)/cookies", re.IGNORECASE
)
PREFERENCE_TEXT = re.compile(
    r"cookie\W*(?:preference|setting|choice|consent|management|einstellung|instelling|voorkeur)"
    r"|(?:manage|change|my|your|choose|gerer|modifier|mes|parametr\w+|gestion|preferences|verwalten|gestionar|configur\w+"
    r"|preferencias|mis|gestisci|preferenze|impostazioni|beheer|beheren|mijn|meine)\b[\w\s']{0,20}\bcookies?"
    r"|cookies?\b[\w\s]{0,12}\b(?:verwalten|beheren)|privacy settings|your privacy choices|"
    + bare(languages.PREFERENCES).casefold()
)
"""Words of a link that leads to a preference page, matched on folded text."""
COOKIE_PAGE = re.compile(r"cookie", re.IGNORECASE)
"""What at least speaks of cookies: a policy page may hold the choice itself."""


def beginnings(table: str) -> re.Pattern[str]:
    """What begins with one of the words of a table."""
    words = {fold_beginning(word) for word in re.split(r"[|\n]", table) if word.strip()}
    whole = sorted((word for word in words if word), key=len, reverse=True)
    return re.compile("^(?:" + "|".join(re.escape(word) + ("" if long(word) else r"\b") for word in whole) + ")")


def fold_beginning(word: str) -> str:
    """Folded, with the space kept that ends some of them."""
    return fold(word) + (" " if word.endswith(" ") else "")


def long(word: str) -> bool:
    """Whether a beginning may go on within the word: short ones of Latin letters must be whole words."""
    return len(word) > 4 or not word.isascii()


WITHDRAW_BEGINS = beginnings(languages.WITHDRAW_BEGINS)


def withdraws(folded: str) -> bool:
    """Whether the folded words of a control say that it takes consent back."""
    return folded in WITHDRAW or bool(WITHDRAW_TEXT.search(folded) or WITHDRAW_BEGINS.search(folded))


MEANINGS = (
    ("withdraw", WITHDRAW, WITHDRAW_BEGINS),
    ("refuse", REFUSE, None),
    ("save", SAVE, None),
    ("settings", SETTINGS, None),
    ("accept", ACCEPT, None),
    ("save", frozenset[str](), beginnings(languages.SAVE_BEGINS)),
    ("refuse", frozenset[str](), beginnings(languages.REFUSE_BEGINS)),
    ("settings", frozenset[str](), beginnings(languages.SETTINGS_BEGINS)),
    ("accept", frozenset[str](), beginnings(languages.ACCEPT_BEGINS)),
)
HINTS = tuple((meaning, re.compile(pattern, re.IGNORECASE)) for meaning, pattern in languages.HINTS)
LIMITED = re.compile(
    r"\b(?:only|necessary|essential|required|necessaires?|essentiels?|notwendig\w*|erforderlich\w*|essenziell\w*)\b"
)
"""Words that turn an acceptance into a refusal."""
LONGEST = 60
"""Signs; longer words are a sentence, not a control."""


def meaning_of(text: str, hints: str = "") -> str:
    """What a control of a banner means: accept, refuse, settings, save, withdraw, or nothing; names help out."""
    folded = fold(text)
    if len(folded) <= LONGEST:
        for meaning, whole, begins in MEANINGS:
            if folded in whole or (begins is not None and begins.search(folded)):
                return "refuse" if meaning == "accept" and LIMITED.search(folded) else meaning
    return next((meaning for meaning, pattern in HINTS if pattern.search(hints)), "")
