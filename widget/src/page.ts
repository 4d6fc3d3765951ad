/** Short names for what every module asks of the document. */

export const page = document;

export const all = <T extends HTMLElement>(selector: string, within: ParentNode = page): T[] => [
  ...within.querySelectorAll<T>(selector),
];

export const make = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  facts: Partial<HTMLElementTagNameMap[K]>,
): HTMLElementTagNameMap[K] => Object.assign(page.createElement(tag), facts);

/** Tell the page's own code: `document.addEventListener("bredele:choice", ...)`. */
export const tell = (what: string, detail: object): unknown =>
  page.dispatchEvent(new CustomEvent(`bredele:${what}`, { detail }));
