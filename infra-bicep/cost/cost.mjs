#!/usr/bin/env node
// What 1,000 studies cost, what a month costs whatever is sent, and how many studies an hour can do: measured amounts times list prices and limits. Asks nothing and nobody.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const usage = 'cost.mjs [--measured FILE] [--load FILE] [--prices FILE] [--studies N] [--json]';
const here = dirname(fileURLToPath(import.meta.url));
const options = { measured: join(here, 'measured.json'), load: join(here, 'load.json'), prices: join(here, 'prices.json'), studies: 1000, json: false };
const sections = [
  ['perStudy', studies => `for ${number(studies)} studies, once`],
  ['kept', studies => `for every month that ${number(studies)} studies are kept`],
  ['perMonth', () => 'for every month, whatever is sent'],
];

const minutesOfAMonth = 730 * 60;

class CostError extends Error {}

try {
  readArguments(process.argv.slice(2));
  const costs = compute(read(options.measured), runOf(read(options.load)), read(options.prices), options.studies);
  process.stdout.write(options.json ? `${JSON.stringify(costs, null, 2)}\n` : table(costs));
} catch (e) {
  if (!(e instanceof CostError)) throw e;
  process.stderr.write(`${e.message}\n`);
  process.exitCode = e.message === usage ? 2 : 3;
}

function readArguments(given) {
  for (let i = 0; i < given.length; i++) {
    const name = given[i].replace(/^--/, '');
    if (given[i] === '--json') options.json = true;
    else if (given[i].startsWith('--') && name in options && i + 1 < given.length) options[name] = given[++i];
    else throw new CostError(usage);
  }
  options.studies = Number(options.studies);
  if (!(options.studies > 0)) throw new CostError(usage);
}

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (e) {
    throw new CostError(`${path} can't be read: ${e.message}`);
  }
}

/** The run that stands for what hospitals send: studies of full size, one host, an account that was empty. */
function runOf({ runs }) {
  const run = runs?.find(({ size, hosts, before }) => size === 'full' && hosts === 1 && before === 0);
  if (!run) throw new CostError(`${options.load} has no run of full studies on one host: dotnet run -c Release --project tests/Benchmarks -- load --size full --studies 12 --hosts 1 --write`);
  return run;
}

function compute(measured, run, { currency, region, date, prices }, studies) {
  const rows = sections.flatMap(([section]) => (measured[section] ?? []).map(line => row(section, line)));
  const unused = Object.keys(prices).filter(name => !rows.some(row => row.price === name));
  if (unused.length > 0) throw new CostError(`Nothing is measured that costs: ${unused.join(', ')}.`);
  const totals = Object.fromEntries(sections.map(([section]) => [section, sum(rows.filter(row => row.section === section))]));
  return { studies, currency, region, date, rows, totals, throughput: measured.throughput && throughput(measured.throughput, run) };

  function row(section, { item, price, amount, load, seconds, assumed }) {
    if (!(price in prices)) throw new CostError(`There is no price '${price}', which '${item}' needs.`);
    const one = load !== undefined ? loaded(run, section, item, load) : seconds === undefined ? amount : sum(Object.values(seconds).map(cost => ({ cost }))) * measured.instanceMemoryGB;
    if (!(one >= 0)) throw new CostError(`'${item}' has no amount.`);
    const all = one * (section === 'perMonth' ? 1 : studies);
    const { price: each, per, unit } = prices[price];
    if (each !== null && !(each >= 0 && per > 0)) throw new CostError(`The price '${price}' is no price.`);
    return { section, item, amount: all, unit, price, each, per, cost: each === null ? null : (all / per) * each, assumed: assumed === true };
  }
}

/** What a run has of requests, a study's or a month's of idle minutes, or keeps of a study, in GB. */
function loaded(run, section, item, { requests, kept }) {
  const [from, names] = kept ? [run.kept, kept] : [section === 'perMonth' ? run.idleMinute : run.requests, requests];
  for (const name of names) if (from[name] === undefined) throw new CostError(`'${item}' needs '${name}', which the load has not.`);
  const all = names.reduce((total, name) => total + (kept ? from[name].bytes / 1e9 : from[name]), 0);
  return section === 'perMonth' && !kept ? all * minutesOfAMonth : all;
}

/** Studies an hour: by processors, by what an account takes, and by what the queue of activities takes. */
function throughput({ instances, instanceProcessors, accountRequestsASecond, queueMessagesASecond }, { processor, requests }) {
  const of = kinds => Object.entries(requests).filter(([kind]) => kinds.test(kind)).reduce((all, [, amount]) => all + amount, 0);
  const hourly = (limit, one) => (limit * 3600) / one;
  return {
    oneInstance: hourly(instanceProcessors, processor),
    instances,
    allInstances: hourly(instances * instanceProcessors, processor),
    account: hourly(accountRequestsASecond, of(/./)),
    queue: hourly(queueMessagesASecond, of(/^queue/)),
  };
}

function sum(rows) {
  return rows.reduce((all, row) => all + (row.cost ?? 0), 0);
}

function table({ studies, currency, region, date, rows, totals, throughput }) {
  const lines = [`List prices of ${region}, ${date}, in ${currency}; free grants, discounts and taxes left out. \`*\`: assumed, not measured.`, ''];
  for (const [section, title] of sections) {
    lines.push(`| ${title(studies)} | amount | at | ${currency} |`, '|---|---:|---|---:|');
    const shown = rows.filter(row => row.section === section);
    for (const { item, amount, unit, each, per, cost, assumed } of shown) {
      const at = each === null ? 'your price sheet' : `${each} per ${per === 1 ? '' : `${number(per)} `}${unit}`;
      lines.push(`| ${item}${assumed ? ' `*`' : ''} | ${number(amount)} | ${at} | ${cost === null ? 'not priced' : cost.toFixed(2)} |`);
    }
    const without = shown.some(row => row.cost === null) ? ', without what is not priced' : '';
    lines.push(`| **together**${without} | | | **${totals[section].toFixed(2)}** |`, '');
  }
  if (throughput) {
    lines.push('| studies an hour, at most `*` | |', '|---|---:|');
    lines.push(`| one instance | ${number(throughput.oneInstance)} |`, `| ${throughput.instances} instances | ${number(throughput.allInstances)} |`);
    lines.push(`| what a storage account takes | ${number(throughput.account)} |`, `| what one queue takes | ${number(throughput.queue)} |`, '');
  }
  return lines.join('\n').trimEnd() + '\n';
}

function number(value) {
  const digits = value >= 100 || Number.isInteger(value) ? 0 : value >= 1 ? 1 : 3;
  return value.toLocaleString('en-US', { minimumFractionDigits: 0, maximumFractionDigits: digits });
}
