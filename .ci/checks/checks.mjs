// What the checks have in common.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The folder of the checks. */
export const here = dirname(fileURLToPath(import.meta.url));

/** A check that couldn't be done; its message says why. */
export class CheckError extends Error {}

/** Runs a check; what it answers is the exit code. */
export async function run(check) {
  try {
    process.exitCode = await check();
  } catch (e) {
    if (!(e instanceof CheckError)) throw e;
    console.error(e.message);
    process.exitCode = 2;
  }
}

/** Options by name, each with a value. */
export function optionsOf(given, defaults, usage) {
  const options = { ...defaults };
  for (let i = 0; i < given.length; i += 2) {
    const name = given[i].replace(/^--/, '');
    if (!given[i].startsWith('--') || !(name in options) || given[i + 1] === undefined) {
      console.error(usage);
      process.exit(2);
    }
    options[name] = given[i + 1];
  }
  return options;
}

/** A program's output, its errors and its exit code; that it isn't there is an error. */
export function ask(program, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'pipe'] });
  if (error) throw new CheckError(`${program} can't be run: ${error.message}`);
  return { status, stdout, stderr };
}

/** What git answers. */
export function git(root, ...args) {
  const { status, stdout, stderr } = ask('git', ['-C', root, ...args]);
  if (status !== 0) throw new CheckError(`git ${args[0]}: ${stderr.trim()}`);
  return stdout;
}

/** A value that can be told from others and isn't told. */
export function knownAs(value) {
  return `${value.slice(0, 4)}… (${value.length} characters)`;
}

/** Installs the packages that package-lock.json beside this pins, once, and answers how one of them is loaded. */
export async function installed() {
  const files = ['package.json', 'package-lock.json'].map(name => join(here, name));
  const digest = createHash('sha256').update(readFileSync(files[1])).digest('hex').slice(0, 16);
  const folder = join(here, '..', '..', '.radiomics', 'tools', `checks-${digest}`);
  if (!existsSync(folder)) {
    const work = `${folder}.${process.pid}`;
    mkdirSync(work, { recursive: true });
    for (const file of files) copyFileSync(file, join(work, file.slice(here.length + 1)));
    const { status, stderr } = ask('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], work);
    if (status !== 0) throw new CheckError(`npm couldn't install the checks' packages: ${stderr.trim()}`);
    try {
      renameSync(work, folder);
    } catch (e) {
      // Another process was faster.
      if (!existsSync(folder)) throw e;
      rmSync(work, { recursive: true, force: true });
    }
  }
  const require = createRequire(join(folder, 'package.json'));
  return name => import(pathToFileURL(require.resolve(name)).href);
}
