"""Who gets the figures of a site by mail, as a form."""

from typing import Any

from django import forms
from django.http import QueryDict

from bredele.web.backoffice.forms.fields import CODE, LinesField
from bredele.web.backoffice.forms.receivers import mail_receivers, webhook_receiver
from bredele.web.reports.models import Watch


class WatchForm(forms.Form):
    """`private`: the operator said that the site lives on a private network, so its webhook may be plain http."""

    weekly = LinesField(label="Weekly mail to", help_text="One address a line. It goes out on Monday morning.")
    alerts = LinesField(label="Alerts to", help_text="One address a line.")
    webhook = forms.CharField(
        label="Alerts to a webhook",
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={**CODE, "inputmode": "url"}),
        help_text="An https address that gets a signed POST.",
    )
    language = forms.ChoiceField(label="Language of the mails", choices=Watch.LANGUAGES)

    def __init__(self, typed: QueryDict | None = None, *, watch: Watch, private: bool) -> None:
        self.private = private
        initial = {name: getattr(watch, name) for name in ("weekly", "alerts", "webhook", "language")}
        super().__init__(typed, initial=initial, label_suffix="", use_required_attribute=False)

    def clean_weekly(self) -> tuple[str, ...]:
        """Addresses mail can be sent to."""
        return mail_receivers(self.cleaned_data["weekly"])

    def clean_alerts(self) -> tuple[str, ...]:
        """Addresses mail can be sent to."""
        return mail_receivers(self.cleaned_data["alerts"])

    def clean_webhook(self) -> str:
        """An address a webhook may go to."""
        return webhook_receiver(self.cleaned_data["webhook"], private=self.private)

    def facts(self) -> dict[str, Any]:
        """The fields of the watch."""
        typed = self.cleaned_data
        lists = {name: list(typed[name]) for name in ("weekly", "alerts")}
        return {**lists, "webhook": typed["webhook"], "language": typed["language"]}


class TestForm(forms.Form):
    """Where a test goes."""

    __test__ = False
    to = forms.EmailField(label="Send a test to", max_length=254, help_text="The mail of last week, at once.")

    def __init__(self, typed: QueryDict | None = None, *, to: str = "") -> None:
        super().__init__(typed, initial={"to": to}, label_suffix="", use_required_attribute=False)
