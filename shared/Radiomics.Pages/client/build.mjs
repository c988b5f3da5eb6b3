// Bundles each module directly below src/ into one of the same name; modules in folders are parts of those.
import { readdirSync } from "node:fs";
import { build } from "esbuild";

const [outdir] = process.argv.slice(2);
if (!outdir) {
  console.error("Say the folder that the bundles go to.");
  process.exit(2);
}

await build({
  entryPoints: readdirSync("src").filter((file) => file.endsWith(".ts")).map((file) => `src/${file}`),
  outdir,
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "inline",
  logLevel: "warning",
});
