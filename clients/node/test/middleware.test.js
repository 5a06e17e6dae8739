// What a client of a service sees, on Express and on Fastify: section 4 of the contract, by HTTP.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import express from 'express';
import fastify from 'fastify';
import { forExpress } from '../src/express.js';
import { forFastify } from '../src/fastify.js';
import { ANY_TOKEN } from '../src/guard.js';
import { Latchkey } from '../src/index.js';
import { active, failure, FakeLatchkey, INACTIVE } from './fake-latchkey.js';
import { token } from './tokens.js';

const METADATA = 'https://tokens.example.com/.well-known/oauth-protected-resource/parcels';

let server;

/** How often a handler was reached whose request had been answered before. */
let tooLate = 0;

function latchkey(options) {
  server = new FakeLatchkey();
  return new Latchkey({ address: 'http://latchkey.test', clientId: 'parcels', clientSecret: 'a secret', fetch: server.fetch, ...options });
}

const FRAMEWORKS = {
  async express(client) {
    const { requireScope, requireAnyScope, anyToken, tokenIfGiven } = forExpress(client);
    const seen = (request, response) => response.json(request.caller);
    const app = express();
    app.get('/parcels{/:id}', requireScope('parcels:read'), seen);
    app.get('/both', requireScope('parcels:read', 'parcels:write'), seen);
    app.get('/either', requireAnyScope('parcels:write', 'parcels:read'), seen);
    app.get('/neither', requireAnyScope('parcels:write', 'parcels:move'), seen);
    app.post('/any', anyToken(), express.json(), (request, response) => response.json(request.body));
    app.get('/open', tokenIfGiven(), seen);
    app.get('/guarded/twice', anyToken(), requireScope('parcels:read'), seen);
    app.get('/guarded/wrongly', anyToken(), requireScope('parcels:write'), seen);
    app.get('/impatient', (request, response, next) => { next(); response.status(504).end('Too late'); }, anyToken(), () => tooLate++);
    const listening = await new Promise((resolve) => {
      const http = app.listen(0, '127.0.0.1', () => resolve(http));
    });
    return { port: listening.address().port, close: () => new Promise((resolve) => listening.close(resolve)) };
  },

  async fastify(client) {
    const { requireScope, requireAnyScope, anyToken, tokenIfGiven } = forFastify(client);
    const seen = async (request, reply) => reply.header('content-type', 'application/json').send(JSON.stringify(request.caller));
    const app = fastify({ forceCloseConnections: true });
    app.get('/parcels', { onRequest: requireScope('parcels:read') }, seen);
    app.get('/parcels/:id', { onRequest: requireScope('parcels:read') }, seen);
    app.get('/both', { onRequest: requireScope('parcels:read', 'parcels:write') }, seen);
    app.get('/either', { onRequest: requireAnyScope('parcels:write', 'parcels:read') }, seen);
    app.get('/neither', { onRequest: requireAnyScope('parcels:write', 'parcels:move') }, seen);
    app.post('/any', { onRequest: anyToken() }, async (request) => request.body);
    app.get('/open', { onRequest: tokenIfGiven() }, seen);
    app.get('/guarded/twice', { onRequest: [anyToken(), requireScope('parcels:read')] }, seen);
    app.get('/guarded/wrongly', { onRequest: [anyToken(), requireScope('parcels:write')] }, seen);
    const impatient = (request, reply, done) => { done(); reply.code(504).send('Too late'); };
    app.get('/impatient', { onRequest: [impatient, anyToken()] }, async () => tooLate++);
    await app.listen({ port: 0, host: '127.0.0.1' });
    return { port: app.server.address().port, close: () => app.close() };
  },
};

for (const [framework, start] of Object.entries(FRAMEWORKS)) {
  describe(framework, () => {
    let client;
    let service;

    before(async () => {
      client = latchkey({ resourceMetadata: METADATA, tokenPage: 'https://tokens.example.com/tokens/new', trustedProxies: ['127.0.0.1'] });
      service = await start(client);
    });
    after(async () => {
      client.close();
      await service.close();
    });
    beforeEach(() => {
      server.answer = active();
      server.questions = [];
    });

    /** Sends what no client library would. */
    async function send(path, lines = [], { method = 'GET', body = '' } = {}) {
      const socket = connect(service.port, '127.0.0.1');
      const head = [`${method} ${path} HTTP/1.1`, 'Host: service.test', 'Connection: close', ...lines];
      if (body) head.push('Content-Type: application/json', `Content-Length: ${body.length}`);
      socket.write(`${head.join('\r\n')}\r\n\r\n${body}`, 'latin1');
      let text = '';
      for await (const piece of socket.setEncoding('utf8')) text += piece;
      const [top, ...rest] = text.split('\r\n\r\n');
      const [status, ...headers] = top.split('\r\n');
      return {
        status: Number(status.split(' ')[1]),
        headers: new Headers(headers.map((line) => line.split(/: ?(.*)/s, 2))),
        body: rest.join('\r\n\r\n'),
      };
    }

    async function refused(answer, status, code, challenge) {
      const { headers, body } = await answer;
      const problem = JSON.parse(body.slice(body.indexOf('{'), body.lastIndexOf('}') + 1));
      assert.equal((await answer).status, status);
      assert.equal(problem.code, code);
      assert.equal(problem.status, status);
      assert.equal(problem.type, `urn:latchkey:problem:${code}`);
      assert.ok(problem.title && problem.detail && problem.instance);
      assert.equal(headers.get('www-authenticate'), challenge);
      assert.equal(headers.get('content-type').split(';')[0], 'application/problem+json');
      assert.equal(headers.get('cache-control'), 'no-store');
      return { headers, problem };
    }

    const bearer = (raw = token()) => [`Authorization: Bearer ${raw}`];

    it('lets a good token in, and says whose it is', async () => {
      const answer = await send('/parcels', bearer());
      assert.equal(answer.status, 200);
      assert.match(answer.body, /"username":"ada@example.com"/);
    });

    for (const header of [`bearer ${token()}`, `BEARER   ${token()}  `]) {
      it(`reads "${header.slice(0, 12)}..."`, async () => {
        assert.equal((await send('/parcels', [`Authorization: ${header}`])).status, 200);
      });
    }

    it('challenges who shows nothing, without an error code', async () => {
      const challenge = `Bearer realm="latchkey", resource_metadata="${METADATA}"`;
      await refused(send('/parcels'), 401, 'authentication_required', challenge);
      await refused(send('/parcels', ['Authorization: Basic YTpi']), 401, 'authentication_required', challenge);
      await refused(send(`/parcels?access_token=${token()}`), 401, 'authentication_required', challenge);
      assert.equal(server.questions.length, 0);
    });

    it('refuses a token that is not good', async () => {
      const challenge = `Bearer realm="latchkey", error="invalid_token", error_description="The token is not valid", resource_metadata="${METADATA}"`;
      await refused(send('/parcels', bearer('nonsense')), 401, 'invalid_token', challenge);
      assert.equal(server.questions.length, 0);
      server.answer = INACTIVE;
      await refused(send('/parcels', bearer()), 401, 'invalid_token', challenge);
    });

    const malformed = {
      'given twice': [`Authorization: Bearer ${token()}`, `authorization: Bearer ${token()}`],
      'given twice, once of another scheme': ['Authorization: Basic YTpi', `Authorization: Bearer ${token()}`],
      'without a scheme': [`Authorization: ${token()}`],
      'without a value': ['Authorization: Bearer'],
      'with another character': [`Authorization: Bearer ${token()}|`],
      'with two tokens': [`Authorization: Bearer ${token()} ${token()}`],
      'with a letter that is none': [`Authorization: Bearer ${token()}\u00e9`],
      'that is empty': ['Authorization:'],
      'longer than 512 characters': [`Authorization: Bearer ${'x'.repeat(506)}`],
    };
    for (const [what, lines] of Object.entries(malformed)) {
      it(`answers 400 to a header ${what}`, async () => {
        const { headers } = await send('/parcels', lines);
        const challenge = headers.get('www-authenticate');
        assert.match(challenge, /^Bearer realm="latchkey", error="invalid_request", error_description="[^"]+"$/);
        await refused(send('/parcels', lines), 400, 'invalid_request', challenge);
        assert.equal(server.questions.length, 0);
      });
    }

    it('names the scope that is lacking, and where to get it', async () => {
      const { problem } = await refused(
        send('/both', bearer()), 403, 'insufficient_scope',
        `Bearer realm="latchkey", error="insufficient_scope", scope="parcels:read parcels:write", resource_metadata="${METADATA}"`,
      );
      assert.equal(problem.request_token_url, 'https://tokens.example.com/tokens/new?name=For%20parcels:write&scopes=parcels:write');
      assert.equal((await send('/either', bearer())).status, 200);
      await refused(
        send('/neither', bearer(token(2))), 403, 'insufficient_scope',
        `Bearer realm="latchkey", error="insufficient_scope", scope="parcels:write parcels:move", resource_metadata="${METADATA}"`,
      );
    });

    it('sends no application to the page', async () => {
      server.answer = active({ client_id: 'an-app' });
      const { problem } = await refused(
        send('/both', bearer(token(3))), 403, 'insufficient_scope',
        `Bearer realm="latchkey", error="insufficient_scope", scope="parcels:read parcels:write", resource_metadata="${METADATA}"`,
      );
      assert.equal(problem.request_token_url, undefined);
    });

    it('answers 503 where nobody knows', async () => {
      server.answer = failure(502);
      const { headers } = await refused(send('/parcels', bearer()), 503, 'unavailable', null);
      assert.equal(headers.get('retry-after'), '2');
    });

    it('counts a token’s limit, and says in each answer what is left', async () => {
      server.answer = active({ rate_limit: 2, jti: `limited-${framework}` });
      const first = await send('/parcels', bearer());
      assert.equal(first.headers.get('ratelimit-policy'), '"token";q=2;w=60');
      assert.equal(first.headers.get('ratelimit'), '"token";r=1;t=60');
      assert.equal((await send('/both', bearer())).headers.get('ratelimit'), '"token";r=0;t=60');
      const { headers, problem } = await refused(send('/parcels', bearer()), 429, 'rate_limited', null);
      assert.equal(headers.get('ratelimit'), '"token";r=0;t=60');
      assert.match(headers.get('retry-after'), /^(59|60)$/);
      assert.match(problem.detail, /^Too many requests with this token\. Try again in \d+ seconds\.$/);
    });

    it('counts and asks once where there are two guards', async () => {
      server.answer = active({ rate_limit: 2, believe_s: 0, jti: `guarded-${framework}` });
      const first = await send('/guarded/twice', bearer(token(21)));
      assert.equal(first.status, 200);
      assert.equal(first.headers.get('ratelimit'), '"token";r=1;t=60');
      assert.equal((await send('/guarded/wrongly', bearer(token(21)))).status, 403);
      assert.equal(server.questions.length, 2);
      assert.equal((await send('/guarded/twice', bearer(token(21)))).status, 429);
    });

    it('does nothing more where somebody has answered meanwhile', async () => {
      const failures = [];
      const note = (failure) => failures.push(failure);
      process.on('uncaughtException', note).on('unhandledRejection', note);
      try {
        for (const later of [active(), INACTIVE]) {
          server.answer = later;
          assert.equal((await send('/impatient', bearer(token(22)))).status, 504);
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      } finally {
        process.off('uncaughtException', note).off('unhandledRejection', note);
      }
      assert.deepEqual(failures, []);
      assert.equal(tooLate, 0);
      assert.equal(server.questions.length, 2);
    });

    it('says of a token in its last 14 days when it ends', async () => {
      const exp = Math.floor(Date.now() / 1000) + 13 * 86_400;
      server.answer = active({ exp, now: exp - 13 * 86_400 });
      const expected = new Date(exp * 1000).toISOString().replace('.000', '');
      assert.equal((await send('/parcels', bearer())).headers.get('latchkey-token-expires'), expected);
      server.answer = active({ exp, now: exp - 13 * 86_400, rate_limit: 1, jti: `ending-${framework}` });
      assert.equal((await send('/parcels', bearer())).headers.get('latchkey-token-expires'), expected);
      const { headers } = await refused(send('/parcels', bearer()), 429, 'rate_limited', null);
      assert.equal(headers.get('latchkey-token-expires'), expected);
      server.answer = active({ exp: exp + 2 * 86_400, now: exp - 13 * 86_400 });
      assert.equal((await send('/parcels', bearer())).headers.get('latchkey-token-expires'), null);
    });

    it('takes whoever shows nothing for nobody, where that is allowed, and nobody else', async () => {
      assert.equal((await send('/open')).body.includes('null'), true);
      assert.match((await send('/open', bearer())).body, /ada@example.com/);
      server.answer = INACTIVE;
      assert.equal((await send('/open', bearer())).status, 401);
      assert.equal((await send('/open', ['Authorization: Basic YTpi'])).status, 401);
      assert.equal((await send('/open', ['Authorization:'])).status, 400);
    });

    it('reads no body of who is not let in', async () => {
      assert.equal((await send('/any', [], { method: 'POST', body: '{"broken"' })).status, 401);
      const answer = await send('/any', bearer(), { method: 'POST', body: '{"a":1}' });
      assert.equal(answer.status, 200);
    });

    it('repeats neither a query nor what could be a token of a path', async () => {
      const id = '0b1e9c1e-6d2b-4c57-9f0a-1d2c3b4a5968';
      for (const [part, shown] of [[token(), '****'], ['k'.repeat(20), '****'], ['Zq4'.repeat(13), '****'],
        ['k'.repeat(19), 'k'.repeat(19)], [id, id], ['terms-of-carriage.and-use', 'terms-of-carriage.and-use']]) {
        const { problem } = await refused(send(`/parcels/${part}?x=${token()}`), 401, 'authentication_required', `Bearer realm="latchkey", resource_metadata="${METADATA}"`);
        assert.equal(problem.instance, `/parcels/${shown}`);
      }
    });

    it('asks for the address from which the token came', async () => {
      const addresses = {
        '192.0.2.7': ['X-Forwarded-For: 192.0.2.7'],
        '192.0.2.8': ['X-Forwarded-For: 203.0.113.5, 192.0.2.8:4711'],
        '2001:db8::1': ['X-Forwarded-For: [2001:db8::1]:443, 127.0.0.1', 'X-Forwarded-For: 127.0.0.1'],
        '::': ['X-Forwarded-For: 192.0.2.7, unknown'],
        '127.0.0.1': [],
      };
      for (const [address, lines] of Object.entries(addresses)) {
        await send('/parcels', [...bearer(), ...lines]);
        assert.equal(server.questions.at(-1).body.client_ip, address);
      }
    });
  });
}

describe('without a trusted proxy', () => {
  let client;
  let service;

  afterEach(async () => {
    client.close();
    await service.close();
  });

  async function addressOf(options) {
    client = latchkey(options);
    service = await FRAMEWORKS.express(client);
    const answer = await fetch(`http://127.0.0.1:${service.port}/parcels`, { headers: { Authorization: `Bearer ${token()}`, 'X-Forwarded-For': '192.0.2.7' } });
    assert.equal(answer.headers.get('www-authenticate'), null);
    return server.questions.at(-1).body.client_ip;
  }

  it('believes no X-Forwarded-For', async () => {
    assert.equal(await addressOf({}), '127.0.0.1');
  });

  it('believes none from a peer that is not one', async () => {
    assert.equal(await addressOf({ trustedProxies: ['10.0.0.0/8', '::1'] }), '127.0.0.1');
  });

  it('takes the service’s own word', async () => {
    assert.equal(await addressOf({ clientIp: () => '192.0.2.99' }), '192.0.2.99');
  });
});

describe('where there are other forms', () => {
  it('signed tokens are taken, and the header has its bound', async () => {
    const client = latchkey({ otherForms: true });
    const service = await FRAMEWORKS.express(client);
    try {
      const status = async (length) => {
        const raw = `eyJ.${'x'.repeat(length - 8)}.abc`;
        return (await fetch(`http://127.0.0.1:${service.port}/parcels`, { headers: { Authorization: `Bearer ${raw}` } })).status;
      };
      for (const length of [787, 8_192 - 'Bearer '.length]) assert.equal(await status(length), 200);
      assert.equal(server.questions.length, 2);
      assert.equal(await status(8_193 - 'Bearer '.length), 400);
    } finally {
      client.close();
      await service.close();
    }
  });
});

describe('a copy of a request', () => {
  it('may show another token, and is decided anew', async () => {
    const client = latchkey({});
    server.answer = active();
    const request = { rawHeaders: ['Authorization', `Bearer ${token()}`], headers: {}, socket: { remoteAddress: '192.0.2.7' }, url: '/parcels' };
    try {
      for (let guard = 0; guard < 2; guard++) assert.equal((await client.decide(request, ANY_TOKEN)).caller.username, 'ada@example.com');
      assert.equal(server.questions.length, 1);
      const rawHeaders = ['Authorization', 'Bearer nonsense'];
      for (const copy of [{ ...request, rawHeaders }, Object.assign(Object.create(request), { rawHeaders })]) {
        assert.equal((await client.decide(copy, ANY_TOKEN)).status, 401);
      }
    } finally {
      client.close();
    }
  });
});

describe('settings', () => {
  const good = { address: 'http://latchkey.test', clientId: 'parcels', clientSecret: 'a secret', fetch: () => Promise.reject(new Error('no')) };
  const bad = {
    address: ['', 'latchkey.test', 'ftp://latchkey.test', 'http://user:secret@latchkey.test', 'http://latchkey.test/?x=1'],
    clientSecret: [undefined, ''],
    token: ['x'],
    prefix: ['', 'LK', 'much-too-long'],
    resource: ['', 'parcels', 7],
    maxStaleness: [1_999, 300_001, '2000 ', NaN],
    maxTokens: [0, 1.5],
    trustedProxies: [['localhost'], ['10.0.0.0/33'], ['10.0.0.0/8/8'], ['::1/129'], ['10.0.0.0/x']],
  };
  for (const [name, values] of Object.entries(bad)) {
    it(`are refused where ${name} cannot be meant, and repeat no secret`, () => {
      for (const value of values) {
        assert.throws(() => new Latchkey({ ...good, [name]: value }), (fault) => fault instanceof TypeError && !fault.message.includes('secret@'));
      }
    });
  }

  it('refuse a route that asks for no scope, or for none that could be', () => {
    const client = new Latchkey(good);
    const { requireScope, requireAnyScope } = forExpress(client);
    for (const scopes of [[], ['Parcels'], ['parcels:*'], ['*'], [''], [undefined], ['a b']]) {
      assert.throws(() => requireScope(...scopes), TypeError);
      assert.throws(() => requireAnyScope(...scopes), TypeError);
    }
    client.close();
  });
});
