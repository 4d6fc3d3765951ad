/** Short names for what every module asks of the document. */

export const page = document;

export const all = <T extends HTMLElement>(selector: string, within: ParentNode = page): T[] => [
  ...within.querySelectorAll<T>(selector),
];

export const make = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  facts: Partial<HTMLElementTagNameMap[K]>,
): HTMLElementTagNameMap[K] => Object.assign(page.createElement(tag), facts);

/** Purposes of an element, or of nothing. */
export const words = (text = ""): string[] => text.split(" ").filter(Boolean);
