"""The app's place in the project."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Labels begin with the product's name, so that they clash with no host project's."""

    name = "bredele.web.reports"
    label = "bredele_reports"
    default_auto_field = "django.db.models.BigAutoField"
