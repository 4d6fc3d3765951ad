// Builds src/ into the package's static files: scripts and a style sheet, each also compressed, sent as they lie there.
import { build } from "esbuild";
import { mkdir, writeFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const web = process.argv[2] ?? "../src/bredele/web/static";
const builds = [
  { entryPoints: { "root/bredele": "src/main.ts", "bredele/consent": "src/consent.css" } },
  { entryPoints: { "root/bredele-views": "src/views.ts" }, define: { ALL: "false" } },
  { entryPoints: { "root/bredele-audience": "src/views.ts" }, define: { ALL: "true" } },
];
for (const each of builds) {
  const outcome = await build({
    ...each,
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
}
