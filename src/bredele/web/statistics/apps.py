"""The app's place in the project."""

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    """Labels begin with the product's name, so that they clash with no host project's."""

    name = "bredele.web.statistics"
    label = "bredele_statistics"
    default_auto_field = "django.db.models.BigAutoField"
