/** What `bredele.json`, or a JSON block in the page, says: the same for every visitor, so any cache may keep it. */

import { all, page } from "./page";

export interface Config {
  version: number;
  /** Version number to its optional purposes in the order of the choice cookie's bits. */
  orders: Record<string, string[]>;
  /** Purpose that needs consent to the version since which it must be asked. */
  since: Record<string, number>;
  /** Purposes that are allowed unless the visitor objected. */
  exempt: string[];
  labels: Record<string, string>;
  words: Record<"ask" | "allow", string>;
  html: string;
  css: string;
}

export async function configuration(base: string): Promise<Config> {
  const block = all("[data-bredele-config]")[0];
  return block ? JSON.parse(block.textContent) : (await fetch(`${base}bredele.json?lang=${page.documentElement.lang}`)).json();
}
