/** What is said once an answer is kept: in a live region that was there before, so that it is read out; focus stays. */

import { make, page } from "./page";

let region: HTMLElement | undefined;

/** Called when somebody turns to the banner, so that the region is known before it speaks. */
export function listen(): void {
  region ??= make("div", { className: "bredele bredele-said", role: "status" });
  if (!region.isConnected) page.body.append(region);
}

export function say(text = ""): void {
  region!.textContent = text;
  if (text) setTimeout(say, 8e3);
}
