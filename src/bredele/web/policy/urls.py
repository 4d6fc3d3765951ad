"""Addresses of the trust page, the policy, its twins and its versions."""

from django.urls import URLPattern, URLResolver, path, re_path

from bredele.web.policy import views

POLICY = "terms/cookies-policy"
NUMBER = r"[1-9][0-9]{0,5}"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.trust, name="trust"),
    path(f"{POLICY}/", views.policy, name="policy"),
    path(f"{POLICY}.json", views.policy_json, name="policy-json"),
    path(f"{POLICY}/disclosures.json", views.disclosures, name="policy-disclosures"),
    path(f"{POLICY}.pdf", views.policy_pdf, name="policy-pdf"),
    re_path(rf"^{POLICY}\.(?P<form>txt|md|csv|jsonld)$", views.policy_as, name="policy-as"),
    path(".well-known/cookie-policy.json", views.policy_json, name="policy-well-known"),
    path(f"{POLICY}/versions/", views.versions, name="policy-versions"),
    re_path(rf"^{POLICY}/versions/(?P<number>{NUMBER})/$", views.version, name="policy-version"),
    re_path(rf"^{POLICY}/versions/(?P<number>{NUMBER})/proof/$", views.proof, name="policy-proof"),
    re_path(rf"^{POLICY}/versions/(?P<number>{NUMBER})/proof\.json$", views.manifest, name="policy-manifest"),
    re_path(rf"^{POLICY}/archive/(?P<digest>[0-9a-f]{{64}})$", views.archived_file, name="policy-archived"),
    re_path(rf"^{POLICY}/versions/(?P<old>{NUMBER})\.\.\.(?P<new>{NUMBER})/$", views.compare, name="policy-diff"),
]
