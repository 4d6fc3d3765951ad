// Builds src/ into the package's static files: one script, one style sheet, each also compressed, sent as they lie there.
import { build } from "esbuild";
import { mkdir, writeFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const web = process.argv[2] ?? "../src/bredele/web/static";
const outcome = await build({
  entryPoints: { "root/bredele": "src/main.ts", "bredele/consent": "src/consent.css" },
  outdir: web,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  tsconfigRaw: "{}",
  write: false,
});
for (const { path, contents } of outcome.outputFiles) {
  const squeezed = brotliCompressSync(contents, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: contents.length } });
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, contents);
  await writeFile(`${path}.br`, squeezed);
  console.log(`${basename(path)}: ${contents.length} bytes, ${squeezed.length} with brotli`);
}
