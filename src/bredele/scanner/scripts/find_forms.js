// Forms of this page with what a visitor would press in them; `language` and simple ones only, the rest is named why not.
() => {
  const elements = [];
  const told = [];
  const shown = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && element.checkVisibility({ checkVisibilityCSS: true }) && !element.disabled;
  };
  const free = "input[type=password], input[type=file], textarea[required], input[required]:not([type=hidden], [type=checkbox], [type=radio], [type=submit], [type=button], [type=number], [type=range])";
  for (const form of document.forms) {
    const fields = [...form.elements].filter((field) => field.name);
    const presses = [...form.elements].filter(
      (field) => ((field.localName === "button" && field.type === "submit") || (field.localName === "input" && ["submit", "image"].includes(field.type))) && shown(field),
    );
    const languages = fields.filter((field) => field.name === "language");
    const current = document.documentElement.lang.toLowerCase().split("-")[0];
    const other = (field) => field.value && field.value.toLowerCase().split("-")[0] !== current && field.getAttribute("aria-current") !== "true";
    const choices = languages.flatMap((field) =>
      field.localName === "select"
        ? [...field.options].filter(other).map((option) => ({ press: -1, select: elements.push(field) - 1, value: option.value }))
        : field.type === "radio"
          ? other(field) ? [{ press: -1, select: elements.push(field) - 1, value: "" }] : []
          : field.type === "hidden"
            ? other(field) && presses[0] ? [{ press: elements.push(presses[0]) - 1, select: -1, value: "" }] : []
            : other(field) && shown(field) ? [{ press: elements.push(field) - 1, select: -1, value: "" }] : [],
    );
    told.push({
      method: form.method.toLowerCase(),
      action: form.action instanceof Element ? form.getAttribute("action") || location.href : form.action,
      names: fields.map((field) => field.name).sort(),
      words: presses.map((press) => (press.innerText || press.value || press.getAttribute("aria-label") || "").trim().slice(0, 80)),
      press: presses[0] ? elements.push(presses[0]) - 1 : -1,
      free: Boolean(form.querySelector(free)),
      explorer: Boolean(form.closest("[data-bredele-explorer]") || form.querySelector("[data-bredele-explorer]")),
      languages: choices,
    });
  }
  return { elements, told };
}
