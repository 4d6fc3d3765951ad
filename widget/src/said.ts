/** What is said once an answer is kept: in a live region that was there before, so that it is read out; focus stays. */

import { make, page } from "./page";

const region = make("div", { className: "bredele bredele-said", role: "status" });
const hush = (): void => region.replaceChildren();

export const listen = (): void => page.body.append(region);

/** With `close` the text stays until that button is pressed; else for eight seconds. */
export function say(text = "", close = ""): void {
  region.replaceChildren(text);
  if (close) region.append(make("button", { className: "bredele-button", textContent: close, onclick: hush }));
  else setTimeout(hush, 8e3);
}
