"""Who may sign in, and which machines may call the API."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class Account(AbstractUser):
    """A person who keeps the registry. `is_superuser`: an owner, who may do everything."""

    class Meta:
        verbose_name = "account"
        verbose_name_plural = "accounts"


class Token(models.Model):
    """A machine's bearer token, kept as a digest only. `site` empty: every site."""

    label = models.CharField(max_length=100, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    site = models.CharField(max_length=50, blank=True)
    may_write = models.BooleanField(default=False)
    may_read_ledger = models.BooleanField(default=False)
    created = models.DateTimeField()
    revoked = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.label


class UsedLink(models.Model):
    """A one-time sign-in link that was used, by its digest, kept until it would have expired anyway."""

    digest = models.CharField(max_length=64, unique=True)
    used = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest[:8]
