/**
 * Lets out what was held back: `<script type="text/plain" data-purpose>`, `<template data-purpose>`, and
 * `<iframe|img|video|audio|source|link data-purpose data-src>`. Order, nonce, module, async and integrity are kept.
 */

import { all } from "./page";
import { trusted } from "./trusted";

const HELD = "[data-purpose]";
const ADDRESSES = ["src", "srcset", "href", "poster"] as const;
const OWN = /^(type|src|nonce|data-(src|type|purpose))$/;

/** Purposes of what has run on this page: they stop by a reload only. */
export const released = new Set<string>();
let queue: Promise<unknown> = Promise.resolve();

export const purposes = (held: HTMLElement): string[] => (held.dataset.purpose ?? "").split(/\s+/).filter(Boolean);

/** Let out everything whose purposes are all granted, in the document's order. `strict`: inline code needs a nonce. */
export function letOut(granted: ReadonlySet<string>, strict: boolean): Promise<unknown> {
  const free = (held: HTMLElement): boolean => purposes(held).every((purpose) => granted.has(purpose));
  for (const held of all(HELD)) {
    if (free(held) && held.localName !== "script") open(held);
  }
  return (queue = queue.then(async () => {
    for (const held of all<HTMLScriptElement>(`script${HELD}`)) if (free(held)) await revive(held, strict);
  }));
}

function open(held: HTMLElement): void {
  const own = purposes(held);
  own.forEach((purpose) => released.add(purpose));
  const before = held.previousElementSibling;
  if (before?.matches(".bredele-placeholder")) before.remove();
  if (held instanceof HTMLTemplateElement) {
    const content = held.content.cloneNode(true) as DocumentFragment;
    for (const script of all<HTMLScriptElement>("script:not([data-purpose])", content)) {
      script.dataset.type = script.type;
      script.type = "text/plain";
      script.dataset.purpose = own.join(" ");
    }
    held.replaceWith(content);
    return;
  }
  for (const name of ADDRESSES) {
    const address = held.dataset[name];
    if (address) held.setAttribute(name, address);
  }
  held.hidden = false;
  delete held.dataset.purpose;
}

/** A script runs only if it is made anew; a classic one of another file is waited for, so that the next finds its work. */
function revive(held: HTMLScriptElement, strict: boolean): Promise<unknown> | undefined {
  const address = held.dataset.src ?? held.getAttribute("src");
  if (!address && strict && !held.nonce) return undefined; // the browser would refuse it, and say so in the console
  purposes(held).forEach((purpose) => released.add(purpose));
  const script = document.createElement("script");
  for (const { name, value } of held.attributes) {
    if (!OWN.test(name)) script.setAttribute(name, name.startsWith("on") ? trusted.createScript(value) : value);
  }
  script.type = held.dataset.type ?? "";
  script.nonce = held.nonce; // the attribute is hidden by the browser, the property is not
  script.async = held.hasAttribute("async");
  if (address) script.src = trusted.createScriptURL(address);
  else script.text = trusted.createScript(held.text);
  const loaded =
    address && !script.async
      ? new Promise((done) => {
          script.addEventListener("load", done);
          script.addEventListener("error", done);
        })
      : undefined;
  held.replaceWith(script);
  return loaded;
}
