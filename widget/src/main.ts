/** Bredele's widget: enhances a banner the server rendered, or, on a site of another kind, brings it along. */

import { banner, centre, find, given, hide, keep, mark, show, watchFocus } from "./banner";
import { decode, standing } from "./choice";
import { type Config, configuration } from "./config";
import { letOut } from "./gate";
import { all, page, words } from "./page";
import { stand } from "./placeholder";
import { listen, say } from "./said";
import { signal } from "./signals";
import { trusted } from "./trusted";

const { src, dataset: facts } = page.currentScript as HTMLScriptElement;
const base = src.replace(/bredele\.js.*/, "");
let granted: readonly string[] = [];
let day: number | undefined;
let config: Config | undefined;

const api = {
  /** Purposes granted now. */
  get granted(): readonly string[] {
    return granted;
  },
  /** Open the preference centre; false where there is none on this page. */
  open: (): boolean => centre(granted, day),
};

/** Tell the page's own code: `document.addEventListener("bredele:choice", ...)`. */
const tell = (what: string): unknown => page.dispatchEvent(new CustomEvent(`bredele:${what}`, { detail: api }));

let busy = false;

/** The banner goes once the server has kept the answer, not before: whoever goes on at once then takes it along. */
async function answer(fields: object): Promise<void> {
  if (busy) return;
  busy = true;
  listen();
  const before = granted;
  for (const dialog of all<HTMLDialogElement>(".bredele-centre")) dialog.close();
  const sent = await fetch(`${base}consent`, {
    method: "POST",
    keepalive: true,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(fields),
  }).catch(() => undefined);
  if (sent?.status === 422) return location.reload(); // the policy changed meanwhile: ask with the new one
  busy = false;
  if (!sent?.ok) return say(banner?.dataset.failed);
  hide();
  const { choice } = await sent.json();
  granted = Object.keys(choice).filter((each) => choice[each]);
  day = Date.now() / 864e5;
  signal(facts, granted, "update");
  tell("choice");
  // a document's Content-Security-Policy is fixed at load: what is let out now would be refused
  busy = words(facts.reload).some((each) => granted.includes(each) && !before.includes(each));
  if (busy) return location.reload();
  await refresh();
  say(banner?.dataset.saved);
}

function pressed(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const button = event.submitter as HTMLButtonElement;
  if (!form.matches("[data-bredele]") || button.name !== "choice") return;
  const send = (): void => {
    const fields = new FormData(form, button);
    const list = (name: string): string[] => fields.getAll(name) as string[];
    const about = list("about");
    const purpose = [...list("purpose"), ...("bredeleAllow" in form.dataset ? granted : [])];
    const kept = button.value === "save" ? purpose : about[0] || button.value === "accept" ? given(granted) : [];
    // a withdrawal is the server's: it deletes what no script can, and the page it sends says what became of everything
    if (given(granted).some((each) => !kept.includes(each))) return;
    event.preventDefault();
    void answer({
      choice: button.value,
      purpose,
      about,
      version: config?.version ?? +list("version")[0]!,
      language: page.documentElement.lang,
    });
  };
  if (given(granted)[0]) return send();
  event.preventDefault(); // nothing to withdraw: read and sent in the next turn, so that the browser can paint before
  setTimeout(send);
}

async function refresh(): Promise<void> {
  keep();
  if (config) {
    for (const form of all("[data-bredele-withdraw]")) form.hidden = !given(granted)[0];
    stand(config, granted);
  }
  if (granted[0] && !busy) await letOut(granted, "strict" in facts);
}

/** Stand-alone: the server's own banner comes with the configuration, the same for every visitor. */
function bring(config: Config): void {
  const stored = decode(page.cookie, config);
  const gpc = (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl;
  const now = standing(config, stored, gpc);
  granted = now.granted;
  day = stored?.day;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(config.css);
  page.adoptedStyleSheets = [...page.adoptedStyleSheets, sheet];
  const { content } = Object.assign(page.createElement("template"), { innerHTML: trusted().createHTML(config.html) });
  for (const link of all<HTMLAnchorElement>("a", content)) link.href = base + link.pathname.slice(1);
  for (const notice of all("[data-bredele-signal]", content)) notice.hidden = !gpc;
  const form = all<HTMLFormElement>("form", content)[0];
  if (form) {
    form.action = `${base}consent`;
    (form.elements.namedItem("next") as HTMLInputElement).value = new URL(`${base}cookies/preferences/`).pathname;
  }
  find(content)?.classList.add("bredele-over");
  mark(content, granted, day);
  if (now.ask) show();
}

async function start(): Promise<void> {
  watchFocus();
  page.addEventListener("submit", pressed);
  page.addEventListener("click", (event) => {
    if ((event.target as Element).closest(".bredele summary,[data-bredele-open]") && api.open()) event.preventDefault();
  });
  if (find()) {
    granted = words(banner!.dataset.granted);
    show();
  } else bring((config = await configuration(base)));
  signal(facts, granted, "update");
  new MutationObserver(refresh).observe(page, { childList: true, subtree: true });
  await refresh();
  tell("ready");
}

const site = window as { bredele?: typeof api };
if (!site.bredele) {
  site.bredele = api;
  signal(facts, granted, "default");
  // in a turn of its own: with the page's first layout it would be one long task on a slow machine
  if (page.readyState === "loading") page.addEventListener("DOMContentLoaded", start);
  else setTimeout(start);
}
