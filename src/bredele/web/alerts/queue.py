"""Messages wait here until they are sent; a receiver that is down is tried six times over half a day."""

import smtplib
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from bredele.web.alerts import mailing, webhook
from bredele.web.alerts.models import Delivery
from bredele.web.alerts.secrets import secret_for

WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=10))
KEPT = timedelta(days=90)
"""How long a finished message is kept as history."""


def put(
    site: str,
    moment: datetime,
    subject: str,
    text: str,
    *,
    mail: Iterable[str] = (),
    webhook: str = "",
    body: str = "",
    html: str = "",
    stop: str = "",
) -> None:
    """Queue a message: `text` for people, `body` (JSON) for the webhook. Call it in the transaction of the fact.

    `html` is the text once more; `stop` is where its receiver ends such mail.
    """
    subject = " ".join(subject.split())[:200]
    for address in mail:
        Delivery.objects.create(
            site=site,
            kind="mail",
            to=address,
            subject=subject,
            body=text,
            html=html,
            stop=stop,
            made=moment,
            due=moment,
        )
    if webhook:
        Delivery.objects.create(
            site=site, kind="webhook", to=webhook, subject=subject, body=body, made=moment, due=moment
        )


def waiting(moment: datetime) -> "QuerySet[Delivery]":
    """What is to be sent now, the oldest first."""
    return Delivery.objects.filter(due__lte=moment).order_by("due", "pk")


def send_due(moment: datetime) -> int:
    """Send what is due; the number of deliveries that worked."""
    Delivery.objects.filter(due=None, made__lt=moment - KEPT).delete()
    return sum(attempt(delivery, moment) for delivery in waiting(moment)[:200])


def attempt(delivery: Delivery, moment: datetime) -> bool:
    """Try once; a fault is kept in words that name no address and no secret."""
    fault = ""
    try:
        send(delivery, moment)
    except (webhook.NotSent, mailing.NoMailServer) as error:
        fault = error.message
    except smtplib.SMTPException as error:
        fault = f"The mail server refused it ({type(error).__name__})."
    except OSError:
        fault = "The mail server could not be reached."
    delivery.tries += 1
    delivery.fault = fault[:200]
    delivery.delivered = None if fault else moment
    delivery.due = moment + WAITS[delivery.tries - 1] if fault and delivery.tries <= len(WAITS) else None
    delivery.save()
    return not fault


def send(delivery: Delivery, moment: datetime) -> None:
    """Hand it over."""
    installed = settings.BREDELE
    if delivery.kind == "mail":
        mailing.send(installed, delivery.to, delivery.subject, delivery.body, delivery.html, delivery.stop)
        return
    private = delivery.site in installed.private_sites
    webhook.send(delivery.to, delivery.body.encode(), secret_for(delivery.site), moment, private=private)
