// The modules of a folder below src/, bundled for this process alone.
import { build } from "esbuild";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const client = join(dirname(fileURLToPath(import.meta.url)), "..");

export async function modulesOf(...names) {
  const folder = mkdtempSync(join(tmpdir(), "client-tests-"));
  try {
    await build({ absWorkingDir: client, entryPoints: names.map((name) => `src/${name}.ts`), outdir: folder, outExtension: { ".js": ".mjs" }, bundle: true, format: "esm", logLevel: "warning" });
    return Object.assign({}, ...(await Promise.all(names.map((name) => import(pathToFileURL(join(folder, `${name.split("/").at(-1)}.mjs`)).href)))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
