/** The banner as the server rendered it: it comes back if a single-page site drops it, and takes no focus along. */

import { all, make, page } from "./page";
import { listen } from "./said";

/** Kept after it left the page: the preference centre is made from it. */
export let banner: HTMLElement | undefined;
let open = false;
let last: HTMLElement | undefined;

/** The banner of this document, or of the fragment our server sent. */
export const find = (within: ParentNode = page): HTMLElement | undefined =>
  (banner = all("[data-bredele-banner]", within)[0] ?? banner);

/** It stays until it was answered, whatever a single-page site does to the page. */
export function keep(): void {
  if (open && !find()?.isConnected) page.body.prepend(banner!);
}

export function show(): void {
  open = true;
  keep();
}

/** Purposes the banner asks about that are granted. */
export const given = (granted: readonly string[]): string[] =>
  all<HTMLInputElement>("[type=checkbox]", banner).map(({ value }) => value).filter((value) => granted.includes(value));

/** Focus goes back to where it was before the banner, or to the page's content: never to nowhere. */
export function hide(): void {
  open = false;
  const inside = banner?.contains(page.activeElement);
  banner?.remove();
  if (!inside) return;
  const target = last?.isConnected ? last : (all("main,h1")[0] ?? page.body);
  if (target.tabIndex < 0) target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

export const watchFocus = (): void =>
  page.addEventListener("focusin", ({ target }) => {
    const element = target as HTMLElement;
    if (element.closest(".bredele")) setTimeout(listen); // not within a press: see `pressed`
    else last = element;
  });

/** The preference centre: the banner's own words and form in a native dialog, everything unfolded. */
export function centre(granted: readonly string[], day?: number): boolean {
  if (!banner) return false;
  const dialog = make("dialog", {
    className: "bredele bredele-centre",
    ariaLabel: banner.ariaLabel,
    tabIndex: -1,
    onclose() {
      dialog.remove();
    },
  });
  dialog.append(banner.firstElementChild!.cloneNode(true));
  all<HTMLDetailsElement>("details", dialog)[0]!.open = true;
  mark(dialog, granted, day);
  page.body.append(dialog);
  dialog.showModal();
  dialog.focus(); // its name is read out, and no answer is one key away
  return true;
}

/** The stored answers, and the day they were given (BAN-10). */
export function mark(within: ParentNode, granted: readonly string[], day?: number): void {
  for (const box of all<HTMLInputElement>("[name=purpose]", within)) {
    box.checked = granted.includes(box.value);
    box.disabled = box.type === "hidden" && !box.checked;
  }
  for (const time of day ? all("time", within) : []) {
    time.textContent = new Date(day! * 864e5).toLocaleDateString(page.documentElement.lang);
    time.parentElement!.hidden = false;
  }
}
