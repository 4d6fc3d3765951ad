"""Accounts are made, renewed and removed here; the command line and the demo call these."""

import secrets

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from bredele.core.errors import BredeleError
from bredele.web.accounts.models import Account


class InvalidAccount(BredeleError):
    """A name that is taken or unknown, or a password that is too weak."""


def add(name: str, *, email: str = "", owner: bool = False, password: str | None = None) -> str:
    """A new account; returns its password, made here if none is given. Raises InvalidAccount."""
    if Account.objects.filter(username__iexact=name).exists():
        raise InvalidAccount("There is an account of this name.", where=name, cure="Choose another name.")
    if email and Account.objects.filter(email__iexact=email).exists():
        raise InvalidAccount("There is an account of this e-mail.", where=email, cure="Use another e-mail.")
    account = Account(username=name, email=email, is_superuser=owner, is_staff=owner)
    try:
        account.clean_fields(exclude=["password"])
    except ValidationError as error:
        raise InvalidAccount(" ".join(error.messages), where=name) from None
    return set_password(account, password)


def renew_password(name: str, password: str | None = None) -> str:
    """Another password, returned; Django ends the account's sessions with it."""
    return set_password(find(name), password)


def remove(name: str) -> None:
    """Delete the account; raises InvalidAccount if there is none."""
    find(name).delete()


def find(name: str) -> Account:
    """The account of this name."""
    account = Account.objects.filter(username__iexact=name).first()
    if account is None:
        raise InvalidAccount("There is no such account.", where=name, cure="See `bredele user list`.")
    return account


def set_password(account: Account, password: str | None) -> str:
    """Save the account with this password, or with a random one of 96 bits."""
    chosen = password if password is not None else secrets.token_urlsafe(12)
    if password is not None:
        try:
            validate_password(password, account)
        except ValidationError as error:
            raise InvalidAccount(" ".join(error.messages), where="password", cure="Choose a longer one.") from None
    account.set_password(chosen)
    account.save()
    return chosen


def first_owner() -> Account:
    """The oldest owner; one named `owner`, with a password nobody knows, is made where there is none."""
    found = Account.objects.filter(is_superuser=True, is_active=True).order_by("pk").first()
    if found is None:
        add("owner", owner=True)
    return found or find("owner")
