// The service of rows 12 and 13: one route verified from memory, one open, and one that asks Latchkey each time. Prints nothing.
//
//   PORT=18260 LATCHKEY_URL=http://127.0.0.1:8080 LATCHKEY_TOKEN_FILE=admin node bench/remote/service.mjs
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { forExpress } from '../../clients/node/src/express.js';
import { Latchkey } from '../../clients/node/src/index.js';

const address = process.env.LATCHKEY_URL;
const token = readFileSync(process.env.LATCHKEY_TOKEN_FILE, 'utf8').trim();
const latchkey = new Latchkey({ address, token });
const mayRead = forExpress(latchkey).requireScope('user:read');

// As many fields as the open route of the others has.
const body = JSON.stringify({ id: '01900000-0000-7000-8001-000000000001', email: 'owner-1@bench.latchkey.dev', name: 'Owner 1', roles: ['USER'], token: { id: '01900000-0000-7000-8002-000000000001', name: 'bench', scopes: ['orders:read', 'user:read'], expires_at: null } });

function answer(response) {
  response.setHeader('Content-Type', 'application/json');
  response.end(body);
}

async function asks(request, response) {
  const presented = request.headers.authorization?.slice('Bearer '.length) ?? '';
  const asked = await fetch(`${address}/oauth2/introspect`, { method: 'POST', headers: { Authorization: `Bearer ${token}` }, body: new URLSearchParams({ token: presented }) });
  const { active } = await asked.json();
  if (active) answer(response);
  else response.writeHead(401).end();
}

const routes = {
  '/api/user': (request, response) => mayRead(request, response, () => answer(response)),
  '/open': (request, response) => answer(response),
  '/asked': (request, response) => asks(request, response).catch(() => response.writeHead(503).end()),
};
createServer((request, response) => {
  const route = routes[request.url];
  if (route) route(request, response);
  else response.writeHead(404).end();
}).listen(Number(process.env.PORT), '127.0.0.1');
