// What TypeScript makes of the declarations: it is compiled, and never run.
import express from 'express';
import fastify from 'fastify';
import { Caller, Latchkey, Refusal } from 'latchkey-resource-server';
import { forExpress } from 'latchkey-resource-server/express';
import { forFastify } from 'latchkey-resource-server/fastify';

const latchkey = new Latchkey({ address: 'https://tokens.example.com', clientId: 'parcels', clientSecret: 'x', maxStaleness: 5_000 });
new Latchkey({ address: 'https://tokens.example.com', token: 'x', trustedProxies: ['10.0.0.0/8'], warn: (message) => console.error(message.length) });
// @ts-expect-error nobody is named who asks
new Latchkey({ address: 'https://tokens.example.com' });

const caller: Caller = await latchkey.verify('x', null);
if (caller.can('parcels:read')) console.log(caller.scopes.join(), caller.expiresAt?.toISOString(), latchkey.state.believes);
const refused: unknown = null;
if (refused instanceof Refusal && refused.status === 503) console.log(refused.code);

const onExpress = forExpress(latchkey);
express().get('/parcels', onExpress.requireScope('parcels:read'), (request, response) => {
  response.json(request.caller?.username);
});
// @ts-expect-error a scope is missing
onExpress.requireScope();

const onFastify = forFastify(latchkey);
fastify().get('/parcels', { onRequest: onFastify.anyToken() }, async (request) => request.caller?.subject);
latchkey.close();
