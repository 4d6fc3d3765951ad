/** In place of a blocked embed: who would learn what, and a button that grants its purpose. The server makes its own. */

import type { Config } from "./config";
import { purposes } from "./gate";
import { all, make } from "./page";

const EMBEDS = "iframe,video,audio,img";

export function stand({ words, labels }: Config, granted: ReadonlySet<string>): void {
  for (const held of all("[data-purpose]")) {
    const embed = held instanceof HTMLTemplateElement ? all(EMBEDS, held.content)[0] : held;
    const missing = purposes(held).filter((purpose) => !granted.has(purpose));
    if (!missing[0] || !embed?.matches(EMBEDS) || held.previousElementSibling?.matches(".bredele-placeholder")) continue;
    const host = new URL(embed.dataset.src ?? embed.getAttribute("src") ?? "", page_address()).hostname;
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

const page_address = (): string => location.href;
