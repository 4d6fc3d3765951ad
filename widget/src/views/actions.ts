/** Links that lead away, downloads and errors: interactions and nothing else, of no text and no form. */

import { staying } from "./leaving";
import { tell, timing } from "./telling";

/** Other files say `download` in their link. */
const FILE = /\.(pdf|zip|csv|mp[34]|docx?|xlsx?|od[st])$/i;
const said: Record<string, boolean> = {};

/** Each kind once a page: how many pages fail matters, not how often one does. */
function failed(target: string): void {
  said[target] ||= tell("error", { target });
}

function clicked({ target }: Event): void {
  const link = (target as Element).closest<HTMLAnchorElement>("a[href]");
  if (!link?.host) return; // mailto: and its like lead to no host
  if (link.origin !== location.origin) tell("outbound", { target: link.origin });
  else if (FILE.test(link.pathname) || link.hasAttribute("download")) tell("download", { target: link.pathname });
  else staying();
}

export function actions(): void {
  addEventListener("click", clicked);
  addEventListener("auxclick", clicked);
  addEventListener("error", ({ target }) => failed(target === window ? "script" : "resource"), true);
  if (timing.responseStatus === 404) failed("not-found");
}
