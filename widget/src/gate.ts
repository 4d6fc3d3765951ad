/**
 * Lets out what was held back: `<script type="text/plain" data-purpose>`, `<template data-purpose>`, and
 * `<iframe|img|video|audio|source data-purpose data-src>`. Order, nonce, module, async and integrity are kept.
 */

import { all, page, words } from "./page";
import { trusted } from "./trusted";

const OWN = /^(type|src|nonce|data-(src|type|purpose))$/;
let queue: Promise<unknown> = Promise.resolve();

/** Let out everything whose purposes are all granted, in the document's order. `strict`: inline code needs a nonce. */
export function letOut(granted: readonly string[], strict: boolean): Promise<unknown> {
  const free = (held: HTMLElement): boolean => words(held.dataset.purpose).every((purpose) => granted.includes(purpose));
  for (const held of all("[data-purpose]:not(script)")) if (free(held)) open(held);
  return (queue = queue.then(async () => {
    for (const held of all<HTMLScriptElement>("script[data-purpose]")) if (free(held)) await revive(held, strict);
  }));
}

function open(held: HTMLElement): void {
  const before = held.previousElementSibling;
  const { purpose, src, srcset, poster } = held.dataset;
  if (before?.matches(".bredele-placeholder")) before.remove();
  if (held instanceof HTMLTemplateElement) {
    const { content } = held; // moved, not copied: a copy's scripts would no longer be the page's own to Trusted Types
    for (const script of all<HTMLScriptElement>("script", content)) {
      Object.assign(script.dataset, { purpose, type: script.type });
      script.type = "text/plain";
    }
    held.replaceWith(content);
  } else {
    Object.assign(held, { hidden: false }, src && { src }, srcset && { srcset }, poster && { poster });
    delete held.dataset.purpose;
  }
}

/** A script runs only if it is made anew; a classic one of another file is waited for, so that the next finds its work. */
function revive(held: HTMLScriptElement, strict: boolean): Promise<unknown> | undefined {
  const script = page.createElement("script");
  const address = held.dataset.src ?? held.getAttribute("src");
  if (!address && strict && !held.nonce) return undefined; // the browser would refuse it, and say so in the console
  for (const { name, value } of held.attributes) if (!OWN.test(name)) script.setAttribute(name, value);
  script.type = held.dataset.type ?? "";
  script.nonce = held.nonce; // the attribute is hidden by the browser, the property is not
  script.async = held.hasAttribute("async");
  const waits = address && !script.async;
  const done = new Promise((resolve) => (script.onload = script.onerror = resolve));
  if (address) script.src = trusted().createScriptURL(address);
  else script.text = trusted().createScript(held.text);
  held.replaceWith(script);
  return waits ? done : undefined;
}
