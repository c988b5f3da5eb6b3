#!/usr/bin/env node
// Stands in for `az` where register.sh is tested: one application of a directory, under Entra ID's rules as far as the script meets them.
const { appendFileSync, existsSync, readFileSync, writeFileSync } = require('node:fs');

const { FOLDER, CLIENT, KIND } = process.env;
const args = process.argv.slice(2);
appendFileSync(`${FOLDER}/calls`, `${args.join(' ')}\n`);

const file = `${FOLDER}/directory.json`;
const directory = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { application: null, principals: [], assignments: [], late: Number(process.env.LATE) };
const option = name => args[args.indexOf(`--${name}`) + 1];
const is = words => args.join(' ').startsWith(words);
const fail = why => { writeFileSync(file, JSON.stringify(directory)); console.error(why); process.exit(1); };
const say = value => { writeFileSync(file, JSON.stringify(directory)); if (value !== undefined && value !== null) console.log(value); };

// JMESPath, as far as the script's queries go: path[?left == 'right' && …].field | [0]
function query(text, from) {
  const [, path, filter, projection, flatten, first] = /^([\w.]+)\[(.*?)\](?:\.(\{.*\}|\w+)(\[\])?)?( \| \[0\])?$/.exec(text) ?? fail(`not known here: ${text}`);
  let found = path.split('.').reduce((at, name) => at?.[name], from);
  if (!found) return null;
  for (const condition of filter.replace(/^\?/, '').split(' && ').filter(Boolean)) {
    const [, left, operator, right] = /^(\S+) (==|!=) '([^']*)'$/.exec(condition) ?? fail(`not known here: ${condition}`);
    found = found.filter(one => ((left === '@' ? one : one[left]) === right) === (operator === '=='));
  }
  if (projection?.startsWith('{')) {
    const fields = projection.slice(1, -1).split(', ').map(field => field.split(': '));
    found = found.map(one => Object.fromEntries(fields.map(([to, name]) => [to, one[name] ?? null])));
  } else if (projection) {
    found = found.map(one => one[projection]);
  }
  if (flatten) found = found.flat();
  return first ? found[0] ?? null : found;
}

function patch(body) {
  const { application } = directory;
  const lost = (was, becomes) => becomes && was.some(one => one.isEnabled && !becomes.some(other => other.id === one.id));
  if (lost(application.appRoles, body.appRoles) || lost(application.api.oauth2PermissionScopes, body.api?.oauth2PermissionScopes)) fail('CannotDeleteOrUpdateEnabledEntitlement');
  if ([...body.appRoles ?? [], ...body.api?.oauth2PermissionScopes ?? []].some(one => 'origin' in one)) fail('origin is read-only');
  const scopes = application.api.oauth2PermissionScopes.map(scope => scope.id);
  if (body.api?.preAuthorizedApplications?.some(client => client.delegatedPermissionIds.some(id => !scopes.includes(id)))) fail('InvalidPreAuthorizedApplication');
  // The lists of `api` that aren't said are emptied: the harsher of two readings.
  directory.application = { ...application, ...body, api: { oauth2PermissionScopes: [], preAuthorizedApplications: [], ...body.api } };
}

const principal = id => directory.principals.includes(id) ? `principal-of-${id}` : null;

if (is('ad app list')) say(directory.application?.appId);
else if (is('ad app create')) {
  directory.application = { appId: CLIENT, appRoles: [], identifierUris: [], web: { redirectUris: [] }, credentials: [], api: { oauth2PermissionScopes: [], preAuthorizedApplications: [] } };
  say(CLIENT);
} else if (is('ad sp show')) option('id') === 'signed-in-app' ? say('principal-of-signed-in-app') : say(principal(option('id')) ?? fail('not there'));
else if (is('ad sp create')) { directory.principals.push(option('id')); say(principal(option('id'))); }
else if (is('ad signed-in-user show')) say('signed-in-person');
else if (is('account show')) say(option('query') === 'user.type' ? KIND : 'signed-in-app');
else if (is('ad app credential reset')) {
  if (option('id') !== CLIENT || !args.includes('--append')) fail('another application, or one that would lose its other secrets');
  directory.application.credentials.push(`secret-${directory.application.credentials.length}`);
  say(directory.application.credentials.at(-1));
} else if (is('keyvault secret list')) say(Object.keys(directory.vault ?? {}).join('\n'));
else if (is('keyvault secret set')) {
  directory.vault = { ...directory.vault, [option('name')]: readFileSync(option('file'), 'utf8') };
  say();
} else if (is('rest')) {
  const text = option('body') ?? '{}';
  const body = option('method') === 'get' ? null : JSON.parse(text.startsWith('@') ? readFileSync(text.slice(1), 'utf8') : text);
  const ofApplication = option('url').endsWith(`/applications(appId='${CLIENT}')`);
  if (option('method') === 'get') {
    const shown = structuredClone(ofApplication ? directory.application : { value: directory.assignments });
    for (const one of [...shown.appRoles ?? [], ...shown.api?.oauth2PermissionScopes ?? []]) one.origin = 'Application';
    const answer = query(option('query'), shown);
    if (option('output') === 'json') say(JSON.stringify(answer, null, 2));
    else say(Array.isArray(answer) ? answer.join('\n') : answer);
  } else if (option('method') === 'patch') {
    if (ofApplication) patch(body);
    say();
  } else {
    if (directory.late-- > 0) fail('Permission being assigned was not found on application');
    if (directory.assignments.some(given => given.principalId === body.principalId && given.appRoleId === body.appRoleId)) fail('Permission being assigned already exists on the object');
    directory.assignments.push({ id: `given-${directory.assignments.length}`, ...body });
    say();
  }
} else fail(`not known here: ${args.join(' ')}`);
