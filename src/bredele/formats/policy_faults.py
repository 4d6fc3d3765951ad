"""The faults of a written policy, each with its place: what it claims and does not list, leaves out or mixes up."""

import re
from collections.abc import Iterator

from bredele.core.wording.stop_words import foreign
from bredele.formats.imported import ImportedDeclaration, TextWarning, Where
from bredele.formats.policy_blocks import Block
from bredele.formats.policy_columns import Field, read_lifetime, split_location
from bredele.formats.policy_rows import Source, SourceRow

MEASURING = re.compile(
    r"(?:perform |carry out |effectuer |réaliser )?"
    r"(?:web analytics|analytics|statisti\w+|audience measure\w*|mesur\w* (?:d’|d'|de l’|de l'|son |l’|l')?audience"
    r"|measur\w* (?:the |our |its )?(?:audience|traffic|visits)|analyses? (?:d’|d'|de l’|de l')audience"
    r"|إحصاءات|إحصائيات|تحليلات)",
    re.IGNORECASE,
)
OURS = re.compile(
    r"\b(?:we|our|us|(?:this|the|its) (?:web)?site|son site|(?:this|the) (?:platform|portal)|nous|notre|nos"
    r"|ce site|le site|(?:cette|la) plateforme|ce portail|le portail)\b|هذا الموقع|موقعنا|هذه المنصة|نحن",
    re.IGNORECASE,
)
DENIED = re.compile(
    r"\b(?:no|not|never|without|none|aucun\w*|sans|ne|jamais)\b|n’|n't|(?<!\w)(?:لا|لن|لم|ليس\w*|دون|بلا)(?!\w)",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"[^.!?]+[.!?]*")
KNOWN_MEASURERS = re.compile(r"_ga|_gid|_gat|_pk_|_hj|__utm|_fbp|_gcl|_uet|IDE$|NID$|atidvisitor|xtuid|xtvrn|AMCV")
CSRF = re.compile(r"csrf|xsrf", re.IGNORECASE)
PROTECTION = re.compile(
    r"protect|secur|sécuri|protég|forg|attack|attaque|contrefa|falsifi|csrf|xsrf|trust|حماي|أمان|تأمين|تزوير",
    re.IGNORECASE,
)
WITHDRAWAL = re.compile(
    r"withdraw|refus|reject|opt.?out|object to|chang\w* your (?:mind|choice|preference|consent)"
    r"|manag\w* (?:your |my )?cookie|retir|s’opposer|s'opposer|modifier (?:vos|mes) choix"
    r"|gérer (?:vos|mes|les) cookies|سحب|ترفض|رفض|الاعتراض",
    re.IGNORECASE,
)
CONTACT = re.compile(
    r"\bcontact|@|e-?mail|\bphone|téléphone|data protection officer|délégué à la protection|\bcontroller\b"
    r"|responsable (?:du|de) traitement|courrier|write to|écri(?:re|vez)|الاتصال|للتواصل|البريد|المسؤول عن",
    re.IGNORECASE,
)
DATE = re.compile(
    r"\b\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b|\b(?:19|20)\d\d\b|\bversion\s*\d|last updated?\b|mis(?:e)? à jour|آخر تحديث",
    re.IGNORECASE,
)
ACCESS = re.compile(
    r"(?:third part\w+|partners?|tiers|partenaires?|recipients?|destinataires?|nobody else|no one else)"
    r"[^.]{0,80}(?:access|accès|share|disclos|transmi|receiv|partag|read|li[rt])"
    r"|(?:access|accès|share|disclos|transmi|partag)[^.]{0,80}(?:third|partner|tiers|partenaire)",
    re.IGNORECASE,
)
PURPOSE_KIND = re.compile(r"^\W{0,3}(?:strictly )?(necess\w*|nécess\w*|statisti\w*|analytic\w*)", re.IGNORECASE)
PARTY_KIND = re.compile(
    r"^\W{0,3}(internal|interne\w*|first.party|third.party|tiers|(?:cookies )?tierces?)", re.IGNORECASE
)
BOTH_SIDES = re.compile(r"\bwhose (?:it is|they are)\b|à qui (?:il est|ils sont|il appartient)", re.IGNORECASE)
"""Words of a page that tells the two questions apart."""
ANONYMOUS = re.compile(
    r"anonym[^.]{0,160}?(?:consent\w* (?:is|are) not|not require\w*[^.]{0,30}consent|no consent"
    r"|consentement n|sans consentement|pas de consentement)",
    re.IGNORECASE,
)


def faults(
    source: Source, declarations: tuple[ImportedDeclaration, ...], language: str | None
) -> Iterator[TextWarning]:
    """Every fault, in the order of the checks."""
    yield from source.warnings
    yield from claims(source, declarations)
    yield from mixed_types(source)
    yield from anonymous(source)
    if not declarations:
        yield warn("no-declarations", "The text lists no cookie.", source.end)
    if source.site is None:
        yield warn("no-address", "No heading names the address of the site.", source.end)
    if source.rows:
        yield from unstated_columns(source)
    for row in source.rows:
        yield from row_faults(row)
    yield from repeated(declarations)
    yield from mixed_language(source, language)
    yield from silences(source)


def warn(code: str, message: str, where: Where) -> TextWarning:
    """One warning."""
    return TextWarning(code=code, message=message, where=where)


def claims(source: Source, declarations: tuple[ImportedDeclaration, ...]) -> Iterator[TextWarning]:
    """A sentence that says "we measure" while no row does (REG-16)."""
    if any(measures(declaration) for declaration in declarations):
        return
    for block in source.prose:
        for sentence in SENTENCE.finditer(block.text):
            claim = MEASURING.search(sentence[0])
            if claim and OURS.search(sentence[0]) and not DENIED.search(sentence[0]):
                message = f"“{claim[0]}” is claimed, but no cookie for it is listed."
                yield warn("claims-measurement", message, block.at(sentence.start() + claim.start()))
                return


def measures(declaration: ImportedDeclaration) -> bool:
    """Whether a row is about audience measurement, by its class, words or known names."""
    said = f"{declaration.function or ''} {declaration.purpose or ''}"
    known = any(KNOWN_MEASURERS.match(name) for name in declaration.names)
    return declaration.type == "statistical" or bool(MEASURING.search(said)) or known


def mixed_types(source: Source) -> Iterator[TextWarning]:
    """One list of kinds that mixes what cookies are for with whose they are (REG-05)."""
    paragraphs = [block for block in source.blocks if block.kind == "paragraph"]
    if any(BOTH_SIDES.search(block.text) for block in paragraphs):
        return
    purpose = next((match for block in paragraphs if (match := PURPOSE_KIND.match(block.text))), None)
    for block in paragraphs:
        party = PARTY_KIND.match(block.text)
        if purpose and party:
            message = (
                f"The kinds are mixed: “{purpose[1]}” says what a cookie is for, “{party[1]}” says whose it is. "
                "A cookie has both."
            )
            yield warn("mixed-types", message, block.at(party.start(1)))
            return


def anonymous(source: Source) -> Iterator[TextWarning]:
    """Anonymous figures alone free nothing from consent: each country's law asks more, or exempts nothing."""
    for block in source.prose:
        match = ANONYMOUS.search(block.text)
        if match:
            message = "Anonymous statistics are not free of consent everywhere: the law of the site’s country decides."
            yield warn("anonymous-exemption", message, block.at(match.start()))


def unstated_columns(source: Source) -> Iterator[TextWarning]:
    """What no column says."""
    table, _ = source.tables[0]
    stated = {field for _, columns in source.tables for field in columns}
    names = ", ".join(row.text("names") or "?" for row in source.rows[:20])
    if "lifetime" not in stated:
        yield warn("no-lifetime", f"No lifetime is stated for {names}.", table.where)
    told = any(ACCESS.search(block.text) for block in source.prose)
    if "third_party_access" not in stated and not told:
        message = f"Nothing says whether third parties can read {names}."
        yield warn("no-third-party-access", message, table.where)


def row_faults(row: SourceRow) -> Iterator[TextWarning]:
    """What one row leaves out or gets wrong."""
    names = row.text("names")
    if names is None:
        yield warn("no-name", "The row names no cookie and was left out.", row.where)
        return
    yield from empty_cells(row, names)
    function, purpose = row.text("function") or "", row.text("purpose")
    if CSRF.search(f"{names} {function}") and purpose and not PROTECTION.search(purpose):
        message = f"“{purpose}” is not what {names} is for: it protects against forged requests (CSRF)."
        yield warn("wrong-purpose", message, row.at("purpose"))
    heading = row.text("type") or (row.heading.text if row.heading else "")
    if KNOWN_MEASURERS.match(names) and re.search(r"necess|nécess", heading, re.IGNORECASE):
        message = f"{names} is known to measure or to advertise, but is listed as necessary."
        yield warn("wrong-type", message, row.at("names"))


def empty_cells(row: SourceRow, names: str) -> Iterator[TextWarning]:
    """Facts every row must state (REG-01)."""
    fields: tuple[Field, ...] = ("provider", "function", "purpose")
    for field in fields:
        if row.text(field) is None:
            yield warn(f"no-{field}", f"No {field} is stated for {names}.", row.at(field))
    if row.text("location") is None and split_location(row.text("function") or "")[1] is None:
        yield warn("no-location", f"No location is stated for {names}.", row.at("function"))
    lifetime = row.text("lifetime")
    if "lifetime" in row.cells and lifetime is None:
        yield warn("no-lifetime", f"No lifetime is stated for {names}.", row.at("lifetime"))
    if lifetime is not None:
        read = read_lifetime(lifetime)
        if read.seconds is None and not read.session and not read.persistent:
            yield warn("unclear-lifetime", f"“{lifetime}” is no clear lifetime for {names}.", row.at("lifetime"))
    if "third_party_access" in row.cells and row.text("third_party_access") is None:
        message = f"Nothing says whether third parties can read {names}."
        yield warn("no-third-party-access", message, row.at("third_party_access"))


def repeated(declarations: tuple[ImportedDeclaration, ...]) -> Iterator[TextWarning]:
    """The same name in two rows."""
    seen: set[str] = set()
    for declaration in declarations:
        for name in declaration.names:
            if name in seen:
                yield warn("duplicate-name", f"{name} is listed twice.", declaration.where)
            seen.add(name)


def mixed_language(source: Source, language: str | None) -> Iterator[TextWarning]:
    """A small word of another language, at its place (POL-08)."""
    if language is None:
        return
    for block in source.blocks:
        for text, where in parts(block):
            found = foreign(text, language)
            if found:
                offset, word = found[0]
                place = block.at(offset) if block.kind != "row" else Where(where.line, where.column + offset)
                yield warn("mixed-language", f"“{word}” is another language than the page’s ({language}).", place)


def parts(block: Block) -> list[tuple[str, Where]]:
    """The cells of a row, or the one text."""
    return [(cell.text, cell.where) for cell in block.cells] or [(block.text, block.where)]


def silences(source: Source) -> Iterator[TextWarning]:
    """What a policy must say somewhere and this one does not."""
    if not source.blocks:
        return
    for code, words, message in (
        ("no-withdrawal", WITHDRAWAL, "Nothing says how to refuse or to withdraw consent."),
        ("no-contact", CONTACT, "Nothing says who answers for the site and how to reach them."),
        ("no-date", DATE, "The page has no date and no version."),
    ):
        if not any(words.search(block.text) for block in source.prose):
            yield warn(code, message, source.end)
