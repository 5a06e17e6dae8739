// An agent made with the official SDK that nobody has registered at Latchkey: its client_id is the address of a document that
// it serves itself. The person before the browser is played by a few requests. It exits with 1 at the first surprise.
import { createServer } from 'node:https';
import { readFileSync } from 'node:fs';
import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';

const latchkey = process.env.LATCHKEY ?? 'http://127.0.0.1:8080';
const server = new URL(process.env.MCP ?? 'http://127.0.0.1:3001/mcp');
const documentPort = Number(process.env.DOCUMENT_PORT ?? 9443);
const email = process.env.EMAIL ?? 'test@latchkey.dev';
const password = process.env.PASSWORD ?? 'latchkey-user';

const redirectUrl = 'http://127.0.0.1:4711/back';
const clientId = `https://localhost:${documentPort}/agent.json`;
const described = {
  client_id: clientId, client_name: 'Orders agent', redirect_uris: ['http://127.0.0.1/back'],
  grant_types: ['authorization_code'], response_types: ['code'], token_endpoint_auth_method: 'none',
};
const documents = createServer({ pfx: readFileSync(process.env.KEYS), passphrase: 'changeit' }, (request, response) => {
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(described));
}).listen(documentPort, '127.0.0.1');

// The person: signs in, sees who asks for what, and allows it.
const cookies = new Map();
async function browse(path, fields) {
  const answer = await fetch(new URL(path, latchkey), {
    method: fields ? 'POST' : 'GET', redirect: 'manual',
    headers: { accept: 'text/html', cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    body: fields && new URLSearchParams(fields),
  });
  for (const cookie of answer.headers.getSetCookie()) {
    const [name, value] = cookie.split(';')[0].split(/=(.*)/s);
    cookies.set(name, value);
  }
  const to = answer.headers.get('location');
  return (to && to.startsWith('/')) ? browse(to) : { body: await answer.text(), to, status: answer.status };
}
const field = (body, name) => body.match(new RegExp(`name="${name}"[^>]*value="([^"]*)"`))?.[1]
  ?? body.match(new RegExp(`value="([^"]*)"[^>]*name="${name}"`))?.[1];
const unescaped = (text) => text.replaceAll('&amp;', '&').replaceAll('&#39;', "'");
async function allow(url) {
  let page = await browse(url.href);
  if (page.body.includes('name="password"')) {
    page = await browse('/login', { email, password, _csrf: field(page.body, '_csrf') });
  }
  while (page.body.includes('http-equiv="refresh"')) {
    const next = unescaped(page.body.match(/0;url=([^"]*)"/)[1]);
    if (!next.startsWith('/')) return new URL(next);
    page = await browse(next);
  }
  if (page.to) return new URL(page.to);
  assert.match(page.body, /Orders agent/);
  const scopes = [...page.body.matchAll(/name="scope"[^>]*value="([^"]*)"/g)].map((found) => ['scope', found[1]]);
  page = await browse('/oauth2/authorize', [['client_id', clientId], ['state', unescaped(field(page.body, 'state'))],
    ['_csrf', field(page.body, '_csrf')], ...scopes]);
  return new URL(unescaped(page.body.match(/0;url=([^"]*)"/)[1]));
}

let verifier, tokens, information, back;
const provider = {
  redirectUrl, clientMetadata: { client_name: described.client_name, redirect_uris: [redirectUrl] },
  clientMetadataUrl: clientId,
  clientInformation: () => information, saveClientInformation: (one) => { information = one; },
  tokens: () => tokens, saveTokens: (one) => { tokens = one; },
  codeVerifier: () => verifier, saveCodeVerifier: (one) => { verifier = one; },
  redirectToAuthorization: async (url) => { back = await allow(url); },
};

function code() {
  assert.equal(back.searchParams.get('iss'), latchkey, 'another server has answered');
  return back.searchParams.get('code');
}

async function connect() {
  const client = new Client({ name: 'agent', version: '1.0.0' });
  const transport = new StreamableHTTPClientTransport(server, { authProvider: provider });
  try {
    await client.connect(transport);
    return client;
  } catch (error) {
    if (!(error instanceof UnauthorizedError)) throw error;
    await transport.finishAuth(code());
    return connect();
  }
}

let agent = await connect();
console.log('Logged in without being registered, for', tokens.scope);
assert.equal(tokens.scope, 'agents:read');
const orders = await agent.callTool({ name: 'list_orders', arguments: {} });
assert.ok(JSON.parse(orders.content[0].text).items);
console.log('Called a tool');

// The SDK asks for what the refusal names, and the person allows that, too.
await assert.rejects(agent.callTool({ name: 'place_order', arguments: { item: 'Key', quantity: 1 } }), UnauthorizedError);
console.log('Refused for a lacking scope; asked for', new URL(back).searchParams.has('code') ? 'it, and it was allowed' : back.href);
await agent.transport.finishAuth(code());
const placed = await agent.callTool({ name: 'place_order', arguments: { item: 'Key', quantity: 1 } });
assert.equal(JSON.parse(placed.content[0].text).item, 'Key');
assert.equal(tokens.scope, 'agents:read agents:write');
console.log('Placed an order with', tokens.scope);

// The person takes the right away.
const list = await browse('/tokens');
const application = list.body.match(/\/tokens\/applications\/([0-9a-f-]+)\/withdraw/)[1];
const question = await browse(`/tokens/applications/${application}/withdraw`);
await browse(`/tokens/applications/${application}/withdraw`, { _csrf: field(question.body, '_csrf') });
const since = Date.now();
let status = 0;
while (status !== 401 && Date.now() - since < 2000) {
  status = (await fetch(server, { method: 'POST', headers: { authorization: `Bearer ${tokens.access_token}` } })).status;
}
assert.equal(status, 401);
console.log(`Revoked: refused after ${Date.now() - since} ms`);
documents.close();
process.exit(0);
