/** Mode `visitors`: whether a view is the browser's first of the day, the week, the month, by `audience_day`'s date. */

import { facts, page } from "./telling";

/** Weeks begin on Monday; 1 January 1970 was a Thursday. */
const week = (day: string): number => ((Date.parse(day) / 864e5 + 3) / 7) | 0;

export function firsts(): object | undefined {
  if (!facts.visitors) return undefined;
  const last = /audience_day=([\d-]+)/.exec(page.cookie)?.[1] ?? "";
  const today = new Date().toISOString().slice(0, 10);
  const month = last.slice(0, 7) !== today.slice(0, 7);
  return { day: last !== today, week: week(last) !== week(today), month };
}
