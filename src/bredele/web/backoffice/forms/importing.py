"""Importing as two forms: what to read, then how to apply what was read."""

from typing import Any

import msgspec
from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from bredele.core.registry import Registry
from bredele.web.backoffice.forms.fields import CODE, OfficeForm

FORMATS = (
    ("auto", "Find out"),
    ("policy", "Text or HTML of a cookies policy"),
    ("toml", "cookies.toml"),
    ("json", "Registry as JSON"),
)
MODES = (
    ("add", "Add what is not declared yet, and facts that are still empty"),
    ("replace", "Replace the whole draft"),
)
AT_MOST = 6_000_000


class SourceForm(forms.Form):
    """A file, or text pasted."""

    file = forms.FileField(label="File", required=False, help_text="At most 6 MB.")
    text = forms.CharField(
        label="Or paste it", required=False, strip=False, widget=forms.Textarea(attrs={"rows": 10, **CODE})
    )
    format = forms.ChoiceField(label="What it is", choices=FORMATS, initial="auto")

    def __init__(self, typed: QueryDict | None = None, files: MultiValueDict[str, Any] | None = None) -> None:
        super().__init__(typed, files, label_suffix="", use_required_attribute=False)

    def clean(self) -> dict[str, Any]:
        """Exactly one source, of a size that can be read; its bytes as `source`."""
        typed = super().clean() or self.cleaned_data
        file, text = typed.get("file"), typed.get("text", "")
        if "file" in self.errors:
            return typed
        if bool(file) == bool(text.strip()):
            self.add_error("file", "Choose a file or paste a text, one of the two.")
        elif file and file.size > AT_MOST:
            self.add_error("file", "The file is larger than 6 MB: leave out what is no cookies policy.")
        else:
            typed["source"] = file.read() if file else text.encode()
        return typed


class ApplyForm(OfficeForm):
    """What was read, carried as JSON, and how it goes into the draft."""

    registry = forms.CharField(widget=forms.HiddenInput, strip=False)
    mode = forms.ChoiceField(label="How", choices=MODES, widget=forms.RadioSelect)

    def clean_registry(self) -> Registry:
        """The registry that was previewed."""
        try:
            return msgspec.json.decode(self.cleaned_data["registry"], type=Registry)
        except (msgspec.DecodeError, msgspec.ValidationError):
            raise forms.ValidationError("The preview was altered on its way: import again.") from None
