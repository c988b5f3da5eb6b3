// Makes what pages load out of src/: each module directly below it becomes a bundle of the same name, modules in folders are parts of those. Beside the bundles lies notices.txt, with the licences of
// the packages that are in them. `node build.mjs FOLDER` writes FOLDER/bundles and FOLDER/bundled.json; several builds at once do it once.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const oldest = 20;
// A lock this old is of a build that was killed: none takes as long.
const patience = 10 * 60_000;

const [given] = process.argv.slice(2);
if (!given) {
  console.error("Say the folder that the bundles go to.");
  process.exit(2);
}

const folder = resolve(given);
process.chdir(here);
mkdirSync(folder, { recursive: true });
if (Number(process.versions.node.split(".")[0]) < oldest) {
  fail(`Node.js ${process.version} is too old to build the pages' scripts: install ${oldest} or newer.`);
}

await locked(join(folder, "lock"), async () => {
  const packages = digestOf(["package.json", "package-lock.json"]);
  if (!existsSync("node_modules") || read(join(folder, "restored")) !== packages) {
    run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], "npm could not install the packages of package-lock.json");
    writeFileSync(join(folder, "restored"), packages);
  }

  const sources = digestOf([...["package-lock.json", "build.mjs", "tsconfig.json"], ...filesBelow("src"), ...filesBelow("absent"), ...filesBelow("licences")]);
  if (!existsSync(join(folder, "bundles")) || read(join(folder, "bundled")) !== sources) {
    run(process.execPath, [join("node_modules", "typescript", "bin", "tsc")], "the scripts have faults");
    await bundle();
    writeFileSync(join(folder, "bundled"), sources);
  }
});

async function bundle() {
  const { build } = await import(pathToFileURL(join(here, "node_modules", "esbuild", "lib", "main.js")).href);
  const fresh = join(folder, "fresh");
  rmSync(fresh, { recursive: true, force: true });
  const { metafile } = await build({
    entryPoints: readdirSync("src").filter((file) => file.endsWith(".ts")).map((file) => `src/${file}`),
    outdir: fresh,
    bundle: true,
    format: "esm",
    target: "es2022",
    minify: true,
    legalComments: "inline",
    alias: { zarrita: "./absent/zarrita.cjs" },
    metafile: true,
    logLevel: "warning",
  });
  const packages = packagesIn(metafile);
  writeFileSync(join(fresh, "notices.txt"), packages.map(({ name, version, licence, text }) => `${name} ${version} (${licence})\n\n${text.trim()}\n`).join(`\n${"-".repeat(72)}\n\n`));
  writeFileSync(join(folder, "bundled.json"), `${JSON.stringify(packages.map(({ name, version, licence }) => ({ name, version, licence })), null, 2)}\n`);
  rmSync(join(folder, "bundles"), { recursive: true, force: true });
  renameSync(fresh, join(folder, "bundles"));
}

/** The packages of which something is in a bundle, with what their licences want to be told. */
function packagesIn({ outputs }) {
  const names = new Set();
  for (const { inputs } of Object.values(outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
      if (name && bytesInOutput > 0) names.add(name);
    }
  }

  return [...names].sort().map((name) => {
    const place = join("node_modules", ...name.split("/"));
    const { version, license } = JSON.parse(readFileSync(join(place, "package.json"), "utf8"));
    // Not every package carries the text of its licence; of those that don't, it stands here.
    const file = readdirSync(place).find((one) => /^(licen[cs]e|copying)(\.\w+)?$/i.test(one));
    const own = join("licences", `${name.replace("/", "+")}.txt`);
    if (!file && !existsSync(own)) {
      fail(`The package ${name} is bundled and has no text of its licence: write client/${own.replaceAll("\\", "/")}.`);
    }

    return { name, version, licence: license, text: readFileSync(file ? join(place, file) : own, "utf8") };
  });
}

/** Runs some work while no other build does; a build that was killed doesn't hold it for ever. */
async function locked(lock, work) {
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch (e) {
      if (e.code !== "EEXIST") throw e;
      const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
      if (since !== undefined && Date.now() - since > patience) rmSync(lock, { recursive: true, force: true });
      await new Promise((done) => setTimeout(done, 200));
    }
  }

  const release = () => rmSync(lock, { recursive: true, force: true });
  process.on("exit", release);
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));
  await work();
}

function run(program, args, sentence) {
  // npm is a script of the shell on Windows.
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: "utf8", shell: program === "npm" && process.platform === "win32" });
  if (error?.code === "ENOENT") fail(`${program} is not there: it comes with Node.js.`);
  if (status !== 0) fail(`${sentence}:\n${`${stdout ?? ""}${stderr ?? ""}`.trim() || error}`);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

function digestOf(files) {
  const hash = createHash("sha256");
  for (const file of files.sort()) hash.update(`${file}\0`).update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

function read(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
