"""When a site is scanned and who is told, as a form."""

from typing import Any

from django import forms
from django.http import QueryDict

from bredele.web.backoffice.forms.fields import CODE, LinesField
from bredele.web.backoffice.forms.receivers import mail_receivers, webhook_receiver
from bredele.web.scans.models import Schedule


class ScheduleForm(forms.Form):
    """`private`: the operator said that the site lives on a private network, so its webhook may be plain http."""

    every = forms.ChoiceField(label="How often", choices=Schedule.EVERY)
    pages = forms.IntegerField(
        label="Pages at most", min_value=1, max_value=1000, help_text="In each state of consent. 50 are usual."
    )
    mail = LinesField(label="Mail to", help_text="One address a line.")
    webhook = forms.CharField(
        label="Webhook",
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={**CODE, "inputmode": "url"}),
        help_text="An https address that gets a signed POST.",
    )

    def __init__(self, typed: QueryDict | None = None, *, schedule: Schedule, private: bool) -> None:
        self.schedule, self.private = schedule, private
        initial = {name: getattr(schedule, name) for name in ("every", "pages", "mail", "webhook")}
        super().__init__(typed, initial=initial, label_suffix="", use_required_attribute=False)

    def clean_mail(self) -> tuple[str, ...]:
        """Addresses mail can be sent to."""
        return mail_receivers(self.cleaned_data["mail"])

    def clean_webhook(self) -> str:
        """An address a webhook may go to."""
        return webhook_receiver(self.cleaned_data["webhook"], private=self.private)

    def facts(self) -> dict[str, Any]:
        """The fields of the schedule."""
        typed = self.cleaned_data
        return {**{name: typed[name] for name in ("every", "pages", "webhook")}, "mail": list(typed["mail"])}
