/** How a view ends: for how long the page was in sight, how fast it had come, and whether the site was left. */

import { page, seen, tell, timing } from "./telling";

const now = (): number => performance.now();
let engaged = 0;
let since = 0;
let inside = -9e9;
let fresh = true;

/** A link or a form leads to another page of the site; forgotten after nine seconds, if nothing came of it. */
export const staying = (): number => (inside = now());

function look(): void {
  if (since) engaged += now() - since;
  since = page.hidden ? 0 : now();
}

export function leave(exit: boolean): void {
  look();
  const load = ((fresh && timing.loadEventEnd) || -1) - (timing.activationStart || 0); // below zero: not told
  tell("leave", { seconds: engaged / 1e3, load, exit, entry: seen.entry });
  engaged = 0;
  fresh = false;
}

export function leaving(): void {
  look();
  addEventListener("visibilitychange", look);
  addEventListener("submit", staying);
  addEventListener("pagehide", () => leave(inside < now() - 9e3));
}
