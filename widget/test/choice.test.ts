import { describe, expect, test } from "vitest";
import { decode, standing } from "../src/choice";

const orders = { 1: ["advertising"], 3: ["measurement", "advertising"] };
const read = (value: string) => decode(`other=1; cookies_preferences=${value}; last=x`, { orders });

describe("the choice cookie", () => {
  test("is read in the order of its own version", () => {
    const choice = read("3.1g0.01.abc_-9");
    expect(choice?.version).toBe(3);
    expect([choice?.said("measurement"), choice?.said("advertising"), choice?.said("social")]).toEqual([false, true, undefined]);
    expect(new Date((choice?.day ?? 0) * 864e5).toISOString()).toBe("2025-02-15T00:00:00.000Z");
  });

  test.each(["", "x", "2.1g0.1", "3.1g0.1", "3.1g0.011", "3.zzzz.01", "3.1g0.01x", "3.1G0.01", "3..01"])("%j is no choice", (value) => {
    expect(read(value)).toBeUndefined();
  });

  test("of another name is not read", () => {
    expect(decode("my_cookies_preferences=3.1g0.11", { orders })).toBeUndefined();
    expect(decode("", { orders })).toBeUndefined();
  });
});

describe("what is allowed", () => {
  const facts = { since: { advertising: 2, social: 1 }, exempt: ["measurement"] };
  const choice = (version: number, yes: string[]) => ({ version, day: 1, said: (purpose: string) => yes.includes(purpose) });

  test("before a choice: what is exempt, and the rest is asked", () => {
    expect(standing(facts, undefined)).toEqual({ granted: ["measurement"], ask: true });
  });

  test("with Global Privacy Control: nothing, and it is still asked", () => {
    expect(standing(facts, undefined, true)).toEqual({ granted: [], ask: true });
  });

  test("an answer older than the question is none, for that purpose only", () => {
    expect(standing(facts, choice(1, ["advertising", "social"]))).toEqual({ granted: ["social"], ask: true });
  });

  test("an explicit answer is kept, whatever the signal", () => {
    expect(standing(facts, choice(2, ["advertising", "measurement"]), true)).toEqual({
      granted: ["advertising", "measurement"],
      ask: false,
    });
  });
});
