/**
 * Tells the collector of page views, in a page of any kind: the first one, and those of single-page navigation.
 *
 * Built twice: `bredele-views.js` knows no more; in `bredele-audience.js` (`ALL`) it also tells how a view ended, links
 * that lead away, downloads, errors and a visitor's firsts. Nothing is stored on the device. GPC, Do Not Track and an
 * objection are honoured before anything is sent; the server asks again and has the last word.
 */

import { actions } from "./views/actions";
import { firsts } from "./views/firsts";
import { leave, leaving } from "./views/leaving";
import { address, facts, page, seen, tell, timing } from "./views/telling";

const own = location.origin;

/** `referrer` is an origin or nothing; a reload and a step in the history begin no visit. */
function view(referrer: string, again: boolean, told = true): void {
  seen.entry = !again && referrer !== own;
  if (told) tell("view", { referrer, again, width: innerWidth, first: ALL ? firsts() : undefined });
}

function moved(push: boolean): void {
  const there = address();
  if (there === seen.url) return;
  if (ALL) leave(false);
  seen.url = there;
  view(own, !push);
}

function start(): void {
  // the server has counted the document (`data-rest`), or there was none to see
  const told = !facts.rest && !(ALL && timing.responseStatus! > 399);
  view(page.referrer.split("/", 3).join("/"), /^[rb]/.test(timing.type), told); // reload, back_forward
  if (ALL) leaving(), actions();
  const push = history.pushState;
  history.pushState = (...given) => (push.apply(history, given), moved(true));
  addEventListener("popstate", () => moved(false));
  addEventListener("pageshow", (event) => event.persisted && view(own, true));
}

const { globalPrivacyControl, doNotTrack } = navigator as Navigator & { globalPrivacyControl?: boolean };
// `data-no`: what the choice cookie looks like of a visitor who objects, in every version
if (!globalPrivacyControl && doNotTrack !== "1" && !(facts.no && RegExp(facts.no).test(page.cookie))) {
  // a page made ready ahead, or in a tab behind, is seen by nobody yet
  if (page.hidden) addEventListener("visibilitychange", start, { once: true });
  else start();
}
