// One library, through everything that an application does, and through what must be refused. Ends with 1 at the first surprise.
//
//   node checks.mjs oauth4webapi
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { Person } from './person.mjs';
import { served } from './served.mjs';

const library = process.argv[2];
const issuer = process.env.LATCHKEY_URL ?? 'http://127.0.0.1:8080';
const scope = 'orders:read orders:write';
const person = new Person(issuer, process.env.EMAIL ?? 'test@latchkey.dev', process.env.PASSWORD ?? 'latchkey-user');

let count = 0;
function check(what, seen, expected = true) {
  assert.deepEqual(seen, expected, what);
  console.log(`ok    ${library}: ${what}`);
  count += 1;
}

async function api(path, token, body, method = body ? 'POST' : 'GET') {
  const response = await fetch(`${issuer}${path}`, {
    method, body: body && JSON.stringify(body),
    headers: { ...(token && { authorization: `Bearer ${token}` }), ...(body && { 'content-type': 'application/json' }) },
  });
  const text = await response.text();
  return { status: response.status, body: text && JSON.parse(text) };
}

// What an OAuth error is called, wherever the library keeps it; of others the words.
async function refusal(promise) {
  const { value, error } = await promise.then((value) => ({ value }), (error) => ({ error }));
  assert.ok(error, `no refusal, but ${JSON.stringify(value)}`);
  if (typeof error.error === 'string') return error.error;
  if (error.data) return error.data.payload?.error ?? JSON.parse(error.data).error;
  if (error.code === 'OAUTH_WWW_AUTHENTICATE_CHALLENGE') return (await error.response.json()).error;
  return `${error.message} ${error.cause?.message ?? ''}`;
}

function altered(url, name, value) {
  const other = new URL(url);
  if (value === undefined) other.searchParams.delete(name);
  else other.searchParams.set(name, value);
  return other;
}

// An administrator registers the application. On the way back any port of this machine will do (RFC 8252).
const admin = (await api('/api/login', undefined, { email: 'admin@latchkey.dev', password: 'latchkey-admin',
  token_name: 'oauth-clients', scopes: ['users:read', 'users:write', 'orders:read', 'orders:write'] })).body.token;
const registered = (await api('/api/clients', admin, { name: `Parcels by ${library}`,
  grant_types: ['authorization_code', 'refresh_token'], redirect_uris: ['http://127.0.0.1/callback'],
  scopes: scope.split(' ') })).body;
const port = await new Promise((resolve) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});
const settings = { issuer, clientId: registered.client_id, clientSecret: registered.client_secret,
  redirectUri: `http://127.0.0.1:${port}/callback`, scope };
const { application } = await import(`./${library}.mjs`);
const web = library === 'passport-oauth2';
const parcels = await (web ? served(application, settings) : application(settings));

// The person says no.
const first = await parcels.begin();
check('asks with PKCE', first.url.searchParams.get('code_challenge_method'), 'S256');
check('and with a state', first.url.searchParams.get('state').length > 10);
const denied = await person.answer(first.url, () => []);
check('the person says no', denied.searchParams.get('error'), 'access_denied');
check('and the answer says who answers', denied.searchParams.get('iss'), issuer);
check('the application hears it', (await refusal(parcels.finish(denied, first.kept))).trim(), web ? 'Unauthorized' : 'access_denied');

// The person allows a part of it.
const second = await parcels.begin();
const part = await person.answer(second.url, () => ['orders:read']);
check('the answer to this state', part.searchParams.get('state'), second.url.searchParams.get('state'));
const reading = await parcels.finish(part, second.kept);
check('what the person allows is less', reading.scope, 'orders:read');
check('and no more works', (await api('/api/orders', reading.access_token, { item: 'Key', quantity: 1 })).status, 403);

// The person allows all of it.
const third = await parcels.begin();
const back = await person.answer(third.url);
const tokens = await parcels.finish(back, third.kept);
check('a code gives an access token', tokens.access_token.startsWith('lko_'));
check('and a refresh token', tokens.refresh_token.startsWith('lkr_'));
check('for what was allowed', tokens.scope, scope);
check('a bearer token', tokens.token_type.toLowerCase(), 'bearer');
check('it opens what it is for', (await api('/api/orders', tokens.access_token)).status, 200);
check('and nothing else', (await api('/api/user', tokens.access_token)).status, 403);
const active = await parcels.introspect(tokens.access_token);
check('introspection says that it is good', [active.active, active.scope], [true, scope]);
check('whose it is', active.username, person.email);
check('and who has it', active.client_id, registered.client_id);
check('nothing of what nobody gave out', (await parcels.introspect('lko_nothing')).active, false);

// A refresh token works once.
const refreshed = await parcels.refresh(tokens);
check('a refresh gives another access token', refreshed.access_token !== tokens.access_token);
check('and another refresh token', refreshed.refresh_token !== tokens.refresh_token);
check('which works', (await api('/api/orders', refreshed.access_token)).status, 200);
check('the used refresh token is refused', await refusal(parcels.refresh(tokens)), 'invalid_grant');
check('and has ended what came of it', (await parcels.introspect(refreshed.access_token)).active, false);
check('the newer refresh token, too', await refusal(parcels.refresh(refreshed)), 'invalid_grant');

// A code works once.
const fourth = await parcels.begin();
const again = await person.answer(fourth.url);
check('who has allowed it is not asked again', again.searchParams.has('code'));
const once = await parcels.finish(again, fourth.kept);
check('a used code is refused', await refusal(parcels.finish(again, fourth.kept)), 'invalid_grant');
check('and has ended what it gave', (await api('/api/orders', once.access_token)).status, 401);

// Somebody else's code: it was asked for with another challenge.
const fifth = await parcels.begin();
const foreign = await person.answer(altered(fifth.url, 'code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'));
check('a verifier that does not fit is refused', await refusal(parcels.finish(foreign, fifth.kept)), 'invalid_grant');

// An answer of another server: the code is not sent anywhere.
const sixth = await parcels.begin();
const answered = await person.answer(sixth.url);
check('another iss is refused', /another server|"iss"/i.test(
  await refusal(parcels.finish(altered(answered, 'iss', 'https://elsewhere.example'), sixth.kept))));
check('and none is', /another server|"iss"/i.test(await refusal(parcels.finish(altered(answered, 'iss'), sixth.kept))));
const spared = await parcels.finish(answered, sixth.kept);
check('without spending the code', (await api('/api/orders', spared.access_token)).status, 200);
const seventh = await parcels.begin();
const strange = altered(await person.answer(seventh.url), 'state', 'made-up');
check('an answer that nobody asked for is refused',
  /no answer|"state"|Forbidden/.test(await refusal(parcels.finish(strange, seventh.kept))));

// Taken back.
await parcels.revoke(spared.refresh_token);
check('a revoked refresh token is refused', await refusal(parcels.refresh(spared)), 'invalid_grant');
check('its access token has ended', (await api('/api/orders', spared.access_token)).status, 401);
check('and introspection says so', (await parcels.introspect(spared.access_token)).active, false);
const eighth = await parcels.begin();
const last = await parcels.finish(await person.answer(eighth.url), eighth.kept);
await parcels.revoke(last.access_token);
check('a revoked access token has ended', (await api('/api/orders', last.access_token)).status, 401);
check('its refresh token, too', await refusal(parcels.refresh(last)), 'invalid_grant');
await parcels.revoke('lkr_nothing');
check('whoever revokes hears nothing of what there is', (await parcels.introspect('lkr_nothing')).active, false);

// Another secret.
const pretended = await application({ ...settings, clientSecret: 'another' });
check('with another secret nothing is given', await refusal(pretended.refresh(spared)), 'invalid_client');

parcels.close?.();
await api(`/api/clients/${registered.id}`, admin, undefined, 'DELETE');
await api('/api/tokens/current', admin, undefined, 'DELETE');
console.log(`${library}: ${count} checks`);
