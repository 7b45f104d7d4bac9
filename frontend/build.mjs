// Builds the styles and the script of the pages into src/throughline/web/static/build/.
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const modules = join(root, "node_modules");
const out = join(root, "src/throughline/web/static/build");

/** MoJ Frontend warns about its own use of GOV.UK Frontend; only a warning that starts in our styles is ours to mend. */
function tellOfOurs(message, { stack = "" }) {
  if (!stack.includes("@ministryofjustice/frontend")) console.warn(message, stack);
}

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "moj"), { recursive: true });

// A failed compile throws here, before anything is written: no half-built stylesheet can pass for a whole one.
const { css } = sass.compile(join(root, "frontend/styles.scss"), {
  // MoJ Frontend refers to "node_modules/govuk-frontend/...", so the root is a load path as well.
  loadPaths: [root, modules],
  style: "compressed",
  quietDeps: true,
  logger: { warn: tellOfOurs },
});
// The GDS Transport font and the crest belong to gov.uk domains, so neither may reach our pages.
for (const forbidden of ["GDS Transport", "@font-face", "govuk-crest"]) {
  if (css.includes(forbidden)) throw new Error(`The built styles mention ${forbidden}, which Throughline may not use.`);
}
writeFileSync(join(out, "styles.css"), css);

// MoJ's assets also hold a departmental crest and a crown: only the plain icons are copied.
const images = join(modules, "@ministryofjustice/frontend/moj/assets/images");
for (const name of readdirSync(images).filter((name) => name.startsWith("icon-"))) {
  cpSync(join(images, name), join(out, "moj/images", name));
}

await esbuild.build({
  entryPoints: [join(root, "frontend/main.ts")],
  outfile: join(out, "main.js"),
  bundle: true,
  format: "esm",
  target: "es2020",
  minify: true,
  legalComments: "linked",
  logLevel: "warning",
});
