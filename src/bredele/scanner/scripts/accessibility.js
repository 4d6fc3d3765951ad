// What keeps some people from using a piece of page, found without judgement: names, labels, sizes, keyboard.
// `root` is a banner (its sizes are measured too), or null for the whole page.
({ root }) => {
  const found = [];
  const whole = root || document.documentElement;
  const everything = (node) => {
    const inner = [...(node.shadowRoot ? node.shadowRoot.children : []), ...node.children];
    return [node, ...inner.flatMap(everything)];
  };
  const text = (value) => (value || "").trim();
  const shown = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  };
  const byIds = (element, attribute) =>
    text(element.getAttribute(attribute))
      .split(/\s+/)
      .map((id) => (id && element.getRootNode().getElementById?.(id)?.textContent) || "")
      .join("");
  const called = (element) => text(element.getAttribute("aria-label")) || text(byIds(element, "aria-labelledby")) || text(element.title);
  const drawn = (element) => [...element.querySelectorAll("img[alt], svg title, [aria-label]")].some((one) => text(one.alt || one.getAttribute("aria-label") || one.textContent));
  const named = (element) => called(element) || text(element.innerText || element.textContent) || drawn(element) || (element.matches("input") && text(element.value || element.alt));
  const labelled = (field) => called(field) || text(field.placeholder) || [...(field.labels || [])].some((label) => text(label.textContent));
  const tell = (fault, element) => found.push({ fault, what: (element.localName + (element.id ? "#" + element.id : "")).slice(0, 60) });
  for (const element of everything(whole)) {
    if (element.matches("img") && !element.hasAttribute("alt") && !called(element) && !element.matches("[role=presentation], [role=none], [aria-hidden=true]") && shown(element)) {
      const box = element.getBoundingClientRect();
      if (box.width > 2 && box.height > 2) tell("image", element);
    }
    if (element.closest("[aria-hidden=true], [inert]") || !shown(element)) continue;
    const acts = element.matches("button, a[href], input[type=submit], input[type=button], [role=button], [role=link], [role=switch], [role=checkbox]");
    if (acts && !element.matches("input[type=submit]") && !named(element) && !labelled(element)) tell("unnamed", element);
    if (element.matches("input:not([type=hidden], [type=submit], [type=button], [type=reset], [type=image]), select, textarea") && !labelled(element)) tell("unlabelled", element);
    if (element.matches("[role=button], [role=link], [role=switch], [role=checkbox], [role=radio]") && element.tabIndex < 0 && element.getAttribute("tabindex") !== "-1") tell("unreachable", element);
    if (root && element.matches("dialog, [role=dialog], [role=alertdialog]") && !called(element)) tell("nameless", element);
    if (root && element.matches("button, input[type=submit], [role=button]")) {
      const box = element.getBoundingClientRect();
      if (box.width < 24 || box.height < 24) tell("small", element);
    }
  }
  if (!root) {
    if (!text(document.documentElement.lang)) tell("language", document.documentElement);
    for (const table of document.querySelectorAll("table:not([role=presentation])")) if (shown(table) && table.rows.length > 1 && !table.querySelector("th")) tell("headless", table);
  }
  return found;
}
