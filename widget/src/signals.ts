/**
 * Google's and Microsoft's consent modes, off unless the script tag declares them:
 * `data-google="ad_storage:advertising analytics_storage:measurement ..."`, likewise `data-uet` and `data-clarity`.
 * Everything is denied before any of their tags can ask; an update follows each choice.
 */

type Step = "default" | "update";
// eslint-free zone of one line: these queues belong to others and hold anything
const site = window as unknown as Record<string, any>;

export function signal({ google, uet, clarity }: DOMStringMap, granted: readonly string[], step: Step): void {
  const signals = (declared: string): Record<string, string> =>
    Object.fromEntries(
      declared.split(" ").map((pair) => {
        const [name = "", purpose = ""] = pair.split(":");
        const yes = step === "update" && (purpose === "necessary" || granted.includes(purpose));
        return [name, yes ? "granted" : "denied"];
      }),
    );
  if (google) tagged("consent", step, signals(google));
  if (uet) (site.uetq ??= []).push("consent", step, signals(uet));
  if (clarity) (site.clarity ??= queue)("consentv2", signals(clarity));
}

/** Google's queue takes `arguments` objects only, never arrays. */
function tagged(..._: unknown[]): void {
  (site.dataLayer ??= []).push(arguments);
}

/** Clarity's own, as its snippet makes it before its script has come. */
function queue(..._: unknown[]): void {
  (site.clarity.q ??= []).push(arguments);
}
