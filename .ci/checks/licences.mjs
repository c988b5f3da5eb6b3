#!/usr/bin/env node
// Under which licences everything stands that is restored here: packages of all lock files, of NuGet and of npm, of the tools, and of the project that the Functions SDK generates.
// licences.json says which may be used; a package without a licence, or with one that nobody has looked at, is a failure.
// Exit codes: 0 all may be used, 1 some may not.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { CheckError, git, here, optionsOf, run } from './checks.mjs';

const options = optionsOf(
  process.argv.slice(2),
  { root: join(here, '..', '..'), packages: process.env.NUGET_PACKAGES ?? join(homedir(), '.nuget', 'packages'), rules: join(here, 'licences.json') },
  'licences.mjs [--root FOLDER] [--packages FOLDER] [--rules FILE]',
);
const rules = JSON.parse(readFileSync(options.rules, 'utf8'));
const read = path => JSON.parse(readFileSync(join(options.root, path), 'utf8'));

run(async () => {
  const tracked = git(options.root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0').filter(path => existsSync(join(options.root, path)));
  const packages = new Map();
  for (const path of tracked.filter(path => /(^|\/)packages\.lock\.json$/.test(path))) {
    for (const [id, { type, resolved }] of Object.values(read(path).dependencies).flatMap(framework => Object.entries(framework))) if (type !== 'Project') nuget(id, resolved, path);
  }
  for (const path of tracked.filter(path => /(^|\/)dotnet-tools\.json$/.test(path))) {
    for (const [id, { version }] of Object.entries(read(path).tools)) nuget(id, version, path);
  }
  for (const path of generated()) {
    for (const [name, { type }] of Object.entries(read(path).libraries)) if (type === 'package') nuget(...name.split('/'), path);
  }
  for (const path of tracked.filter(path => /(^|\/)package-lock\.json$/.test(path))) {
    for (const [place, { version, license, link }] of Object.entries(read(path).packages)) {
      const id = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
      if (place !== '' && !link) packages.set(`npm ${id} ${version}`, { id, of: path, licence: license });
    }
  }
  if (packages.size === 0) throw new CheckError('No lock file names a package: restore first.');

  const used = new Set();
  const faults = [];
  const counts = {};
  for (const [name, { id, of, licence }] of [...packages].sort()) {
    const fine = verdict(id, licence, used);
    if (fine) counts[fine] = (counts[fine] ?? 0) + 1;
    else faults.push(`${name}, of ${of}: ${licence ?? 'no licence, or the package is not restored'}`);
  }
  // What the Functions SDK adds is there once the app is built.
  const complete = generated().length > 0 || !existsSync(join(options.root, 'functions'));
  for (const { packages: names, licence } of complete ? rules.exceptions : []) {
    for (const name of names.filter(name => !used.has(`${name} ${licence}`))) faults.push(`${name}: excepted with ${licence}, and nothing here needs that`);
  }
  console.log(`licences: ${packages.size} packages: ${Object.entries(counts).sort((a, b) => b[1] - a[1]).map(([licence, count]) => `${count} ${licence}`).join(', ')}`);
  for (const fault of faults) console.error(fault);
  return faults.length > 0 ? 1 : 0;

  function nuget(id, version, of) {
    packages.set(`NuGet ${id} ${version}`, { id, of, licence: licenceOf(id.toLowerCase(), version.toLowerCase()) });
  }
});

/** Packages of the project that the Functions SDK generates while the app is built, and whose output is deployed with it; it has no lock file. */
function generated() {
  const folder = join('functions', 'obj');
  return existsSync(join(options.root, folder))
    ? readdirSync(join(options.root, folder), { recursive: true }).filter(path => /WorkerExtensions[\\/]obj[\\/]project\.assets\.json$/.test(path)).map(path => join(folder, path))
    : [];
}

/** What a restored NuGet package says: an expression, what its licence file is by its digest, or the licence's address. */
function licenceOf(id, version) {
  const folder = join(options.packages, id, version);
  const nuspec = existsSync(folder) && readdirSync(folder).find(name => name.toLowerCase() === `${id}.nuspec`);
  if (!nuspec) return undefined;
  const text = readFileSync(join(folder, nuspec), 'utf8');
  const [, type, value] = text.match(/<license\s+type="(\w+)"[^>]*>\s*([^<]*?)\s*<\/license>/) ?? [];
  if (type === 'expression') return value;
  if (type === 'file') {
    const file = join(folder, value.replaceAll('\\', '/'));
    const digest = existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex') : 'that is not there';
    return rules.files.find(known => known.sha256 === digest)?.licence ?? `file ${value}, ${digest}`;
  }
  const [, address] = text.match(/<licenseUrl>\s*([^<]*?)\s*<\/licenseUrl>/) ?? [];
  return address && (rules.addresses[address.replaceAll('&amp;', '&')] ?? address);
}

/** The licence under which a package may be used, if there is one; notes exceptions that were needed. */
function verdict(id, licence, used) {
  if (!licence) return undefined;
  const allowed = alternatives(licence).find(all => all.every(one => rules.allowed.includes(one)));
  if (allowed) return allowed.join(' and ');
  const name = rules.exceptions.filter(one => one.licence === licence).flatMap(one => one.packages).find(name => matches(name, id));
  if (name) used.add(`${name} ${licence}`);
  return name && `${licence} (excepted)`;
}

/** Whether a package is meant by a name, or by the begin of one: `System.*`. */
function matches(name, id) {
  return name.endsWith('*') ? id.toLowerCase().startsWith(name.slice(0, -1).toLowerCase()) : id.toLowerCase() === name.toLowerCase();
}

/** An SPDX expression as alternatives of licences that all hold: `A AND (B OR C)` is [[A, B], [A, C]]. */
function alternatives(expression) {
  const words = expression.replaceAll('(', ' ( ').replaceAll(')', ' ) ').trim().split(/\s+/);
  const result = either();
  // What isn't an expression is one licence, of that name.
  return words.length === 0 ? result : [[expression]];

  function either() {
    let all = both();
    while (words[0] === 'OR') {
      words.shift();
      all = [...all, ...both()];
    }
    return all;
  }

  function both() {
    let all = one();
    while (words[0] === 'AND') {
      words.shift();
      const more = one();
      all = all.flatMap(first => more.map(second => [...first, ...second]));
    }
    return all;
  }

  function one() {
    const word = words.shift();
    if (word === '(') {
      const all = either();
      words.shift();
      return all;
    }
    if (words[0] !== 'WITH') return [[word]];
    words.shift();
    return [[`${word} WITH ${words.shift()}`]];
  }
}
