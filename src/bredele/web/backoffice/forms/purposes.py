"""The purposes as a form: words for the standard ones, and the site's own."""

import re
from typing import Any

import msgspec
from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict

from bredele.core.declaration import STANDARD_PURPOSES
from bredele.core.policy import purpose_label
from bredele.core.registry import Purpose, Registry
from bredele.web.backoffice.forms.fields import CODE, OfficeForm

SLUG = re.compile(r"[a-z0-9-]{1,40}", re.ASCII)


class PurposesForm(OfficeForm):
    """Labels of each purpose, a tick to remove an own one that nothing uses, and one new purpose."""

    new = forms.CharField(
        label="Name of a new purpose",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs=CODE),
        help_text="Lower-case letters, digits and hyphens, such as maps. It never changes later.",
    )

    def __init__(self, typed: QueryDict | None = None, *, registry: Registry, revision: int = 0) -> None:
        self.registry = registry
        self.languages = registry.site.languages
        self.own = tuple(purpose.id for purpose in registry.purposes if purpose.id not in STANDARD_PURPOSES)
        super().__init__(typed, initial={"revision": revision})
        labels = {purpose.id: purpose.label for purpose in registry.purposes}
        for slug in (*STANDARD_PURPOSES, *self.own):
            help_text = "" if slug in self.own else f"Left empty: “{standard_label(slug)}”"
            self.add_texts(f"label_{slug}", "Label", labels.get(slug, {}), rows=1, help_text=help_text)
        for slug in self.own:
            self.fields[f"remove_{slug}"] = forms.BooleanField(label=f"Remove {slug}", required=False)
        self.add_texts("new_label", "Its label", {}, rows=1)

    @property
    def groups(self) -> list[tuple[str, list[tuple[str, BoundField]], BoundField | None]]:
        """Purpose, label fields, and the tick that removes it if it is the site's own."""
        return [
            (slug, self.texts(f"label_{slug}"), self[f"remove_{slug}"] if slug in self.own else None)
            for slug in (*STANDARD_PURPOSES, *self.own)
        ]

    @property
    def new_label_texts(self) -> list[tuple[str, BoundField]]:
        """The label of a new purpose, a field a language."""
        return self.texts("new_label")

    def clean_new(self) -> str:
        """A free and legal name, or nothing."""
        slug: str = self.cleaned_data["new"].strip()
        if slug and not SLUG.fullmatch(slug):
            raise forms.ValidationError("Use lower-case letters, digits and hyphens only.")
        if slug in (*STANDARD_PURPOSES, *self.own):
            raise forms.ValidationError("There is a purpose of this name: change its label above.")
        return slug

    def clean(self) -> dict[str, Any]:
        """A purpose in use stays; a label alone makes no purpose."""
        typed = super().clean() or self.cleaned_data
        for slug in self.own:
            users = [entry.names[0] for entry in self.registry.cookies if slug in entry.purpose and entry.names]
            if typed.get(f"remove_{slug}") and users:
                self.add_error(f"remove_{slug}", f"Still used by {', '.join(users)}: change these first.")
        if not typed.get("new") and "new" not in self.errors and self.read_text("new_label", {}):
            self.add_error("new", "Give the new purpose a name.")
        return typed

    def result(self) -> Registry:
        """The registry with the purposes of the valid form: relabelled, removed, added."""
        before = {purpose.id: purpose.label for purpose in self.registry.purposes}
        kept = [slug for slug in (*before, *STANDARD_PURPOSES) if not self.cleaned_data.get(f"remove_{slug}")]
        purposes = [
            Purpose(id=slug, label=self.read_text(f"label_{slug}", before.get(slug, {})))
            for slug in dict.fromkeys(kept)
        ]
        made = [purpose for purpose in purposes if purpose.label or purpose.id in before]
        if self.cleaned_data["new"]:
            made.append(Purpose(id=self.cleaned_data["new"], label=self.read_text("new_label", {})))
        return msgspec.structs.replace(self.registry, purposes=tuple(made))


def standard_label(slug: str) -> str:
    """The English words of a standard purpose."""
    return purpose_label(Registry(), slug, "en")
