// The same service on Node: BILLING, COURIER_SECRET and PORT say where and how.
import { createServer } from 'node:http';
import { Latchkey } from '../../../clients/node/src/index.js';
import { forExpress } from '../../../clients/node/src/express.js';

const latchkey = new Latchkey({ address: process.env.BILLING, clientId: 'courier', clientSecret: process.env.COURIER_SECRET });
const guard = forExpress(latchkey).requireScope('invoices:read');
const server = createServer((request, response) => guard(request, response, () => {
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify([`A parcel for ${request.caller.username}`]));
}));
server.listen(Number(process.env.PORT), '127.0.0.1');
