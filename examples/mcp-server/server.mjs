// An MCP server behind Latchkey: each tool asks for a scope of its own. It knows no keys and keeps no tokens: of each request
// it asks Latchkey whether it may pass. What it says of itself (RFC 9728) leads agents to Latchkey for their tokens.
import express from 'express';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { z } from 'zod';

const latchkey = process.env.LATCHKEY ?? 'http://127.0.0.1:8080';
const port = Number(process.env.PORT ?? 3001);
const resource = `http://127.0.0.1:${port}/mcp`;
const metadata = `http://127.0.0.1:${port}/.well-known/oauth-protected-resource/mcp`;

// What every request needs, and what a tool needs beside it. The scopes are this service's own: Latchkey knows it as a resource.
const everything = 'agents:read';
const tools = { place_order: 'agents:write' };
const name = process.env.RESOURCE ?? 'agents';

const orders = new Map();

function mcp(user) {
  const server = new McpServer({ name: 'orders', version: '1.0.0' });
  const own = orders.get(user) ?? [];
  orders.set(user, own);
  const text = (value) => ({ content: [{ type: 'text', text: JSON.stringify(value) }] });
  server.registerTool('list_orders', { description: 'The orders of the user' }, async () => text({ items: own }));
  server.registerTool('place_order', {
    description: 'Places an order', inputSchema: { item: z.string(), quantity: z.number().int() },
  }, async (order) => { own.push(order); return text(order); });
  return server;
}

function asked(body) {
  const messages = Array.isArray(body) ? body : [body];
  const needed = messages.filter((one) => one?.method === 'tools/call').map((one) => tools[one.params?.name]);
  return [everything, ...needed.filter(Boolean)];
}

const app = express();
app.get('/.well-known/oauth-protected-resource/mcp', (request, response) => response.json({
  resource, authorization_servers: [latchkey], scopes_supported: [everything], bearer_methods_supported: ['header'],
  resource_name: 'Orders for agents',
}));

app.use('/mcp', express.json(), async (request, response, next) => {
  const scopes = asked(request.body);
  const question = new URLSearchParams([['resource', name], ...scopes.map((scope) => ['scope', scope])]);
  const header = request.headers.authorization;
  const answer = await fetch(`${latchkey}/forward-auth?${question}`, { headers: header ? { authorization: header } : {} })
    .catch(() => ({ status: 503 }));
  if (answer.status === 204) {
    request.user = answer.headers.get('x-auth-user-id');
    next();
  } else if (answer.status === 401) {
    const error = header ? ', error="invalid_token"' : '';
    response.status(401).set('WWW-Authenticate', `Bearer realm="orders"${error}, resource_metadata="${metadata}"`).end();
  } else if (answer.status === 403) {
    response.status(403).set('WWW-Authenticate', 'Bearer realm="orders", error="insufficient_scope", '
      + `scope="${scopes.join(' ')}", resource_metadata="${metadata}"`).end();
  } else {
    // Nothing is decided: neither a good token nor a bad one.
    response.status(answer.status === 429 ? 429 : 503).set('Retry-After', '1').end();
  }
});

app.post('/mcp', async (request, response) => {
  const server = mcp(request.user);
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined, enableJsonResponse: true });
  response.on('close', () => { transport.close(); server.close(); });
  await server.connect(transport);
  // Never undefined: the transport would then read a body of which nobody has looked what it asks for.
  await transport.handleRequest(request, response, request.body ?? {});
});
app.all('/mcp', (request, response) => response.status(405).set('Allow', 'POST').end());

app.listen(port, '127.0.0.1', () => console.log(`Orders for agents at ${resource}`));
