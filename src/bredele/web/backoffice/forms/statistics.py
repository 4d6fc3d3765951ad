"""What an owner says about the statistics: who may see them, what happened on a day."""

from django import forms
from django.http import QueryDict

from bredele.web.backoffice.forms.fields import LinesField
from bredele.web.statistics.happened import LONGEST
from bredele.web.statistics.sharing import InvalidFrame, Shared, read_frames


class SharingForm(forms.Form):
    """The public page and the origins of frames."""

    public = forms.BooleanField(
        label="Anybody may see them",
        required=False,
        help_text="At /statistics/ of the site, as files there, and panel by panel. They hold no more than you see.",
    )
    frames = LinesField(
        label="Sites that may show a panel in a frame",
        help_text="One origin a line, as in https://www.example.org. The site itself always may.",
    )

    def __init__(self, typed: QueryDict | None = None, *, decided: Shared) -> None:
        initial = {"public": decided.public, "frames": decided.frames}
        super().__init__(typed, initial=initial, label_suffix="", use_required_attribute=False)

    def clean_frames(self) -> tuple[str, ...]:
        """Origins as a browser compares them."""
        try:
            return read_frames(self.cleaned_data["frames"])
        except InvalidFrame as error:
            raise forms.ValidationError(f"{error.message} {error.cure}") from None

    def decided(self) -> Shared:
        """What was decided."""
        return Shared(public=self.cleaned_data["public"], frames=self.cleaned_data["frames"])


class NoteForm(forms.Form):
    """Something that happened on a day."""

    day = forms.DateField(label="Day", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    text = forms.CharField(
        label="What happened", max_length=LONGEST, help_text="A few words, as in “New home page”. No names of people."
    )

    def __init__(self, typed: QueryDict | None = None, *, initial: dict[str, object] | None = None) -> None:
        super().__init__(typed, initial=initial, label_suffix="", use_required_attribute=False)
