// Everything one could press in this frame, shadow roots included, with its words, size, font and surroundings.
// `closed` names where the closed roots are remembered.
({ consentWords, closed }) => {
  const speaks = new RegExp(consentWords, "i");
  const elements = [];
  const told = [];
  const everywhere = (root, selector) => {
    const found = [...root.querySelectorAll(selector)];
    for (const element of root.querySelectorAll("*")) {
      const inner = element.shadowRoot || globalThis[closed]?.get(element);
      if (inner) found.push(...everywhere(inner, selector));
    }
    return found;
  };
  const above = (node) => node.parentElement || (node.getRootNode().host ?? null);
  const shown = (element) => {
    const box = element.getBoundingClientRect();
    return (
      box.width > 0 &&
      box.height > 0 &&
      element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) &&
      !element.disabled
    );
  };
  const byIds = (element, ids) =>
    ids
      .split(/\s+/)
      .map((id) => element.getRootNode().getElementById?.(id)?.textContent || "")
      .join(" ");
  const words = (element) =>
    (
      element.getAttribute("aria-label") ||
      (element.getAttribute("aria-labelledby") && byIds(element, element.getAttribute("aria-labelledby"))) ||
      (element.matches("input") ? element.value : element.innerText || element.textContent) ||
      element.title ||
      ""
    ).trim();
  const around = (element) => {
    let node = above(element);
    for (let depth = 0; node && depth < 10; depth += 1, node = above(node)) {
      if (node.matches("body, html, main") && window === window.top) return null;
      const text = (node.innerText || node.textContent || "").slice(0, 6000);
      const name = [node.id, node.className, node.getAttribute("aria-label")].join(" ");
      if (text.length < 6000 && speaks.test(text + " " + name)) return node;
      if (node.matches("dialog, [role=dialog], [role=alertdialog], body")) return null;
    }
    return null;
  };
  const banner = (element) => {
    let whole = element;
    for (let node = above(element); node && !node.matches("html, main"); node = above(node)) {
      if (node.localName === "body" && window === window.top) break;
      if ((node.innerText || node.textContent || "").length >= 6000) break;
      whole = node;
    }
    return whole;
  };
  const piece = (element) => {
    let whole = around(element) || element;
    for (let up = element; up && up !== document.documentElement; up = above(up)) {
      if (up.matches("dialog, [role=dialog], [role=alertdialog]") || ["fixed", "sticky"].includes(getComputedStyle(up).position)) whole = up;
    }
    return whole;
  };
  const before = (element, words) => {
    const text = banner(element).innerText || banner(element).textContent || "";
    const end = text.lastIndexOf(words.split("\n")[0].slice(0, 40));
    return (end < 0 ? text : text.slice(0, end)).slice(0, 6000);
  };
  const floats = (node) => {
    for (let up = node; up && up !== document.documentElement; up = above(up)) {
      if (up.matches("dialog, [role=dialog], [role=alertdialog]")) return true;
      if (["fixed", "sticky"].includes(getComputedStyle(up).position)) return true;
    }
    return window !== window.top;
  };
  const label = (input) => [...[...(input.labels || [])].map(words), words(input) === input.value ? "" : words(input), input.name, input.value, input.id].join(" ").trim();
  const toggles = (container) =>
    everywhere(container, "input[type=checkbox], input[type=radio], [role=switch], [role=checkbox]")
      .filter((input) => !input.disabled && input.getAttribute("aria-disabled") !== "true")
      .map((input) => ({
        label: label(input).slice(0, 120),
        place: elements.push(input) - 1,
        on: input.matches("input") ? input.checked : input.getAttribute("aria-checked") === "true",
        value: input.value || "",
        radio: input.type === "radio",
        own: input.name === "purpose",
      }));
  const channel = (value) => {
    const part = value / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  const colour = (text) => (text.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const light = ([red, green, blue]) => 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
  const behind = (element) => {
    for (let node = element; node; node = above(node)) {
      const style = getComputedStyle(node);
      if (style.backgroundImage !== "none") return null;
      const [red, green, blue, alpha = 1] = colour(style.backgroundColor);
      if (alpha > 0.5) return [red, green, blue];
    }
    return [255, 255, 255];
  };
  const contrast = (element) => {
    const back = behind(element);
    if (!back) return 21;
    const [high, low] = [light(colour(getComputedStyle(element).color)), light(back)].sort((a, b) => b - a);
    return Math.round(((high + 0.05) / (low + 0.05)) * 100) / 100;
  };
  const prose = (element) => {
    const text = (element.parentElement?.innerText || "").trim();
    return element.localName === "a" && getComputedStyle(element).display === "inline" && text.length > element.innerText.trim().length + 20;
  };
  const surroundings = [];
  const selector = "button, input[type=submit], input[type=button], [role=button], a[href], a[role], summary";
  for (const element of everywhere(document, selector)) {
    const text = words(element).slice(0, 200);
    if (!text || !shown(element)) continue;
    const form = element.form || element.closest("form");
    const own = element.name === "choice" ? element.value : "";
    const hidden = form?.querySelector("input[type=hidden][name=choice]")?.value || "";
    const offered = form ? [...form.querySelectorAll("[name=choice]")].map((field) => field.value) : [];
    const container = around(element);
    let place = container ? surroundings.indexOf(container) : -1;
    if (container && place < 0) place = surroundings.push(container) - 1;
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    told.push({
      place: elements.push(element) - 1,
      text,
      tag: element.localName === "input" ? "button" : element.localName,
      href: element.href || "",
      choice: own || (element.matches("button, input") && element.type === "submit" ? hidden : ""),
      offered,
      container: place,
      floating: Boolean(container && floats(container)),
      area: Math.round(box.width * box.height),
      hints: [element.id, String(element.className), element.name, ...Object.entries(element.dataset).map((pair) => "data-" + pair.join("="))].join(" ").slice(0, 300),
      contrast: contrast(element),
      prose: prose(element),
      before: container ? before(element, text) : "",
      font: [style.fontFamily, style.fontSize, style.fontWeight].join(" "),
    });
  }
  return { elements, piece, told, toggles: surroundings.map(toggles) };
}
