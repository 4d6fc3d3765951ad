"""Jurisdiction presets: the law as data, each with its source and the date it was checked (PLT-13)."""

import msgspec

from bredele.core.declaration import Text
from bredele.core.errors import InvalidRegistry, UnreadableDocument
from bredele.core.lifetime import Lifetime


class Preset(msgspec.Struct, frozen=True, kw_only=True):
    """What one jurisdiction asks. The strictest, `EU`, is the default (PLT-11)."""

    id: str
    label: Text
    audience_exempt: bool
    choice_kept: Lifetime
    audience_cookie_at_most: Lifetime
    audience_data_at_most: Lifetime
    authority: Text
    rights: Text
    legal_basis_exempt: Text
    source: str
    checked_on: str


RIGHTS: Text = {
    "en": (
        "You may ask what is held about you, have it corrected or erased, object to its use or have its use limited, "
        "and withdraw your consent at any time; what was done before stays lawful."
    ),
    "fr": (
        "Vous pouvez demander quelles données vous concernent, les faire rectifier ou effacer, vous opposer à leur "
        "utilisation ou la faire limiter, et retirer votre consentement à tout moment, sans effet sur le passé."
    ),
    "ar": (
        "يمكنك أن تسأل عما يُحفظ عنك، وأن تطلب تصحيحه أو محوه، وأن تعترض على استخدامه أو تطلب تقييده، وأن تسحب موافقتك "
        "في أي وقت؛ وما جرى قبل ذلك يبقى مشروعًا."
    ),
}
MONTHS_6, MONTHS_13, MONTHS_25 = (Lifetime(iso8601=f"P{months}M") for months in (6, 13, 25))

EU = Preset(
    id="EU",
    label={
        "en": "European Union, strictest reading",
        "fr": "Union européenne, lecture la plus stricte",
        "ar": "الاتحاد الأوروبي، أشدّ قراءة للقانون",
    },
    audience_exempt=False,
    choice_kept=MONTHS_6,
    audience_cookie_at_most=MONTHS_13,
    audience_data_at_most=MONTHS_25,
    authority={
        "en": "the data protection authority of the country where you live",
        "fr": "l’autorité de protection des données du pays où vous vivez",
        "ar": "سلطة حماية البيانات في البلد الذي تعيش فيه",
    },
    rights=RIGHTS,
    legal_basis_exempt={
        "en": "Directive 2002/58/EC, Article 5(3)",
        "fr": "directive 2002/58/CE, article 5, paragraphe 3",
        "ar": "التوجيه الأوروبي \N{LEFT-TO-RIGHT ISOLATE}2002/58/EC\N{POP DIRECTIONAL ISOLATE}، المادة 5، الفقرة 3",
    },
    source="Directive 2002/58/EC Art. 5(3); EDPB cookie banner taskforce report, 17 January 2023; WP194",
    checked_on="2026-11-23",
)
FR = Preset(
    id="FR",
    label={"en": "France (CNIL)", "fr": "France (CNIL)", "ar": "فرنسا (CNIL)"},
    audience_exempt=True,
    choice_kept=MONTHS_6,
    audience_cookie_at_most=MONTHS_13,
    audience_data_at_most=MONTHS_25,
    authority={
        "en": "the CNIL, the French data protection authority, www.cnil.fr",
        "fr": "la CNIL (Commission nationale de l’informatique et des libertés), www.cnil.fr",
        "ar": "السلطة الفرنسية لحماية البيانات CNIL، www.cnil.fr",
    },
    rights=RIGHTS,
    legal_basis_exempt={
        "en": "Article 82 of the French Act of 6 January 1978",
        "fr": "article 82 de la loi du 6 janvier 1978",
        "ar": "المادة 82 من القانون الفرنسي الصادر في 6 يناير 1978",
    },
    source="Loi 78-17 art. 82; CNIL deliberations 2020-091 and 2020-092; consolidated recommendation, 16 January 2026",
    checked_on="2026-11-23",
)
IT = Preset(
    id="IT",
    label={"en": "Italy (Garante)", "fr": "Italie (Garante)", "ar": "إيطاليا (Garante)"},
    audience_exempt=True,
    choice_kept=MONTHS_6,
    audience_cookie_at_most=MONTHS_13,
    audience_data_at_most=MONTHS_25,
    authority={
        "en": "the Italian data protection authority (Garante), www.garanteprivacy.it",
        "fr": "l’autorité italienne de protection des données (Garante), www.garanteprivacy.it",
        "ar": "السلطة الإيطالية لحماية البيانات Garante، www.garanteprivacy.it",
    },
    rights=RIGHTS,
    legal_basis_exempt={
        "en": "Article 122 of the Italian Data Protection Code",
        "fr": "article 122 du code italien de la protection des données",
        "ar": "المادة 122 من القانون الإيطالي لحماية البيانات",
    },
    source="D.lgs. 196/2003 art. 122; Garante, guidelines on cookies of 10 June 2021 (doc. web 9677876), section 7.2",
    checked_on="2026-11-25",
)
ES = Preset(
    id="ES",
    label={"en": "Spain (AEPD)", "fr": "Espagne (AEPD)", "ar": "إسبانيا (AEPD)"},
    audience_exempt=True,
    choice_kept=MONTHS_6,
    audience_cookie_at_most=MONTHS_13,
    audience_data_at_most=MONTHS_25,
    authority={
        "en": "the Spanish data protection authority (AEPD), www.aepd.es",
        "fr": "l’autorité espagnole de protection des données (AEPD), www.aepd.es",
        "ar": "السلطة الإسبانية لحماية البيانات AEPD، www.aepd.es",
    },
    rights=RIGHTS,
    legal_basis_exempt={
        "en": "Article 22.2 of the Spanish Act 34/2002 (LSSI)",
        "fr": "article 22.2 de la loi espagnole 34/2002 (LSSI)",
        "ar": "المادة 22.2 من القانون الإسباني 34/2002 (LSSI)",
    },
    source="Ley 34/2002 art. 22.2; AEPD, guide on cookies for audience measurement, January 2024",
    checked_on="2026-11-25",
)
NL = Preset(
    id="NL",
    label={"en": "Netherlands (AP)", "fr": "Pays-Bas (AP)", "ar": "هولندا (AP)"},
    audience_exempt=True,
    choice_kept=MONTHS_6,
    audience_cookie_at_most=MONTHS_13,
    audience_data_at_most=MONTHS_25,
    authority={
        "en": "the Dutch data protection authority (AP), www.autoriteitpersoonsgegevens.nl",
        "fr": "l’autorité néerlandaise de protection des données (AP), www.autoriteitpersoonsgegevens.nl",
        "ar": "السلطة الهولندية لحماية البيانات AP، www.autoriteitpersoonsgegevens.nl",
    },
    rights=RIGHTS,
    legal_basis_exempt={
        "en": "Article 11.7a(3)(b) of the Dutch Telecommunications Act",
        "fr": "article 11.7a, paragraphe 3, point b, de la loi néerlandaise sur les télécommunications",
        "ar": "المادة 11.7a، الفقرة 3 (ب)، من القانون الهولندي للاتصالات",
    },
    source="Telecommunicatiewet art. 11.7a(3)(b): information on quality and effectiveness of a service",
    checked_on="2026-11-25",
)
UK = Preset(
    id="UK",
    label={"en": "United Kingdom (ICO)", "fr": "Royaume-Uni (ICO)", "ar": "المملكة المتحدة (ICO)"},
    audience_exempt=True,
    choice_kept=MONTHS_6,
    audience_cookie_at_most=MONTHS_13,
    audience_data_at_most=MONTHS_25,
    authority={
        "en": "the Information Commissioner’s Office, ico.org.uk",
        "fr": "l’autorité britannique de protection des données (ICO), ico.org.uk",
        "ar": "السلطة البريطانية لحماية البيانات ICO، ico.org.uk",
    },
    rights=RIGHTS,
    legal_basis_exempt={
        "en": "Regulation 6 and Schedule A1, paragraph 5, of the Privacy and Electronic Communications Regulations",
        "fr": "règlement 6 et annexe A1, paragraphe 5, du PECR britannique de 2003",
        "ar": "اللائحة 6 والملحق A1، الفقرة 5، من \N{LEFT-TO-RIGHT ISOLATE}PECR 2003\N{POP DIRECTIONAL ISOLATE}",
    },
    source="PECR 2003 reg. 6, Sch. A1 para. 5 (Data (Use and Access) Act 2025 s. 112, in force 5 February 2026)",
    checked_on="2026-11-25",
)
PRESETS = {preset.id: preset for preset in (EU, FR, IT, ES, NL, UK)}


def preset(identifier: str) -> Preset:
    """The preset by its id, case ignored; an unknown one raises InvalidRegistry and lists the known."""
    found = PRESETS.get(identifier.upper())
    if found is None:
        raise InvalidRegistry(
            (
                UnreadableDocument(
                    f'"{identifier}" is no known jurisdiction.',
                    where="site.jurisdiction",
                    cure=f"Use one of: {', '.join(PRESETS)}.",
                ),
            )
        )
    return found
