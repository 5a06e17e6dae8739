// A service in a process of its own, which can be stopped by a signal: it prints its port.
import { createServer } from 'node:http';
import { forExpress } from '../../src/express.js';
import { Latchkey } from '../../src/index.js';

const latchkey = new Latchkey(JSON.parse(process.env.LATCHKEY_OPTIONS));
const guard = forExpress(latchkey).anyToken();
const server = createServer((request, response) => guard(request, response, () => response.end(request.caller.username)));
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
