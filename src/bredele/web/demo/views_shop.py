"""The bookshop and its cart: forms without JavaScript, one necessary cookie, set when the first book goes in."""

from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from bredele.web.demo import cart as carts
from bredele.web.demo.content.books import BOOKS, SHELF
from bredele.web.demo.cookies import CART, forget, set_if_allowed
from bredele.web.demo.views_town import page, unusable
from bredele.web.enforcement.request import SiteRequest
from bredele.web.enforcement.see_other import SeeOther
from bredele.web.preferences.addresses import same_site
from bredele.web.preferences.views import refused


@require_safe
def bookshop(request: SiteRequest) -> HttpResponse:
    """The shelf; `?added=` names the book that just went into the cart."""
    return page(request, "bookshop", {"shelf": SHELF, "added": BOOKS.get(request.GET.get("added", ""))})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def cart(request: SiteRequest) -> HttpResponse:
    """GET the cart; POST `book` and `change` (add, less, remove), then 303 to `next`. 422 for anything else."""
    if request.method == "POST":
        return refused(request) or changed(request)
    own = carts.read(request.COOKIES.get(CART, ""))
    return page(request, "cart", {"lines": carts.lines(own), "total": carts.total(own), "most": carts.MOST})


def changed(request: SiteRequest) -> HttpResponse:
    """The answer to a changed cart; an empty one leaves no cookie behind."""
    book, step = request.POST.get("book", ""), request.POST.get("change", "")
    if book not in BOOKS:
        return unusable("book", BOOKS)
    if step not in carts.STEPS:
        return unusable("change", carts.STEPS)
    own = carts.change(carts.read(request.COOKIES.get(CART, "")), book, carts.STEPS[step])
    response = SeeOther(same_site(request.POST.get("next", ""), "/bookshop/cart/"))
    if own:
        set_if_allowed(request, response, CART, carts.write(own))
    else:
        forget(request, response, CART)
    return response
