"""The legitimate-interest assessment: purpose, need, balance (GDPR 6(1)(f); EDPB Guidelines 1/2024)."""

from bredele.core.declaration import Text

Step = tuple[Text, tuple[Text, ...]]
STEPS: tuple[Step, ...] = (
    (
        {"en": "1. Purpose", "fr": "1. Finalité"},
        (
            {
                "en": "{controller} wants to know how much {origin} is used, which content is read, where pages fail "
                "or load slowly, so as to run and improve it. This interest is lawful, stated, and present: it "
                "concerns the service that visitors asked for.",
                "fr": "{controller} souhaite savoir combien {origin} est utilisé, quels contenus sont lus, où des "
                "pages échouent ou tardent, afin de l’exploiter et de l’améliorer. Cet intérêt est licite, exprimé "
                "et réel : il porte sur le service que les visiteurs ont demandé.",
            },
        ),
    ),
    (
        {"en": "2. Need", "fr": "2. Nécessité"},
        (
            {
                "en": "Counts are enough for it, so nothing but counts is kept: hourly totals of the site, daily sums "
                "of one fact or of two declared ones together. {device} The IP address and the browser’s name are used "
                "in memory, for a country and a class of device, and written nowhere.",
                "fr": "Des comptages y suffisent ; rien d’autre n’est donc conservé : totaux horaires du site, sommes "
                "journalières d’un trait ou de deux traits déclarés ensemble. {device} L’adresse IP et le nom du "
                "navigateur servent en mémoire, pour un pays et une classe d’appareil, et ne sont écrits nulle part.",
            },
            {
                "en": "A milder means that serves the same purpose is not known: without any count the questions stay "
                "open, and every finer one would keep more about people.",
                "fr": "Aucun moyen moins intrusif ne sert la même finalité : sans comptage les questions restent "
                "ouvertes, et tout comptage plus fin en conserverait davantage sur les personnes.",
            },
        ),
    ),
    (
        {"en": "3. Balance", "fr": "3. Mise en balance"},
        (
            {
                "en": "What is kept is about no person: no identifier, figures to the nearest ten, none under ten, "
                "deleted after {months} months. Nobody is profiled, nothing is decided about anyone, nothing is handed "
                "on. Whoever visits a public site may expect that its pages are counted.",
                "fr": "Ce qui est conservé ne porte sur aucune personne : aucun identifiant, chiffres à la dizaine, "
                "aucun sous dix, suppression après {months} mois. Nul n’est profilé, rien n’est décidé au sujet de "
                "quiconque, rien n’est transmis. Qui visite un site public peut s’attendre à ce que ses pages soient "
                "comptées.",
            },
            {
                "en": "Visitors are told in the policy and object with one click at {preferences}, without an account "
                "and without a reason; Global Privacy Control and Do Not Track count as an objection. After it nothing "
                "is counted or sent.",
                "fr": "Les visiteurs sont informés par la politique et s’opposent d’un clic à {preferences}, sans "
                "compte ni motif ; Global Privacy Control et Do Not Track valent opposition. Ensuite rien n’est compté "
                "ni envoyé.",
            },
            {"en": "{verdict}", "fr": "{verdict}"},
        ),
    ),
)
VERDICT: dict[bool, Text] = {
    True: {
        "en": "While the checks of this document pass, the interest is not overridden by those of visitors.",
        "fr": "Tant que les contrôles de ce document réussissent, les intérêts des visiteurs ne prévalent pas.",
    },
    False: {
        "en": "At present a check of this document fails or was not made: until it passes, the balance is open.",
        "fr": "Actuellement un contrôle de ce document échoue ou n’a pas été fait : jusque-là, la balance "
        "reste ouverte.",
    },
}
