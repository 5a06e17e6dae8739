// Two nodes of Latchkey on one PostgreSQL behind a balancer, and services that verify from memory: whichever way a right ends, and
// whatever happens on the way, nobody is let in by it later than two seconds after. Needs the server's jar, a JDK and Debian's PostgreSQL.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Latchkey } from '../src/index.js';
import { missing, Node } from './real/latchkey.js';
import { freePort, Postgres } from './real/postgres.js';
import { Proxy } from './real/proxy.js';

const BOUND = 2_000;

const ADDRESS = '192.0.2.7';

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

const skip = process.env.LATCHKEY_JAR ? false : missing();

describe('two nodes', { skip }, () => {
  let database;
  let nodes;
  let proxy;
  let admin;
  let secret;
  let client;
  let people = 0;

  before(async () => {
    database = await Postgres.start();
    nodes = [await Node.start(database)];
    nodes.push(await Node.start(database));
    admin = (await nodes[0].admin()).token;
    await nodes[0].call('PUT', '/api/resources/parcels', admin, {
      address: 'https://parcels.example.com',
      scopes: [
        { name: 'parcels:read', description: 'See parcels', role: 'USER' },
        { name: 'parcels:manage', description: 'Change whatever there is', role: 'ADMIN' },
      ],
    });
    const [, registration] = /curl \$BASE\/api\/clients [\s\S]*?-d '(\{[\s\S]*?\})'/.exec(README);
    ({ client_secret: secret } = await nodes[0].call('POST', '/api/clients', admin, JSON.parse(registration)));
    proxy = await Proxy.start(nodes);
    client = new Latchkey(options());
    await until(() => client.state.believes, 60_000);
  }, { timeout: 300_000 });

  after(async () => {
    client?.close();
    await proxy?.stop();
    await Promise.all((nodes ?? []).map((node) => node.stop()));
    database?.stop();
  });

  function options() {
    return { address: proxy.address, clientId: 'parcels-service', clientSecret: secret };
  }

  async function until(holds, most = 20_000) {
    const end = Date.now() + most;
    while (!(await holds())) {
      assert.ok(Date.now() < end, `not within ${most} ms: ${holds}`);
      await pause(5);
    }
  }

  /** An account with a token for parcels. */
  async function owner(role = 'USER') {
    const account = { email: `owner-${process.pid}-${people++}@node.example`, password: `three ordinary words ${people}` };
    const { id } = await nodes[0].call('POST', '/api/users', admin, { ...account, name: 'Owner', roles: [role] });
    const scopes = role === 'ADMIN' ? ['parcels:read', 'parcels:manage'] : ['parcels:read'];
    return { id, account, token: await nodes[0].signIn(account, scopes) };
  }

  async function isLetIn(token, right) {
    try {
      return (await client.verify(token, ADDRESS)).can(right);
    } catch (refusal) {
      assert.ok([401, 503].includes(refusal.status), String(refusal));
      return false;
    }
  }

  /** Uses a token all the time until it is not let in any more; what it returns tells when it was let in last, and stops. */
  function uses(token, right) {
    const seen = { last: 0, times: 0, running: true };
    seen.done = (async () => {
      while (seen.running) {
        if (await isLetIn(token, right)) {
          seen.last = performance.now();
          seen.times++;
        }
        await pause(2);
      }
    })();
    seen.stop = () => {
      seen.running = false;
      return seen.done;
    };
    return seen;
  }

  const oneOfThem = () => nodes[Math.floor(Math.random() * nodes.length)];
  const ends = {
    'by its id': async ({ token, account }) => {
      const mine = await oneOfThem().signIn(account, ['tokens:write']);
      return () => oneOfThem().call('DELETE', `/api/tokens/${token.id}`, mine.token);
    },
    'by possession': async ({ token }) => () => oneOfThem().call('POST', '/api/tokens/revoke', null, { tokens: [token.token] }),
    narrowed: async ({ token, account }) => {
      const mine = await oneOfThem().signIn(account, ['tokens:write']);
      return () => oneOfThem().call('PATCH', `/api/tokens/${token.id}`, mine.token, { scopes: ['parcels:read'] });
    },
    'owner demoted': async ({ id }) => () => oneOfThem().call('PATCH', `/api/users/${id}`, admin, { roles: ['USER'] }),
    'owner disabled': async ({ id }) => () => oneOfThem().call('PATCH', `/api/users/${id}`, admin, { enabled: false }),
    'owner deleted': async ({ id }) => () => oneOfThem().call('DELETE', `/api/users/${id}`, admin),
    'row deleted by hand': async ({ token }) => () => database.sql(`delete from api_token where id = '${token.id}'`),
  };
  it('let a token in no more, whichever way its right ends', async (test) => {
    const lived = async ([way, prepare]) => {
      const whose = await owner('ADMIN');
      const end = await prepare(whose);
      const seen = uses(whose.token.token, 'parcels:manage');
      await until(() => seen.times > 50);
      await end();
      const endedAt = performance.now();
      await pause(BOUND + 500);
      await seen.stop();
      return [way, Math.max(0, Math.round(seen.last - endedAt))];
    };
    for (const [way, late] of await Promise.all(Object.entries(ends).map(lived))) {
      test.diagnostic(`${way}: ${late} ms`);
      assert.ok(late <= BOUND, `${way}: let in ${late} ms after`);
    }
  });

  /** Takes a token back by hand while something is wrong, and returns how often it was let in after the bound. */
  async function lateAcceptances(begin, heal) {
    const doomed = await owner();
    const good = await owner();
    const seen = uses(doomed.token.token, 'parcels:read');
    const other = uses(good.token.token, 'parcels:read');
    await until(() => seen.times > 50 && other.times > 50 && client.state.believes);
    await begin();
    await pause(100);
    await database.sql(`update api_token set revoked_at = now() where id = '${doomed.token.id}'`);
    const endedAt = performance.now();
    await pause(BOUND);
    const { times } = seen;
    await pause(1_000);
    await heal();
    await until(() => client.state.believes);
    const usesAgain = other.times;
    await until(() => other.times > usesAgain + 20);
    await seen.stop();
    await other.stop();
    const late = seen.times - times;
    assert.ok(seen.last - endedAt <= BOUND + 5);
    return late;
  }

  it('let nobody in late while streams are cut', async () => {
    let cutting = true;
    const late = await lateAcceptances(
      () => void (async () => {
        while (cutting) {
          proxy.cut();
          await pause(300);
        }
      })(),
      () => (cutting = false),
    );
    assert.equal(late, 0);
  });

  it('let nobody in late while one of them is stopped', async () => {
    for (const node of nodes) assert.equal(await lateAcceptances(() => node.signal('SIGSTOP'), () => node.signal('SIGCONT')), 0);
  });

  it('let nobody in late while both are', async () => {
    assert.equal(await lateAcceptances(() => nodes.forEach((node) => node.signal('SIGSTOP')), () => nodes.forEach((node) => node.signal('SIGCONT'))), 0);
  });

  it('let nobody in late while the network swallows everything', async () => {
    assert.equal(await lateAcceptances(() => proxy.swallow(), () => proxy.pass()), 0);
  });

  it('let nobody in late while something holds back what they say', async () => {
    assert.equal(await lateAcceptances(() => proxy.hold(), () => proxy.pass()), 0);
  });

  it('let nobody in late at a service that was stopped', async () => {
    const doomed = await owner();
    const service = spawn(process.execPath, [fileURLToPath(new URL('real/service.js', import.meta.url))], {
      env: { ...process.env, LATCHKEY_OPTIONS: JSON.stringify(options()) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [port] = await once(service.stdout.setEncoding('utf8'), 'data');
      const ask = () => fetch(`http://127.0.0.1:${port.trim()}/`, { headers: { Authorization: `Bearer ${doomed.token.token}` } }).then((answer) => answer.status);
      for (let i = 0; i < 50; i++) {
        await until(async () => (await ask()) === 200);
        await pause(20);
      }
      service.kill('SIGSTOP');
      const early = Array.from({ length: 20 }, ask);
      await pause(300);
      await database.sql(`update api_token set revoked_at = now() where id = '${doomed.token.id}'`);
      await pause(BOUND + 300);
      service.kill('SIGCONT');
      const statuses = await Promise.all([...early, ...Array.from({ length: 20 }, ask)]);
      assert.equal(statuses.filter((status) => status === 200).length, 0, String(statuses));
    } finally {
      service.kill('SIGKILL');
    }
  });

  it('serve the service of the README', async () => {
    const whose = await owner();
    const [, code] = /```js\n([\s\S]*?)```/.exec(README);
    const port = await freePort();
    const folder = mkdtempSync(fileURLToPath(new URL('real/readme-', import.meta.url)));
    writeFileSync(join(folder, 'service.mjs'), code.replace('3001', String(port)));
    const service = spawn(process.execPath, [join(folder, 'service.mjs')], {
      env: { ...process.env, LATCHKEY_URL: proxy.address, LATCHKEY_CLIENT_ID: 'parcels-service', LATCHKEY_CLIENT_SECRET: secret },
      stdio: 'inherit',
    });
    try {
      const ask = (path, token) => fetch(`http://127.0.0.1:${port}${path}`, { headers: token ? { Authorization: `Bearer ${token}` } : {} });
      await until(() => ask('/me').then(() => true, () => false));
      assert.deepEqual(await (await ask('/parcels', whose.token.token)).json(), { owner: whose.account.email, scopes: ['parcels:read'] });
      assert.deepEqual(await (await ask('/me', whose.token.token)).json(), { id: whose.id });
      assert.equal((await ask('/parcels')).status, 401);
      const elsewhere = await nodes[0].signIn(whose.account, ['user:read']);
      assert.equal((await ask('/me', elsewhere.token)).status, 401, 'a token of another service');
    } finally {
      service.kill('SIGKILL');
      rmSync(folder, { recursive: true });
    }
  });

  it('go on where one of them ends', async () => {
    const good = await owner();
    const seen = uses(good.token.token, 'parcels:read');
    await until(() => seen.times > 50);
    nodes[0].signal('SIGTERM');
    await pause(4_000);
    await until(() => client.state.believes);
    await seen.stop();
    assert.ok(seen.times > 200);
    nodes[0] = nodes[1];
  });
});
