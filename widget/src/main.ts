/** Bredele's widget: enhances a banner the server rendered, or, on a site of another kind, brings it along. */

import { banner, centre, find, hide, keep, mark, show, watchFocus } from "./banner";
import { decode, standing } from "./choice";
import { type Config, configuration } from "./config";
import { erase } from "./erase";
import { letOut, released } from "./gate";
import { all, page, tell } from "./page";
import { stand } from "./placeholder";
import { listen, say } from "./said";
import { signal } from "./signals";
import { trusted } from "./trusted";

const tag = page.currentScript as HTMLScriptElement;
const facts = tag.dataset;
const base = tag.src.replace(/bredele\.js.*/, "");
let granted: ReadonlySet<string> = new Set();
let day: number | undefined;
let config: Config | undefined;

const api = {
  /** Purposes granted now. */
  get granted(): string[] {
    return [...granted];
  },
  /** Open the preference centre; false where there is none on this page. */
  open: (): boolean => centre(granted, day),
  /** Refuse everything, as the button does. */
  withdraw: (): Promise<void> => answer("refuse", []),
};

async function answer(choice: string, purpose: string[]): Promise<void> {
  const before = granted;
  all<HTMLDialogElement>(".bredele-centre").forEach((dialog) => dialog.close());
  hide();
  const version = config?.version ?? +all<HTMLInputElement>("[name=version]", banner)[0]!.value;
  const sent = await fetch(`${base}consent`, {
    method: "POST",
    keepalive: true,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ choice, purpose, version, key: crypto.randomUUID?.() }),
  }).catch(() => undefined);
  if (sent?.status === 422) return location.reload(); // the policy changed meanwhile: ask with the new one
  if (!sent?.ok) {
    if (day === undefined) show();
    return say(banner?.dataset.failed);
  }
  const kept = (await sent.json()) as { choice: Record<string, boolean> };
  granted = new Set(Object.keys(kept.choice).filter((each) => kept.choice[each]));
  day = Date.now() / 864e5;
  signal(facts, granted, "update");
  tell("choice", kept);
  const lost = [...before].filter((each) => !granted.has(each));
  if (config && lost[0]) return withdraw(config, new Set(lost));
  // a document's Content-Security-Policy is fixed at load
  if (facts.reload?.split(" ").some((each) => granted.has(each) && !before.has(each))) return location.reload();
  await refresh();
  say(banner?.dataset.saved);
}

async function withdraw({ items, words }: Config, lost: ReadonlySet<string>): Promise<void> {
  const { deleted, left } = await erase(items, lost);
  tell("withdrawn", { deleted, left });
  const bredele =
    (deleted[0] ? `${words.deleted} ${deleted.join(", ")}.` : words.none) + (left[0] ? ` ${words.left} ${left.join(", ")}.` : "");
  if ([...lost].some((each) => released.has(each))) {
    history.replaceState({ ...history.state, bredele }, "");
    location.reload();
  } else say(bredele, words.close);
}

async function refresh(): Promise<void> {
  keep();
  if (config) {
    const { since } = config;
    for (const form of all("[data-bredele-withdraw]")) form.hidden = !Object.keys(since).some((each) => granted.has(each));
    stand(config, granted);
  }
  await letOut(granted, facts.strict === "");
}

function pressed(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const { name, value } = event.submitter as HTMLButtonElement;
  if (!form.matches("[data-bredele]") || name !== "choice") return;
  const save = value === "save" ? (new FormData(form).getAll("purpose") as string[]) : [];
  if ("bredeleAllow" in form.dataset) save.push(...granted);
  // a withdrawal is the server's where it made the page: it deletes what no script can, and says so
  if (!config && value !== "accept" && [...granted].some((each) => !save.includes(each))) return;
  event.preventDefault();
  void answer(value, save);
}

async function start(): Promise<void> {
  listen();
  watchFocus();
  page.addEventListener("submit", pressed);
  page.addEventListener("click", (event) => {
    if ((event.target as Element).closest(".bredele summary,[data-bredele-open]") && api.open()) event.preventDefault();
  });
  if (find()) {
    granted = new Set(new FormData(all<HTMLFormElement>("form", banner)[0]).getAll("purpose") as string[]);
    show();
  } else bring((config = await configuration(base)));
  signal(facts, granted, "update");
  new MutationObserver(() => void refresh()).observe(page, { childList: true, subtree: true });
  await refresh();
  tell("ready", api);
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
  const holder = page.createElement("template");
  holder.innerHTML = trusted.createHTML(config.html);
  const { content } = holder;
  for (const link of all<HTMLAnchorElement>("a", content)) link.href = base + link.pathname.slice(1);
  for (const notice of all("[data-bredele-signal]", content)) notice.hidden = !gpc;
  find(content)?.classList.add("bredele-over");
  mark(content, granted, day);
  if (now.ask) show();
  say(history.state?.bredele, config.words.close);
}

(window as { bredele?: typeof api }).bredele = api;
signal(facts, granted, "default");
if (page.readyState === "loading") page.addEventListener("DOMContentLoaded", start);
else void start();
