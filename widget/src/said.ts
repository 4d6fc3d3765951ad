/** What is said once an answer is kept: in a live region that was there before, so that it is read out; focus stays. */

import { make, page } from "./page";

const region = make("div", { className: "bredele bredele-said", role: "status" });

export const listen = (): void => page.body.append(region);

export function say(text = ""): void {
  region.textContent = text;
  if (text) setTimeout(say, 8e3);
}
