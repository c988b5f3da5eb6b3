#!/usr/bin/env node
// Which packages that are restored here have known vulnerabilities, as far as the feeds tell. A feed that knows of none is asked about a package that the world knows one of: if it
// doesn't tell of that either, it has no such data, and the answer is "not known", never "none". vulnerabilities.json names what is accepted, until when.
// Exit codes: 0 none, 1 some, 77 none as far as it is known, and of some packages it isn't.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ask, git, here, optionsOf, run } from './checks.mjs';

const usage = 'vulnerabilities.mjs [--root FOLDER] [--rules FILE] [--answers FOLDER]: answers are nuget.json, canary.json, deprecated.json, outdated.json and npm.json, where nobody shall be asked';
const options = optionsOf(process.argv.slice(2), { root: join(here, '..', '..'), rules: join(here, 'vulnerabilities.json'), answers: '' }, usage);
const rules = JSON.parse(readFileSync(options.rules, 'utf8'));
const severities = ['low', 'moderate', 'high', 'critical'];

run(async () => {
  const found = [];
  const unknown = [];
  await nuget(found, unknown);
  await npm(found, unknown);

  const today = new Date().toISOString().slice(0, 10);
  let bad = 0;
  for (const one of found.sort((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity))) {
    const accepted = rules.accepted.find(({ advisory, package: name }) => advisory === one.advisory && name.toLowerCase() === one.name.toLowerCase());
    const fails = severities.indexOf(one.severity) >= severities.indexOf(rules.failsFrom) && !(accepted && accepted.until >= today);
    if (fails) bad++;
    console.error(`${fails ? 'vulnerable' : 'noted'}: ${one.name} ${one.version} (${one.severity}) ${one.advisory}, of ${one.of}${accepted ? `; accepted until ${accepted.until}: ${accepted.why}` : ''}`);
  }
  for (const what of unknown) console.error(`not known: ${what}`);
  console.log(`vulnerabilities: ${bad} to be mended, ${found.length - bad} noted, ${unknown.length === 0 ? 'all feeds answered' : `not known for ${unknown.length} of 2 feeds`}`);
  return bad > 0 ? 1 : unknown.length > 0 ? 77 : 0;
});

async function nuget(found, unknown) {
  const answers = projects().map(project => list('nuget', project, '--vulnerable'));
  const faults = answers.flatMap(answer => answer.problems ?? []).filter(problem => problem.level === 'error').map(problem => problem.text);
  found.push(...answers.flatMap(answer => packagesOf(answer)).flatMap(([of, { id, resolvedVersion, vulnerabilities = [] }]) =>
    vulnerabilities.map(({ severity, advisoryurl }) => ({ name: id, version: resolvedVersion, severity: known(severity), advisory: advisoryurl, of }))));
  if (answers.some(answer => !Array.isArray(answer.projects) || answer.projects.length === 0)) faults.push('an answer names no project');
  const told = faults.length > 0 ? {} : canary();
  faults.push(...(told.problems ?? []).map(problem => problem.text));
  if (faults.length > 0) unknown.push(`NuGet packages: ${[...new Set(faults)].join('; ')}`);
  else if (packagesOf(told).every(([, { vulnerabilities = [] }]) => vulnerabilities.length === 0)) {
    unknown.push(`NuGet packages: the feed has no data of vulnerabilities; it tells of none in ${rules.canary.package} ${rules.canary.version}, which has ${rules.canary.advisory}`);
  }

  for (const [file, flag, tell] of [
    ['deprecated', '--deprecated', one => `deprecated: ${one.id} ${one.resolvedVersion} (${(one.deprecationReasons ?? []).join(', ')})`],
    ['outdated', '--outdated', one => `outdated: ${one.id} ${one.resolvedVersion}, newest is ${one.latestVersion}`],
  ]) {
    // Information: nothing fails by it. What is outdated is told of direct references, what is deprecated of all.
    const told = new Set(packagesOf(list(file, 'RadiomicsFunctions.sln', flag)).map(([, one]) => tell(one)));
    console.log([...told].sort().join('\n') || `${file}: none that the feed tells of`);
  }
}

/** The solution, and the project that the Functions SDK generates, whose output is deployed. */
function projects() {
  const folder = join(options.root, 'functions', 'obj');
  const generated = options.answers === '' && existsSync(folder) ? readdirSync(folder, { recursive: true }).find(path => path.endsWith('WorkerExtensions.csproj')) : undefined;
  return ['RadiomicsFunctions.sln', ...(generated ? [join('functions', 'obj', generated)] : [])];
}

function list(file, project, flag) {
  const transitive = flag === '--outdated' ? [] : ['--include-transitive'];
  return answered(`${file}.json`) ?? asked(['list', project, 'package', flag, ...transitive, '--format', 'json', '--no-restore'], options.root);
}

function canary() {
  const answer = answered('canary.json');
  if (answer) return answer;
  const folder = mkdtempSync(join(tmpdir(), 'canary-'));
  try {
    const project = join(folder, 'canary.csproj');
    // For what the feed says of it: never built, and NuGet's own audit would only warn.
    writeFileSync(project, `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework><NuGetAudit>false</NuGetAudit></PropertyGroup>
      <ItemGroup><PackageReference Include="${rules.canary.package}" Version="[${rules.canary.version}]" /></ItemGroup></Project>`);
    const { status } = ask('dotnet', ['restore', project, '--verbosity', 'quiet'], folder);
    return status === 0
      ? asked(['list', project, 'package', '--vulnerable', '--format', 'json', '--no-restore'], folder)
      : { problems: [{ level: 'error', text: `whether the feed has data of vulnerabilities can't be tried: ${rules.canary.package} ${rules.canary.version} can't be restored` }] };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function asked(args, folder) {
  const { stdout, stderr } = ask('dotnet', args, folder);
  try {
    return JSON.parse(stdout);
  } catch {
    return { problems: [{ level: 'error', text: `dotnet ${args.slice(0, 4).join(' ')} gave no answer: ${(stderr || stdout).trim().split('\n')[0]}` }], projects: [{}] };
  }
}

function packagesOf({ projects = [] }) {
  return projects.flatMap(({ path = '', frameworks = [] }) => frameworks.flatMap(({ topLevelPackages = [], transitivePackages = [] }) =>
    [...topLevelPackages, ...transitivePackages].map(one => [path.slice(path.lastIndexOf('/') + 1), one])));
}

async function npm(found, unknown) {
  const answer = answered('npm.json');
  const locks = git(options.root, 'ls-files', '*package-lock.json').split('\n').filter(Boolean);
  for (const [of, audit] of answer ? [['npm.json', answer]] : locks.map(path => [path, audited(join(options.root, dirname(path)))])) {
    if (!audit.vulnerabilities) {
      if (!unknown.some(what => what.startsWith('npm'))) unknown.push(`npm packages: the registry doesn't say: ${audit.message ?? audit.error?.summary ?? 'no answer'}`);
      continue;
    }
    // What a package has by another one is told of that one.
    for (const { name, range, via } of Object.values(audit.vulnerabilities)) {
      for (const { severity, url } of via.filter(one => typeof one === 'object')) found.push({ name, version: range, severity: known(severity), advisory: url, of });
    }
  }
}

function audited(folder) {
  const { stdout, stderr } = ask('npm', ['audit', '--json', '--package-lock-only'], folder);
  try {
    return JSON.parse(stdout);
  } catch {
    return { message: stderr.trim().split('\n')[0] };
  }
}

/** An answer that was written down. */
function answered(file) {
  return options.answers === '' ? undefined : JSON.parse(readFileSync(join(options.answers, file), 'utf8'));
}

/** A severity in the words of this check; what it doesn't know is taken for the worst. */
function known(severity) {
  const word = String(severity).toLowerCase();
  return severities.includes(word) ? word : 'critical';
}
