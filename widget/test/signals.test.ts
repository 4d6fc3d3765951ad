// @vitest-environment happy-dom
import { beforeEach, expect, test } from "vitest";
import { signal } from "../src/signals";

const site = window as unknown as Record<string, any>;
const google =
  "ad_storage:advertising ad_user_data:advertising ad_personalization:advertising analytics_storage:measurement " +
  "functionality_storage:personalisation personalization_storage:personalisation security_storage:necessary";
const tag = (facts: Record<string, string>) => facts as unknown as DOMStringMap;

beforeEach(() => {
  for (const name of ["dataLayer", "uetq", "clarity"]) delete site[name];
});

test("nothing is said to anybody unless it is declared", () => {
  signal(tag({}), ["advertising"], "default");
  expect([site.dataLayer, site.uetq, site.clarity]).toEqual([undefined, undefined, undefined]);
});

test("all seven of Google's signals are denied first, then follow the choice", () => {
  signal(tag({ google }), [], "default");
  signal(tag({ google }), ["measurement"], "update");
  const [first, second] = site.dataLayer.map((call: IArguments) => [...call]);
  expect(Object.prototype.toString.call(site.dataLayer[0])).toBe("[object Arguments]");
  expect(first.slice(0, 2)).toEqual(["consent", "default"]);
  expect(new Set(Object.values(first[2]))).toEqual(new Set(["denied"]));
  expect(Object.keys(first[2])).toHaveLength(7);
  expect(second).toEqual([
    "consent",
    "update",
    {
      ad_storage: "denied",
      ad_user_data: "denied",
      ad_personalization: "denied",
      analytics_storage: "granted",
      functionality_storage: "denied",
      personalization_storage: "denied",
      security_storage: "granted",
    },
  ]);
});

test("a queue that is already there is used", () => {
  const calls: unknown[] = [];
  site.dataLayer = [{ event: "early" }];
  site.clarity = (...call: unknown[]) => calls.push(call);
  signal(tag({ google, clarity: "ad_Storage:advertising analytics_Storage:measurement" }), ["advertising"], "update");
  expect(site.dataLayer).toHaveLength(2);
  expect(calls).toEqual([["consentv2", { ad_Storage: "granted", analytics_Storage: "denied" }]]);
});

test("Microsoft's two are told in their own way", () => {
  signal(tag({ uet: "ad_storage:advertising", clarity: "ad_Storage:advertising" }), [], "default");
  expect(site.uetq).toEqual(["consent", "default", { ad_storage: "denied" }]);
  expect([...site.clarity.q[0]]).toEqual(["consentv2", { ad_Storage: "denied" }]);
});
