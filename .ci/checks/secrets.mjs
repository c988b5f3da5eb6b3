#!/usr/bin/env node
// Looks for secrets in every file that git knows here, and in every version of one that the history of HEAD holds. secretlint knows the rules; secrets.json has ours.
// Exit codes: 0 none, 1 some, 77 none in what there is of a history that was cut off.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { git, here, installed, knownAs, optionsOf, run } from './checks.mjs';

const largest = 4_000_000;
const { root } = optionsOf(process.argv.slice(2), { root: join(here, '..', '..') }, 'secrets.mjs [--root FOLDER]');
const { patterns, none } = JSON.parse(readFileSync(join(here, 'secrets.json'), 'utf8'));
const known = none.map(({ value }) => value);

run(async () => {
  const look = await rules();
  const found = [];
  let left = 0;
  let files = 0;

  // What isn't committed yet, then what is, then what was, and what was said of it.
  for (const path of git(root, 'ls-files', '-z', '--modified', '--others', '--exclude-standard').split('\0').filter(Boolean)) {
    await one(path, 'not committed', () => readFileSync(join(root, path)));
  }

  const names = new Map();
  for (const line of git(root, 'rev-list', '--objects', 'HEAD').split('\n')) {
    const at = line.indexOf(' ');
    if (at > 0 && at < line.length - 1) names.set(line.slice(0, at), line.slice(at + 1));
  }
  const now = new Set(git(root, 'ls-tree', '-r', 'HEAD', '--format=%(objectname)').split('\n').filter(id => names.has(id)));
  for await (const [id, content] of blobs([...new Set([...now, ...names.keys()])])) {
    await one(names.get(id), now.has(id) ? 'HEAD' : `history, blob ${id.slice(0, 12)}`, () => content);
  }

  await one('commit messages', 'history', () => Buffer.from(git(root, 'log', '--format=%H%n%B', 'HEAD')));

  const shallow = git(root, 'rev-parse', '--is-shallow-repository').trim() === 'true';
  console.log(`secrets: ${files} versions of files looked at${left > 0 ? `, ${left} of them binary or too large` : ''}`);
  for (const { path, where, line, what } of found) console.error(`${path}:${line} (${where}): ${what}`);
  if (found.length > 0) return 1;
  if (shallow) console.error('The history is cut off (a shallow clone): what was taken out before is not looked at. Fetch all of it.');
  return shallow ? 77 : 0;

  async function one(path, where, read) {
    let content;
    try {
      content = read();
    } catch (e) {
      if (e.code === 'ENOENT' || e.code === 'EISDIR') return;
      throw e;
    }
    files++;
    if (content.length > largest || content.subarray(0, 8000).includes(0)) {
      left++;
      return;
    }
    const text = content.toString('utf8');
    for (const { message, loc, range, messageId } of await look(path, text)) {
      const value = text.slice(range[0], range[1]);
      const what = message.replaceAll(value, knownAs(value)) || messageId;
      if (known.some(fine => value.includes(fine)) || found.some(other => other.path === path && other.what === what)) continue;
      found.push({ path, where, line: loc.start.line, what });
    }
  }
});

/** The rules, ready to look at a text. */
async function rules() {
  const load = await installed();
  const { lintSource } = await load('@secretlint/core');
  // It keeps each mark of each call and looks through all of them: minutes for thousands of texts.
  (await load('@secretlint/profiler')).secretLintProfiler.mark = () => {};
  const config = {
    rules: [
      { id: '@secretlint/secretlint-rule-preset-recommend', rule: (await load('@secretlint/secretlint-rule-preset-recommend')).creator },
      {
        id: '@secretlint/secretlint-rule-pattern',
        rule: (await load('@secretlint/secretlint-rule-pattern')).creator,
        options: { patterns: patterns.map(({ name, pattern }) => ({ name, patterns: [pattern] })) },
      },
    ],
  };
  return async (filePath, content) => (await lintSource({ source: { filePath, content, ext: '', contentType: 'text' }, options: { config } })).messages;
}

/** Contents of those of the objects that are blobs. */
async function* blobs(ids) {
  if (ids.length === 0) return;
  const reader = spawn('git', ['-C', root, 'cat-file', '--batch'], { stdio: ['pipe', 'pipe', 'inherit'] });
  reader.stdin.end(ids.join('\n') + '\n');
  let rest = Buffer.alloc(0);
  let parts = [];
  let wanted = 0;
  let head;
  for await (const chunk of reader.stdout) {
    parts.push(chunk);
    wanted -= chunk.length;
    if (wanted > 0) continue;
    rest = Buffer.concat([rest, ...parts]);
    parts = [];
    while (true) {
      if (!head) {
        const end = rest.indexOf(10);
        if (end < 0) break;
        const [id, type, size] = rest.toString('utf8', 0, end).split(' ');
        rest = rest.subarray(end + 1);
        if (!(size >= 0)) throw new Error(`git has no object ${id}`);
        head = { id, type, size: Number(size) };
      }
      if (rest.length <= head.size) break;
      if (head.type === 'blob') yield [head.id, rest.subarray(0, head.size)];
      rest = rest.subarray(head.size + 1);
      head = undefined;
    }
    wanted = head ? head.size + 1 - rest.length : 1;
  }
}
