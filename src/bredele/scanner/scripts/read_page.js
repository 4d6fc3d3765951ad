// What the journey needs to know of a page: links in document order, forms, form tokens, language.
() => {
  const all = (root, selector) => {
    const found = [...root.querySelectorAll(selector)];
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) found.push(...all(element.shadowRoot, selector));
    }
    return found;
  };
  const words = (element) => (element.getAttribute("aria-label") || element.innerText || element.textContent || "").trim();
  // More than any scan visits: a page with ten thousand links must not cost seconds.
  const MOST = 3000;
  const links = all(document, "a[href], area[href]").slice(0, MOST).filter((link) => URL.canParse(link.href)).map((link) => ({
    url: link.href,
    text: words(link).slice(0, 80),
    download: link.hasAttribute("download"),
    rel: link.rel || "",
  }));
  const token = /csrf|xsrf|authenticity|verification_?token|nonce|^_token$/i;
  const tokens = all(document, "input[type=hidden], meta[name]").some((element) => token.test(element.name));
  return { links, tokens, language: document.documentElement.lang || "", title: document.title.slice(0, 80) };
}
