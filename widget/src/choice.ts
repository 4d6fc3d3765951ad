/** The choice cookie, read as the server reads it: unreadable, of an unknown version or of a later day is no choice. */

import type { Config } from "./config";

export interface Choice {
  version: number;
  /** Days since 1970-01-01, UTC. */
  day: number;
  /** The answer to a purpose; undefined where none was asked. */
  said(purpose: string): boolean | undefined;
}

const FIRST_DAY = 18262; // 2020-01-01
const SHAPE = /(?:^|; )cookies_preferences=([0-9a-z]+)\.([0-9a-z]+)\.([01]*)(?![^.;])/;

export function decode(cookies: string, { orders }: Pick<Config, "orders">): Choice | undefined {
  const [, number = "", days = "", bits = ""] = SHAPE.exec(cookies) ?? [];
  const version = parseInt(number, 36);
  const day = FIRST_DAY + parseInt(days, 36);
  const order = orders[version];
  if (order?.length !== bits.length || day * 864e5 > Date.now()) return undefined;
  return { version, day, said: (purpose) => order.includes(purpose) ? bits[order.indexOf(purpose)] === "1" : undefined };
}

/** Purposes allowed now, and whether something must still be asked. `signal`: Global Privacy Control is on. */
export function standing(
  { since, exempt }: Pick<Config, "since" | "exempt">,
  choice: Choice | undefined,
  signal = false,
): { granted: string[]; ask: boolean } {
  const asked = Object.keys(since);
  const answer = (purpose: string): boolean | undefined =>
    choice && since[purpose]! <= choice.version ? choice.said(purpose) : undefined;
  return {
    granted: [...asked.filter(answer), ...exempt.filter((purpose) => choice?.said(purpose) ?? !signal)],
    ask: asked.some((purpose) => answer(purpose) === undefined),
  };
}
