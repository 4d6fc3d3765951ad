"""What all forms share: a field for a list of lines, a three-valued one, texts per language, the revision read."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict

from bredele.core.declaration import Text

CODE = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
"""For names, hosts and addresses: nothing corrects them."""
UNKNOWN, YES, NO = "", "yes", "no"
TRI = ((UNKNOWN, "Not stated"), (YES, "Yes"), (NO, "No"))


class LinesField(forms.CharField):
    """One item a line; the value is a tuple without empty and repeated items."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 2, **options: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": rows, **CODE}), **options)

    def prepare_value(self, value: Any) -> Any:
        """A stored tuple as lines; what was typed as it was typed."""
        return "\n".join(value) if isinstance(value, tuple | list) else value

    def to_python(self, value: Any) -> tuple[str, ...]:  # type: ignore[override]  # a list of lines, not one text
        """The lines."""
        lines = (line.strip() for line in str(value or "").splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))


class TriField(forms.ChoiceField):
    """Yes, no or not stated."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=TRI, required=False, **options)

    def prepare_value(self, value: Any) -> Any:
        """A stored truth value as its choice."""
        return {None: UNKNOWN, True: YES, False: NO}[value] if value is None or isinstance(value, bool) else value

    def clean(self, value: Any) -> bool | None:
        """The truth value."""
        return {YES: True, NO: False}.get(super().clean(value))


class OfficeForm(forms.Form):
    """A form over a part of the draft: it carries the revision it was read at."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    languages: tuple[str, ...] = ()
    required_css_class = "required"

    def __init__(self, typed: QueryDict | None = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(typed, initial=initial, label_suffix="", use_required_attribute=False)

    def add_texts(self, name: str, label: str, text: Text, *, rows: int = 2, help_text: str = "") -> None:
        """One field a language for a text; the words now stored are its initial value."""
        for language in self.languages:
            attributes = {"rows": rows, "lang": language}
            self.fields[f"{name}_{language}"] = forms.CharField(
                label=label,
                required=False,
                initial=text.get(language, ""),
                widget=forms.Textarea(attrs=attributes),
                help_text=help_text if language == self.languages[0] else "",
            )

    def texts(self, name: str) -> list[tuple[str, BoundField]]:
        """Language and field, for the template."""
        return [(language, self[f"{name}_{language}"]) for language in self.languages]

    def read_text(self, name: str, before: Mapping[str, str]) -> Text:
        """The text as typed, the site's languages first; words in other languages stay as they are."""
        typed = {language: tidy(self.cleaned_data.get(f"{name}_{language}", "")) for language in self.languages}
        others = {language: words for language, words in before.items() if language not in typed}
        return {language: words for language, words in {**typed, **others}.items() if words}

    def show_problems(self, found: Iterable[tuple[str, str]]) -> None:
        """Put each (field, words) beside its field, or above the form if there is no such field."""
        for field, words in found:
            name = self.field_for(field)
            if name is None or words not in self.errors.get(name, []):
                self.add_error(name, words)

    def field_for(self, name: str) -> str | None:
        """The form's field of this name, the first language's for a text."""
        candidates = (name, *(f"{name}_{language}" for language in self.languages))
        return next((field for field in candidates if field in self.fields), None)


def tidy(words: str) -> str:
    """Typed words with plain line breaks and no space at the ends."""
    return words.replace("\r\n", "\n").strip()
