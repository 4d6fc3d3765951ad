/** In place of a blocked embed: who would learn what, and a button that grants its purpose. The server makes its own. */

import type { Config } from "./config";
import { all, make, words as list } from "./page";

const EMBEDS = "iframe,video,audio,img";

export function stand({ words, labels }: Config, granted: readonly string[]): void {
  for (const held of all("[data-purpose]")) {
    const embed = held instanceof HTMLTemplateElement ? all(EMBEDS, held.content)[0] : held;
    const missing = list(held.dataset.purpose).filter((purpose) => !granted.includes(purpose));
    if (!missing[0] || !embed?.matches(EMBEDS) || held.previousElementSibling?.matches(".bredele-placeholder")) continue;
    const { host } = new URL(embed.dataset.src ?? (embed as HTMLIFrameElement).src, location.href);
    const form = make("form", { className: "bredele bredele-placeholder" });
    form.dataset.bredele = form.dataset.bredeleAllow = "";
    form.append(
      make("p", { textContent: `${embed.title}: ${words.ask.replace("{who}", held.dataset.provider ?? host)}` }),
      ...missing.map((value) => make("input", { type: "hidden", name: "purpose", value })),
      make("button", {
        className: "bredele-button",
        name: "choice",
        value: "save",
        textContent: words.allow.replace("{purpose}", missing.map((purpose) => labels[purpose]).join(", ")),
      }),
    );
    if (held === embed) {
      // the same box on the page, so that nothing moves
      form.style.cssText = `width:${held.offsetWidth}px;min-height:${held.offsetHeight}px`;
      held.hidden = true;
    }
    held.before(form);
  }
}
