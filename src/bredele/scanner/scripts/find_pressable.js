// What a curious visitor would press on this page: controls that neither send a form nor lead to another page.
() => {
  const elements = [];
  const told = [];
  const everywhere = (root, selector) => {
    const found = [...root.querySelectorAll(selector)];
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) found.push(...everywhere(element.shadowRoot, selector));
    }
    return found;
  };
  const selector =
    "button, input[type=button], [role=button], [role=tab], [role=menuitem], [onclick], summary, a[href^='#'], a[href^='javascript:'], a:not([href])[class], a:not([href])[id]";
  for (const element of everywhere(document, selector)) {
    const box = element.getBoundingClientRect();
    if (!box.width || !box.height || element.disabled || !element.checkVisibility({ checkVisibilityCSS: true })) continue;
    if (element.form && (element.type === "submit" || element.type === "reset")) continue;
    if (element.closest("dialog, [role=dialog], [role=alertdialog]")) continue;
    const text = (element.getAttribute("aria-label") || element.innerText || element.value || element.title || "").trim();
    // A cross may close a banner: what stands around it tells.
    const closes = text.length <= 2 || /^(?:close|dismiss|fermer|schlie|cerrar|chiudi|sluiten|zamknij|fechar|stäng|luk|sulje|закр|kapat|إغلاق|סגור|閉じる|关闭|關閉|닫기)/i.test(text);
    let around = "";
    let node = element.parentElement;
    for (let depth = 0; node && depth < 3 && !node.matches("body, main, html"); depth += 1, node = node.parentElement) {
      const over = ["fixed", "sticky"].includes(getComputedStyle(node).position);
      if (over || (closes && (node.innerText || "").length < 1500)) around += " " + (node.innerText || "").slice(0, 2000);
      around += " " + node.id + " " + node.className + " " + (node.getAttribute("aria-label") || "");
    }
    told.push({
      place: elements.push(element) - 1,
      text: text.slice(0, 80),
      id: [element.localName, element.id, String(element.className)].join(" ").slice(0, 120),
      around: around.slice(0, 3000),
      anchor: element.localName === "a",
    });
    if (told.length >= 200) break;
  }
  const field = document.querySelector("form input[type=search], form[role=search] input[type=text], form input[name=q], form input[name=search], form input[name=s]");
  const form = field && (field.form.method || "get").toLowerCase() === "get" ? field.form : null;
  const search = form ? { place: elements.push(field) - 1, action: form.action instanceof Element ? "" : form.action } : null;
  return { elements, told, search };
}
