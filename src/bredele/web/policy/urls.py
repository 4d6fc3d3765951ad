"""Addresses of the trust page, the policy, its twins and its versions."""

from django.urls import URLPattern, URLResolver, path, re_path

from bredele.web.policy import views

POLICY = "terms/cookies-policy"
NUMBER = r"[1-9][0-9]{0,5}"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.trust, name="trust"),
    path(f"{POLICY}/", views.policy, name="policy"),
    path(f"{POLICY}.json", views.policy_json, name="policy-json"),
    path(".well-known/cookie-policy.json", views.policy_json, name="policy-well-known"),
    path(f"{POLICY}/versions/", views.versions, name="policy-versions"),
    re_path(rf"^{POLICY}/versions/(?P<number>{NUMBER})/$", views.version, name="policy-version"),
    re_path(rf"^{POLICY}/versions/(?P<old>{NUMBER})\.\.\.(?P<new>{NUMBER})/$", views.compare, name="policy-diff"),
]
