"""The facts of a site as a form: who answers for it, in which languages, under which law."""

from typing import Any, get_args

import msgspec
from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict

from bredele.core.jurisdictions import PRESETS, Preset
from bredele.core.registry import Registry, Site, Statistics
from bredele.formats.tables import LANGUAGE
from bredele.web.backoffice.forms.fields import CODE, OfficeForm

STATISTICS_WORDS = {
    "off": "Off: nothing is counted",
    "pageviews": "Page views: sums only, nothing is stored on the device",
    "visitors": "Visitors: as page views, with one cookie that holds a date",
}
STATISTICS = (
    ("", "As the law’s default says"),
    *((mode, STATISTICS_WORDS.get(mode, mode)) for mode in get_args(Statistics)),
)
TEXTS = ("name", "controller", "contact", "transfers", "retention", "authority", "rights")
LABELS = {
    "name": ("Name of the site", 1, ""),
    "controller": ("Who is responsible", 2, "The organisation that decides (GDPR Art. 4(7)), with its address."),
    "contact": ("Contact", 2, "Where a visitor writes: an e-mail address, a form, the data protection officer."),
    "transfers": ("Transfers outside the European Economic Area", 2, "Left empty: the policy says there are none."),
    "retention": ("How long data are kept", 2, "What is kept beyond the lifetimes of the declarations."),
    "authority": ("Authority for complaints", 2, ""),
    "rights": ("Rights", 3, ""),
}
"""Field to label, height in lines and help."""


class FactsForm(OfficeForm):
    """Every text in every language of the site; a language added here gets its fields after saving."""

    origin = forms.CharField(
        label="Address of the site",
        required=False,
        max_length=300,
        widget=forms.URLInput(attrs=CODE),
        help_text="Scheme and host, such as https://www.example.org",
    )
    site_languages = forms.CharField(
        label="Languages",
        max_length=200,
        widget=forms.TextInput(attrs=CODE),
        help_text="Codes with a comma between them, the default first: en, fr",
    )
    jurisdiction = forms.ChoiceField(label="Law that applies", help_text="Decides what is exempt and how long.")
    statistics = forms.ChoiceField(label="Statistics", choices=STATISTICS, required=False)

    def __init__(self, typed: QueryDict | None = None, *, registry: Registry, revision: int = 0) -> None:
        self.registry, self.site = registry, registry.site
        self.languages = registry.site.languages
        super().__init__(typed, initial={**initial(self.site), "revision": revision})
        law = self.fields["jurisdiction"]
        assert isinstance(law, forms.ChoiceField)  # noqa: S101  # declared above
        law.choices = [(preset.id, preset.label["en"]) for preset in PRESETS.values()]
        for name in TEXTS:
            label, rows, help_text = LABELS[name]
            help_text = help_text or default_words(name, registry.preset)
            self.add_texts(name, label, getattr(self.site, name), rows=rows, help_text=help_text)

    @property
    def text_groups(self) -> list[tuple[str, list[tuple[str, BoundField]]]]:
        """Label and fields of each text."""
        return [(LABELS[name][0], self.texts(name)) for name in TEXTS]

    def clean_site_languages(self) -> tuple[str, ...]:
        """At least one legal language code."""
        codes = tuple(dict.fromkeys(self.cleaned_data["site_languages"].replace(",", " ").split()))
        wrong = [code for code in codes if not LANGUAGE.fullmatch(code)]
        if wrong or not codes:
            raise forms.ValidationError(f"“{''.join(wrong[:1])}” is no language code: write en, fr or pt-BR.")
        return codes

    def result(self) -> Registry:
        """The registry with the facts of the valid form."""
        typed = self.cleaned_data
        site = msgspec.structs.replace(
            self.site,
            origin=typed["origin"].strip().rstrip("/"),
            languages=typed["site_languages"],
            jurisdiction=typed["jurisdiction"],
            statistics=typed["statistics"] or None,
            **{name: self.read_text(name, getattr(self.site, name)) for name in TEXTS},
        )
        return msgspec.structs.replace(self.registry, site=site)


def initial(site: Site) -> dict[str, Any]:
    """The facts as the form shows them."""
    return {
        "origin": site.origin,
        "site_languages": ", ".join(site.languages),
        "jurisdiction": site.jurisdiction.upper(),
        "statistics": site.statistics or "",
    }


def default_words(name: str, preset: Preset) -> str:
    """What the policy says if the text is left empty."""
    words = getattr(preset, name, {}).get("en", "")
    return f"Left empty: “{words}”" if words else ""
