// @vitest-environment happy-dom
import { beforeEach, expect, test } from "vitest";
import { letOut } from "../src/gate";

beforeEach(() => {
  document.body.innerHTML = "";
});

const held = (html: string): void => {
  document.body.innerHTML = html;
};

test("an embed gets its address only once every purpose of it is granted", async () => {
  held('<img data-purpose="social advertising" data-src="/a.png" data-srcset="/b.png 2x" alt="" hidden>');
  await letOut(["social"], false);
  expect(document.querySelector("img")?.getAttribute("src")).toBeNull();
  await letOut(["social", "advertising"], false);
  const image = document.querySelector("img");
  expect(image?.getAttribute("src")).toContain("/a.png");
  expect([image?.srcset, image?.hidden, image?.dataset.purpose]).toEqual(["/b.png 2x", false, undefined]);
});

test("what stood in its place goes", async () => {
  held('<div class="bredele-placeholder"></div><video data-purpose="social" data-src="/v"></video>');
  await letOut(["social"], false);
  expect(document.querySelector(".bredele-placeholder")).toBeNull();
});

test("a template's content takes its place, scripts and all", async () => {
  held('<template data-purpose="social"><p>in</p><script data-type="x">1</script></template><p>after</p>');
  await letOut(["social"], true);
  expect(document.body.textContent).toContain("in");
  expect(document.querySelector("template")).toBeNull();
  expect(document.querySelector("script")?.type).toBe("text/plain"); // strict: inline code without a nonce stays inert
});

test("type, nonce, order and attributes of a script are kept", async () => {
  held('<script type="text/plain" data-type="module" data-purpose="social" integrity="sha256-x" id="one">1</script>');
  document.querySelector("script")!.nonce = "n"; // browsers hide the attribute and keep the property
  await letOut(["social"], true);
  const script = document.querySelector("script");
  expect([script?.type, script?.nonce, script?.integrity, script?.id, script?.async]).toEqual(["module", "n", "sha256-x", "one", false]);
  expect(script?.dataset.purpose).toBeUndefined();
});
