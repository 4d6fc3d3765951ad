"""Who is told, as every form that asks for it checks it: mail addresses and a webhook."""

from django import forms

from bredele.web.alerts.receivers import InvalidReceiver, read_mail, read_webhook

MOST_RECEIVERS = 20


def mail_receivers(found: tuple[str, ...]) -> tuple[str, ...]:
    """The addresses; raises ValidationError where mail cannot be sent to one, or there are too many."""
    if len(found) > MOST_RECEIVERS:
        raise forms.ValidationError(f"At most {MOST_RECEIVERS} addresses: use a list of your mail server.")
    try:
        return tuple(read_mail(address) for address in found)
    except InvalidReceiver as error:
        raise forms.ValidationError(str(error)) from None


def webhook_receiver(typed: str, *, private: bool) -> str:
    """An address a webhook may go to, or nothing; raises ValidationError. `private`: plain http is allowed."""
    text = typed.strip()
    try:
        return read_webhook(text, private=private) if text else ""
    except InvalidReceiver as error:
        raise forms.ValidationError(str(error)) from None
