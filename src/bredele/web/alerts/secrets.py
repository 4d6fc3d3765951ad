"""The secret with which a site's webhooks are signed: made of the installation's key, renewed by counting on."""

from django.conf import settings
from django.db.models import F

from bredele.collector import secret
from bredele.web.alerts import webhook
from bredele.web.alerts.models import Turn


def secret_for(site: str) -> str:
    """What a receiver checks with."""
    turn = Turn.objects.filter(site=site).values_list("turn", flat=True).first() or 0
    return webhook.secret_of(secret.key(settings.BREDELE), site, turn)


def renew(site: str) -> None:
    """From now on another secret; the old one is worth nothing."""
    Turn.objects.get_or_create(site=site)
    Turn.objects.filter(site=site).update(turn=F("turn") + 1)
