"""Signing in and out by a recipe, as a person would: fill in, press, look where one has arrived."""

from playwright.async_api import Error, Locator

from bredele.scanner.errors import NotDriven
from bredele.scanner.forms import SENT_SECONDS
from bredele.scanner.masking import page_address
from bredele.scanner.sign_in import SignIn
from bredele.scanner.visit import LOAD_MILLISECONDS, Visit, raise_if_gone

FIELD_MILLISECONDS = 3_000
"""For what must be on the page already. A press has the time of a page: it ends when the answer begins, and passwords
are checked slowly on purpose."""
SUBMITS = "button[type=submit], button:not([type]), input[type=submit]"


async def sign_in(visit: Visit, recipe: SignIn) -> None:
    """Fill in and send the form; the click is the decisive one. NotDriven if the form is still there afterwards."""
    await visit.open(recipe.url)
    fields = {name: visit.page.locator(f'[name="{name}"]').first for name in recipe.fields}
    for name, field in fields.items():
        await fill(recipe, name, field)
    secret = visit.page.locator("form").filter(has=next(iter(fields.values()))).first
    button = visit.page.locator(recipe.submit).first if recipe.submit else secret.locator(SUBMITS).first
    visit.fresh = False
    visit.recorder.decide()
    visit.recorder.occasion = "sign_in"
    try:
        await press(button)
        await visit.recorder.quiet(SENT_SECONDS)
        await visit.note()
        refused = await visit.page.locator("input[type=password]").count() > 0
    except Error as error:
        raise_if_gone(error)
        why = error.message.partition("\n")[0]
        raise NotDriven(
            f"The sign-in form could not be sent: {why}", where=recipe.url, cure="Name its `submit`."
        ) from None
    finally:
        visit.recorder.occasion = "visit"
    if refused:
        raise NotDriven(
            f"Signing in did not succeed: {page_address(visit.page.url)} still asks for a password.",
            where=recipe.url,
            cure="Check the fields and their values.",
        )


async def fill(recipe: SignIn, name: str, field: Locator) -> None:
    """Give one field its value; the value is never named in an error."""
    try:
        if await field.get_attribute("type", timeout=FIELD_MILLISECONDS) in ("checkbox", "radio"):
            await field.set_checked(recipe.fields[name].lower() in ("on", "yes", "true", "1"))
        else:
            await field.fill(recipe.fields[name], timeout=FIELD_MILLISECONDS)
    except Error as error:
        raise_if_gone(error)
        raise NotDriven(
            f"The page has no field named {name}.", where=recipe.url, cure="Write the names of its input elements."
        ) from None


async def press(button: Locator) -> None:
    """Press a button that is there; raises Error."""
    await button.wait_for(timeout=FIELD_MILLISECONDS)
    await button.click(timeout=LOAD_MILLISECONDS)


async def sign_out(visit: Visit, recipe: SignIn) -> None:
    """Open the sign-out page and confirm there, or press the control; without either nothing is done."""
    if not recipe.sign_out:
        return
    if recipe.sign_out.startswith(("http://", "https://", "/")):
        await visit.open(recipe.sign_out if "://" in recipe.sign_out else visit.plan.origin + recipe.sign_out)
        path = recipe.sign_out.partition("?")[0].rstrip("/").rpartition("/")[2]
        control = visit.page.locator(f'form[action*="{path}"], form:not([action]), form[action=""]').locator(SUBMITS)
    else:
        control = visit.page.locator(recipe.sign_out)
    visit.recorder.occasion = "form"
    try:
        if await control.count():
            await press(control.first)
            await visit.recorder.quiet(SENT_SECONDS)
    except Error as error:
        raise_if_gone(error)
    finally:
        visit.recorder.occasion = "visit"
    await visit.note()
