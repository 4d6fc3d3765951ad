"""The sign-in and password forms: password managers and paste work, no label hides in a field."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """Name or e-mail, password, "stay signed in"."""

    days = settings.BREDELE.session_days
    """How long "stay signed in" lasts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name or e-mail")
        self.fields["login"].widget.attrs.update(autocomplete="username", autocapitalize="none", spellcheck="false")
        self.fields["password"].label = _("Password")
        self.fields["remember"].label = _("Stay signed in")
        quiet(self)


class PasswordForm(ChangePasswordForm):
    """The old password, the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Password now")
        self.fields["password1"].label = _("New password")
        self.fields["password2"].label = _("New password, again")
        quiet(self)


def quiet(form: forms.Form) -> None:
    """No placeholder (it vanishes while one types) and no link to a reset by mail."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
        field.help_text = ""
