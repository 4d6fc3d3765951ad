"""The example site in Arabic too: its own words, added to the declaration of `examples/civis`."""

from typing import Any

import msgspec

from bredele.core.declaration import Declaration, Exemption
from bredele.core.registry import Registry

SITE = {
    "name": "بيانات سيفيس المفتوحة",
    "controller": "سيفيس، رابطة البلديات، 1 ساحة السوق، 97410 سيفيس",
    "contact": "privacy@civis.example، أو بالبريد إلى مسؤول حماية البيانات على العنوان نفسه",
    "transfers": "لا يوجد: لا شيء يغادر المنطقة الاقتصادية الأوروبية.",
    "retention": (
        "لا يُخزَّن اختيارك إلا على جهازك أنت. وتُحفظ مشاهدات الصفحات مجاميع لا تعود إلى أحد. أما حسابات القائمين على هذا "
        "الموقع فتبقى ما داموا يقومون بعملهم."
    ),
}
ENTRIES = {
    "sessionid": (
        "التحقق من الهوية",
        "التعرّف عليك من صفحة إلى أخرى بعد تسجيل الدخول. وإذا اخترت «البقاء مسجّل الدخول» فإنه يُحفظ 14 يومًا.",
        "طلبت تسجيل الدخول، ولا يمكن لأي صفحة أن تتعرّف عليك من دونه.",
    ),
    "django_language": (
        "اختيار اللغة",
        "تذكّر اللغة التي اخترتها. ولا يوضع إلا إذا اخترت لغة.",
        "طلبت هذه اللغة، وبجانب الاختيار ملاحظة تقول إنها تُحفظ.",
    ),
    "csrftoken": (
        "API (CSRF)",
        "حماية تسجيل الدخول والنماذج وطلبات واجهة البرمجة: فهو يثبت أن الطلب آتٍ من صفحة في هذا الموقع.",
        "يؤمّن الخدمة التي طلبتها من طلبات تُرسل باسمك.",
    ),
    "cookies_preferences": (
        "الاختيارات المتعلقة بملفات تعريف الارتباط",
        "تذكّر ما قبلته أو رفضته، حتى لا تُسأل من جديد.",
        "ينفّذ الاختيار الذي قمت به؛ ولا يوضع إلا بعد أن تختار.",
    ),
}


def with_arabic(registry: Registry) -> Registry:
    """The registry with Arabic as its first language."""
    facts: dict[str, Any] = {field: {**getattr(registry.site, field), "ar": text} for field, text in SITE.items()}
    site = msgspec.structs.replace(registry.site, languages=("ar", *registry.site.languages), **facts)
    return msgspec.structs.replace(registry, site=site, cookies=tuple(map(translated, registry.cookies)))


def translated(entry: Declaration) -> Declaration:
    """An entry with its Arabic words."""
    function, purpose, reason = ENTRIES[entry.names[0]]
    exemption = entry.exemption or Exemption(kind="strictly_necessary")
    return msgspec.structs.replace(
        entry,
        function={**entry.function, "ar": function},
        purpose_text={**entry.purpose_text, "ar": purpose},
        exemption=msgspec.structs.replace(exemption, reason={**exemption.reason, "ar": reason}),
    )
