// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";

type Told = Record<string, unknown> & { name: string };
let told: Told[] = [];
let listeners: [EventTarget, string, EventListenerOrEventListenerObject][] = [];

/** Loads the script anew, as the tag of a page with these facts. */
async function run(facts: Record<string, string> = {}, all = true): Promise<void> {
  vi.resetModules();
  vi.stubGlobal("ALL", all);
  const script = document.createElement("script");
  Object.assign(script.dataset, facts);
  Object.defineProperty(script, "src", { value: "http://localhost:3000/bredele/bredele-audience.js?v=1" });
  Object.defineProperty(document, "currentScript", { value: script, configurable: true });
  await import("../src/views");
}

const navigation = (facts: object): void => {
  vi.spyOn(performance, "getEntriesByType").mockReturnValue([facts] as never);
};
const names = (): string[] => told.map(({ name }) => name);
const link = (href: string, more = ""): HTMLElement => {
  document.body.innerHTML = `<a href="${href}" ${more}><b>go</b></a>`;
  const inner = document.querySelector("b")!;
  document.querySelector("a")!.addEventListener("click", (event) => event.preventDefault());
  return inner;
};

beforeEach(() => {
  told = [];
  listeners = [];
  history.replaceState({}, "", "http://localhost:3000/a?x=1#part");
  vi.stubGlobal("navigator", {
    sendBeacon: (url: string, body: string) => {
      expect(url).toBe("http://localhost:3000/bredele/collect");
      return told.push(JSON.parse(body)) > 0;
    },
  });
  navigation({ type: "navigate", loadEventEnd: 0 });
  const add = window.addEventListener;
  vi.spyOn(window, "addEventListener").mockImplementation((name: string, listener: any, how?: any) => {
    listeners.push([window, name, listener]);
    add.call(window, name, listener, how);
  });
});

afterEach(() => {
  for (const [where, name, listener] of listeners) where.removeEventListener(name, listener, name === "error");
  delete (history as { pushState?: unknown }).pushState;
  document.cookie = "audience_day=; max-age=0";
  document.cookie = "cookies_preferences=; max-age=0";
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test("a view is told without its fragment, and whence only by origin", async () => {
  vi.spyOn(document, "referrer", "get").mockReturnValue("https://search.example/?q=private");
  await run({}, false);
  expect(told).toEqual([
    { name: "view", url: "http://localhost:3000/a?x=1", referrer: "https://search.example", again: false, width: innerWidth },
  ]);
});

test("a reload and a step in the history are told as such", async () => {
  for (const [type, again] of [["reload", true], ["back_forward", true], ["navigate", false], ["prerender", false]] as const) {
    navigation({ type });
    await run({}, false);
    expect(told.pop()!.again).toBe(again);
  }
});

test("single-page navigation is a view of the same site, replaced addresses and fragments are none", async () => {
  await run({}, false);
  history.pushState({}, "", "/b");
  history.pushState({}, "", "/b#there");
  history.replaceState({}, "", "/b2");
  expect(told.slice(1)).toMatchObject([{ name: "view", url: "http://localhost:3000/b", referrer: location.origin, again: false }]);
  history.replaceState({}, "", "/a");
  dispatchEvent(new PopStateEvent("popstate"));
  expect(told[2]).toMatchObject({ name: "view", url: "http://localhost:3000/a", again: true });
});

test("the server's count is not told again, what follows is", async () => {
  await run({ rest: "1" });
  expect(told).toEqual([]);
  history.pushState({}, "", "/b");
  expect(names()).toEqual(["leave", "view"]);
});

test.each([
  ["Global Privacy Control", { globalPrivacyControl: true }],
  ["Do Not Track", { doNotTrack: "1" }],
])("%s silences everything", async (_, signal) => {
  Object.assign(navigator, signal);
  await run();
  history.pushState({}, "", "/b");
  dispatchEvent(new Event("pagehide"));
  expect(told).toEqual([]);
});

test("an objection silences everything, another choice nothing", async () => {
  const no = "cookies_preferences=(1\\.\\w+\\.0|2\\.\\w+\\.[01]0)";
  for (const [value, silent] of [["1.1xy.0", true], ["1.1xy.1", false], ["2.1xy.10", true], ["2.1xy.01.id", false]] as const) {
    document.cookie = `cookies_preferences=${value}`;
    await run({ no }, false);
    expect(told.length === 0, value).toBe(silent);
    told = [];
  }
});

test("leaving the site is an exit, and a bounce where the visit began here", async () => {
  navigation({ type: "navigate", loadEventEnd: 812.5, activationStart: 12.5 });
  await run();
  dispatchEvent(new Event("pagehide"));
  expect(told[1]).toMatchObject({ name: "leave", exit: true, entry: true, load: 800 });
  expect(told[1]!.seconds).toBeGreaterThanOrEqual(0);
});

test("a link within the site is no exit, and the load is told once", async () => {
  navigation({ type: "navigate", loadEventEnd: 800 });
  await run();
  link("/b").click();
  dispatchEvent(new Event("pagehide"));
  dispatchEvent(new Event("pagehide"));
  expect(told.slice(1)).toMatchObject([
    { name: "leave", exit: false, load: 800 },
    { name: "leave", load: -1 },
  ]);
});

test("a form is no exit, and a link that led nowhere is forgotten", async () => {
  const clock = vi.spyOn(performance, "now").mockReturnValue(1_000);
  await run();
  dispatchEvent(new Event("submit"));
  clock.mockReturnValue(9_000);
  dispatchEvent(new Event("pagehide"));
  clock.mockReturnValue(20_000);
  dispatchEvent(new Event("pagehide"));
  expect(told.slice(1)).toMatchObject([{ exit: false, seconds: 8 }, { exit: true, seconds: 11 }]);
});

test("time in the background does not count", async () => {
  const clock = vi.spyOn(performance, "now").mockReturnValue(1_000);
  const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(false);
  await run();
  const turn = (value: boolean, now: number): void => {
    hidden.mockReturnValue(value);
    clock.mockReturnValue(now);
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  };
  turn(true, 3_000);
  turn(false, 60_000);
  clock.mockReturnValue(61_000);
  dispatchEvent(new Event("pagehide"));
  expect(told[1]).toMatchObject({ name: "leave", seconds: 3 });
});

test("a page nobody has seen yet is told once it is in sight", async () => {
  const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  await run();
  expect(told).toEqual([]);
  hidden.mockReturnValue(false);
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  expect(names()).toEqual(["view"]);
});

test("links away are told by origin, downloads by path, mail to nobody", async () => {
  await run();
  link("https://other.example/private?user=me").click();
  link("/files/report.pdf?token=1").click();
  link("/report", "download").click();
  link("mailto:a@b.example").click();
  link("/page").click();
  expect(told.slice(1)).toMatchObject([
    { name: "outbound", target: "https://other.example" },
    { name: "download", target: "/files/report.pdf" },
    { name: "download", target: "/report" },
  ]);
  expect(told).toHaveLength(4);
});

test("errors are told by kind, each once", async () => {
  navigation({ type: "navigate", responseStatus: 404 });
  await run();
  const image = document.createElement("img");
  document.body.append(image);
  for (let times = 0; times < 2; times += 1) {
    image.dispatchEvent(new Event("error"));
  }
  expect(told).toMatchObject([
    { name: "error", target: "not-found" },
    { name: "error", target: "resource" },
  ]);
});

test("firsts follow the date in the cookie, in the mode that counts visitors only", async () => {
  vi.useFakeTimers({ now: new Date("2026-12-01T12:00:00Z"), toFake: ["Date"] });
  const firsts = async (day: string, facts: Record<string, string> = { visitors: "1" }): Promise<unknown> => {
    document.cookie = `audience_day=${day}${day ? "" : "; max-age=0"}`;
    await run(facts);
    return told.pop()!.first;
  };
  expect(await firsts("")).toEqual({ day: true, week: true, month: true });
  expect(await firsts("2026-12-01")).toEqual({ day: false, week: false, month: false });
  expect(await firsts("2026-11-30")).toEqual({ day: true, week: false, month: true });
  expect(await firsts("2026-11-29")).toEqual({ day: true, week: true, month: true });
  expect(await firsts("2026-11-29", {})).toBeUndefined();
  vi.useRealTimers();
});
