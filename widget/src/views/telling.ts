/** What is shared: the script's own tag, the view that is told of, and how it is told. */

declare global {
  /** Whether everything is told, or views alone: set when it is built. */
  const ALL: boolean;
}

export const page = document;
export const { src, dataset: facts } = page.currentScript as HTMLScriptElement;

export type Timing = PerformanceNavigationTiming & { activationStart?: number; responseStatus?: number };
export const timing = (performance.getEntriesByType("navigation")[0] ?? {}) as Timing;

/** The address without its fragment. */
export const address = (): string => location.href.split("#")[0]!;
/** Where we are, and whether the visit began with this view. */
export const seen = { url: address(), entry: false };

export const tell = (name: string, fields: object): boolean =>
  navigator.sendBeacon(
    src.replace(/[^/]+$/, "collect"),
    JSON.stringify({ site: facts.site, name, url: seen.url.slice(0, 2e3), ...fields }),
  );
