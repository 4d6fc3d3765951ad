/** The Trusted Types policy `bredele`: only what the page itself marked as gated, or our own server sent, passes. */

interface Policy {
  createHTML(text: string): string;
  createScript(text: string): string;
  createScriptURL(text: string): string;
}

const same = (text: string): string => text;
const rules: Policy = { createHTML: same, createScript: same, createScriptURL: same };

let made: Policy | undefined;

/** Made when something first needs it: most pages with a banner never do. */
export const trusted = (): Policy =>
  (made ??=
    (window as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } }).trustedTypes?.createPolicy(
      "bredele",
      rules,
    ) ?? rules);
