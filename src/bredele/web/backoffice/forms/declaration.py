"""One declaration as a form, and back."""

from typing import Any, get_args

import msgspec
from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict

from bredele.core.declaration import (
    STANDARD_PURPOSES,
    Declaration,
    Exemption,
    ExemptionKind,
    Kind,
    Location,
    SameSite,
)
from bredele.core.errors import InvalidLifetime, InvalidPattern
from bredele.core.lifetime import Lifetime
from bredele.core.pattern import check_pattern
from bredele.core.policy import purpose_label
from bredele.core.registry import Registry
from bredele.web.backoffice.forms.fields import CODE, LinesField, OfficeForm, TriField
from bredele.web.backoffice.forms.lifetimes import read_lifetime, write_lifetime

KINDS = tuple((kind, kind.replace("_", " ")) for kind in get_args(Kind))
LOCATIONS = tuple((place, place.capitalize() if " " in place else place.upper()) for place in get_args(Location))
SAME_SITE = (("", "Not stated"), *((value, value) for value in get_args(SameSite)))
EXEMPTIONS = (
    ("", "None: the visitor is asked first"),
    ("transmission", "Needed to transmit a communication"),
    ("strictly_necessary", "Strictly necessary for a service the visitor asked for"),
    ("audience", "Audience measurement, where the site’s law exempts it"),
)
ACCESS = (
    ("", "Not stated yet"),
    ("nobody", "Nobody else"),
    ("named", "These third parties, one a line:"),
)
TECHNICAL = ("hosts", "path", "secure", "http_only", "same_site", "partitioned", "erase")


class DeclarationForm(OfficeForm):
    """Every field may be left empty but the names: what publishing still needs is said on the page of checks."""

    names = LinesField(label="Names", help_text="One a line. A * at one end stands for what varies: _pk_*")
    kind = forms.ChoiceField(label="Kind of storage", choices=KINDS)
    provider = forms.CharField(label="Service provider", required=False, max_length=300, help_text="Who sets it.")
    location = forms.MultipleChoiceField(
        label="Where it is used", choices=LOCATIONS, required=False, widget=forms.CheckboxSelectMultiple
    )
    purpose = forms.MultipleChoiceField(
        label="Purposes",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="What a visitor chooses about. With several, each one decides.",
    )
    lifetime = forms.CharField(
        label="Lifetime",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs=CODE),
        help_text=(
            "“6 months”, “14 days”, “30 minutes”; “session” if it ends when the browser is closed; “persistent” for "
            "storage without an end. ISO 8601 durations (P6M) work too."
        ),
    )
    refreshed = forms.BooleanField(label="The lifetime starts again at each visit", required=False)
    access = forms.ChoiceField(label="Who else can read it", choices=ACCESS, required=False, widget=forms.RadioSelect)
    third_party_access = LinesField(label="Third parties with access")
    exemption = forms.ChoiceField(
        label="Why no consent is asked", choices=EXEMPTIONS, required=False, widget=forms.RadioSelect
    )
    hosts = LinesField(label="Hosts that set it", help_text="One a line. Left empty: the site’s own.")
    path = forms.CharField(label="Path", required=False, max_length=500, widget=forms.TextInput(attrs=CODE))
    secure = TriField(label="Secure")
    http_only = TriField(label="HttpOnly")
    same_site = forms.ChoiceField(label="SameSite", choices=SAME_SITE, required=False)
    partitioned = TriField(label="Partitioned")
    erase = forms.CharField(
        label="Address that erases it",
        required=False,
        max_length=2000,
        widget=forms.URLInput(attrs=CODE),
        help_text="For a third party’s cookie: loaded once when a visitor withdraws.",
    )

    def __init__(
        self, typed: QueryDict | None = None, *, registry: Registry, entry: Declaration, revision: int = 0
    ) -> None:
        self.registry, self.entry = registry, entry
        self.languages = registry.site.languages
        super().__init__(typed, initial={**initial(entry), "revision": revision})
        purposes = self.fields["purpose"]
        assert isinstance(purposes, forms.MultipleChoiceField)  # noqa: S101  # declared above
        purposes.choices = purpose_choices(registry, entry)
        self.add_texts("function", "Function", entry.function, rows=2, help_text="What it does, in a few words.")
        self.add_texts("purpose_text", "Purpose in words", entry.purpose_text, rows=3)
        reason = entry.exemption.reason if entry.exemption else {}
        self.add_texts("reason", "Written reason", reason, rows=3)

    @property
    def function_texts(self) -> list[tuple[str, BoundField]]:
        """The function, a field a language."""
        return self.texts("function")

    @property
    def purpose_texts(self) -> list[tuple[str, BoundField]]:
        """The purpose in words, a field a language."""
        return self.texts("purpose_text")

    @property
    def reason_texts(self) -> list[tuple[str, BoundField]]:
        """The exemption's reason, a field a language."""
        return self.texts("reason")

    @property
    def technical(self) -> list[BoundField]:
        """Fields of the folded part."""
        return [self[name] for name in TECHNICAL]

    @property
    def technical_open(self) -> bool:
        """Whether the folded part holds anything to see."""
        return any(field.errors or field.value() for field in self.technical)

    def clean_names(self) -> tuple[str, ...]:
        """Legal patterns, at least one."""
        names: tuple[str, ...] = self.cleaned_data["names"]
        if not names:
            raise forms.ValidationError("Write at least one name, as the browser shows it.")
        faults = [str(fault) for fault in map(pattern_fault, names) if fault is not None]
        if faults:
            raise forms.ValidationError(faults)
        return names

    def clean_lifetime(self) -> Lifetime | None:
        """The lifetime, or None where it is not stated."""
        text: str = self.cleaned_data["lifetime"]
        if not text.strip():
            return None
        try:
            return read_lifetime(text)
        except InvalidLifetime as error:
            raise forms.ValidationError(str(error)) from None

    def clean(self) -> dict[str, Any]:
        """Nothing typed is dropped in silence: lists and reasons go with the answer they belong to."""
        typed = super().clean() or self.cleaned_data
        named, access = typed.get("third_party_access", ()), typed.get("access", "")
        if access == "named" and not named:
            self.add_error("third_party_access", "Name at least one, or choose “Nobody else”.")
        if access != "named" and named:
            self.add_error("access", "Third parties are named below: choose “These third parties”, or empty the list.")
        if not typed.get("exemption") and self.read_text("reason", {}):
            self.add_error("exemption", "A reason is written below: choose the exemption it is for, or empty it.")
        return typed

    def declaration(self) -> Declaration:
        """What the valid form says; facts the form does not show stay as they were."""
        typed = self.cleaned_data
        before = self.entry.exemption.reason if self.entry.exemption else {}
        kind: ExemptionKind | str = typed["exemption"]
        fields: dict[str, Any] = {
            **{name: typed[name] for name in ("names", "kind", "lifetime", "refreshed", *TECHNICAL)},
            "location": tuple(typed["location"]),
            "purpose": tuple(typed["purpose"]),
            "third_party_access": {"": None, "nobody": ()}.get(typed["access"], typed["third_party_access"]),
            "function": self.read_text("function", self.entry.function),
            "purpose_text": self.read_text("purpose_text", self.entry.purpose_text),
            "exemption": Exemption(kind=kind, reason=self.read_text("reason", before)) if kind else None,  # type: ignore[arg-type]  # one of the choices
        }
        for name in ("provider", "path", "same_site", "erase"):
            fields[name] = typed[name].strip() or None
        return msgspec.structs.replace(self.entry, **fields)


def initial(entry: Declaration) -> dict[str, Any]:
    """The fields of a declaration as the form shows them."""
    access = entry.third_party_access
    return {
        **{name: getattr(entry, name) for name in ("names", "kind", "provider", "refreshed", *TECHNICAL)},
        "location": list(entry.location),
        "purpose": list(entry.purpose),
        "lifetime": write_lifetime(entry.lifetime),
        "access": "" if access is None else "named" if access else "nobody",
        "third_party_access": access or (),
        "exemption": entry.exemption.kind if entry.exemption else "",
    }


def purpose_choices(registry: Registry, entry: Declaration) -> list[tuple[str, str]]:
    """The standard purposes, the site's own, and any that only this entry names."""
    own = [purpose.id for purpose in registry.purposes]
    slugs = dict.fromkeys([*STANDARD_PURPOSES, *own, *entry.purpose])
    return [(slug, purpose_label(registry, slug, "en") or slug) for slug in slugs]


def pattern_fault(name: str) -> InvalidPattern | None:
    """What is wrong with a name, if anything."""
    try:
        check_pattern(name)
    except InvalidPattern as error:
        return error
    return None
