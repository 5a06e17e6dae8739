// The protocol of docs/remote-verification.md, line by line, with a clock that the tests move.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Latchkey } from '../src/index.js';
import { settled, TestClock } from './clock.js';
import { active, answered, failure, FakeLatchkey, INACTIVE } from './fake-latchkey.js';
import { token } from './tokens.js';

let clock;
let server;
let client;

beforeEach(() => {
  clock = new TestClock();
  server = new FakeLatchkey();
  client = newClient();
});
afterEach(() => client.close());

function newClient(options) {
  return new Latchkey({ address: 'http://latchkey.test/', clientId: 'parcels', clientSecret: 'a secret', fetch: server.fetch, clock, ...options });
}

/** The stream is open, and everything until now is proven. */
async function following() {
  await clock.advance(0);
  server.stream.hello(50_000).beat(50_000);
  await clock.advance(1);
}

/** Lets time pass as it does with a stream that is well: here beats come twice a second. */
async function pass(milliseconds) {
  const begun = clock.now;
  let { stream } = server;
  let origin = begun;
  while (clock.now - begun < milliseconds) {
    await clock.advance(Math.min(500, milliseconds - (clock.now - begun)));
    if (server.stream !== stream) ({ stream } = server);
    stream.beat(50_000 + (clock.now - 1_000_000));
    await settled();
  }
  return origin;
}

/** What becomes of a use: 200, or the status of the refusal. */
async function use(raw = token(), address = '192.0.2.7') {
  const outcome = client.verify(raw, address);
  return outcome.then(() => 200, (refusal) => refusal.status);
}

async function isKept(raw, address) {
  const asked = server.questions.length;
  assert.equal(await use(raw, address), 200);
  return server.questions.length === asked;
}

describe('the question', () => {
  it('wants the database asked, and says from where the token was presented', async () => {
    await following();
    assert.equal(await use(token(), '192.0.2.7'), 200);
    const [question] = server.questions;
    assert.equal(question.url.pathname, '/oauth2/introspect');
    assert.equal(question.headers['Cache-Control'], 'no-cache');
    assert.deepEqual(question.body, { token: token(), client_ip: '192.0.2.7' });
    assert.equal(question.headers.Authorization, `Basic ${Buffer.from('parcels:a+secret').toString('base64')}`);
  });

  it('is asked behind a path, too, and by a token', async () => {
    client.close();
    client = newClient({ address: 'http://latchkey.test/auth', clientId: undefined, clientSecret: undefined, token: token(9) });
    await use();
    assert.equal(server.questions[0].url.pathname, '/auth/oauth2/introspect');
    assert.equal(server.questions[0].headers.Authorization, `Bearer ${token(9)}`);
  });
});

describe('what is kept', () => {
  beforeEach(following);

  it('is believed without a question', async () => {
    assert.equal(await isKept(), false);
    for (let i = 0; i < 10; i++) assert.equal(await isKept(), true);
  });

  it('is not believed after a mark at one of its places', async () => {
    await use();
    server.stream.mark(9);
    await settled();
    assert.equal(await isKept(), false);
    assert.equal(await isKept(), true);
  });

  it('is believed after marks elsewhere', async () => {
    await use();
    server.stream.mark(8, 10, 32_767);
    await settled();
    assert.equal(await isKept(), true);
  });

  for (const everything of ['*', 32_768, -1, 'x']) {
    it(`is not believed after a mark at ${everything}`, async () => {
      await use();
      server.stream.mark(everything);
      await settled();
      assert.equal(await isKept(), false);
    });
  }

  it('is not believed under other rules than those of the stream', async () => {
    server.answer = active({ rules: 'others' });
    await use();
    assert.equal(await isKept(), false);
  });

  it('is not kept where it has places that nobody marks, or lacks what it depends on', async () => {
    for (const changes of [{ places: [32_768] }, { places: null }, { rules: undefined }, { believe_s: undefined }, { address_bound: undefined }, { now: undefined }]) {
      server.answer = active(changes);
      await use();
      assert.equal(await isKept(), false);
    }
  });

  it('ends by believe_s', async () => {
    server.answer = active({ believe_s: 1 });
    await use();
    await pass(999);
    server.answer = failure(503);
    assert.equal(await use(), 200);
    await pass(1);
    assert.equal(await use(), 503);
  });

  it("ends by the token's end, as the server's clock has it, counted from before the question", async () => {
    server.answer = async () => {
      await new Promise((resolve) => clock.later(resolve, 400));
      return active({ now: 1_790_000_000, exp: 1_790_000_001 });
    };
    const used = use();
    await pass(500);
    assert.equal(await used, 200);
    server.answer = INACTIVE;
    assert.equal(await use(), 200);
    await pass(500);
    assert.equal(await use(), 401);
  });

  it('is for one address where it is bound to it', async () => {
    server.answer = active({ address_bound: true });
    await use(token(), '192.0.2.7');
    assert.equal(await isKept(token(), '192.0.2.7'), true);
    server.answer = INACTIVE;
    assert.equal(await use(token(), '192.0.2.8'), 401);
    assert.equal(await use(token(), '192.0.2.7'), 200);
  });

  it('is for one address from when on it is bound to it', async () => {
    await use(token(), '192.0.2.7');
    server.answer = active({ address_bound: true });
    server.stream.mark(7);
    await settled();
    assert.equal(await isKept(token(), '192.0.2.7'), false);
    assert.equal(await isKept(token(), '192.0.2.7'), true);
    server.answer = INACTIVE;
    assert.equal(await use(token(), '192.0.2.8'), 401);
  });

  it('is nobody’s whose address is unknown, where it is bound to some', async () => {
    server.answer = active({ address_bound: true });
    assert.equal(await use(token(), null), 401);
    assert.equal(server.questions[0].body.client_ip, '::');
    server.answer = active();
    assert.equal(await use(token(), null), 200);
  });

  it('is never more than so many', async () => {
    client.close();
    client = newClient({ maxTokens: 3 });
    await following();
    for (let i = 0; i < 5; i++) {
      server.answer = active({ jti: `t${i}` });
      await use(token(i));
    }
    assert.equal(client.state.kept, 3);
    assert.equal(await isKept(token(4)), true);
    assert.equal(await isKept(token(0)), false);
  });

  it('is asked about again meanwhile, once, after three quarters of its time', async () => {
    await use();
    await pass(44_000);
    assert.equal(await isKept(), true);
    await pass(1_000);
    await Promise.all([use(), use(), use()]);
    assert.equal(server.questions.length, 2);
    await pass(30_000);
    assert.equal(await isKept(), true);
  });

  it('goes on where that fails, and is asked about again after a second', async () => {
    await use();
    await pass(45_000);
    server.answer = failure(503);
    assert.equal(await use(), 200);
    await pass(500);
    assert.equal(await use(), 200);
    assert.equal(server.questions.length, 2);
    await pass(1_000);
    server.answer = active();
    assert.equal(await use(), 200);
    assert.equal(server.questions.length, 3);
  });

  it('is gone where that is refused', async () => {
    await use();
    await pass(45_000);
    server.answer = INACTIVE;
    await use();
    await settled();
    assert.equal(await use(), 401);
    assert.equal(client.state.kept, 0);
  });
});

describe('the note before the question', () => {
  beforeEach(following);

  it('lets a mark win that comes between question and answer', async () => {
    server.answer = () => {
      server.stream.mark(7);
      return active();
    };
    assert.equal(await use(), 200);
    server.answer = active();
    assert.equal(await isKept(), false);
    assert.equal(await isKept(), true);
  });

  it('is made when the question is sent, not when it begins to wait', async () => {
    const held = hold();
    const first = Array.from({ length: 12 }, (none, i) => use(token(i)));
    const waiting = use(token(99));
    await settled();
    server.stream.mark(7);
    await settled();
    held.letGo();
    assert.equal(await waiting, 200);
    await Promise.all(first);
    assert.equal(await isKept(token(99)), true);
    assert.equal(await isKept(token(1)), false);
  });
});

/** Keeps all answers until they are let go. */
function hold(answer = active()) {
  let letGo;
  const gone = new Promise((resolve) => (letGo = resolve));
  server.answer = () => gone.then(() => answer);
  return { letGo };
}

describe('asking', () => {
  beforeEach(following);

  it('is not done about what has no form of a token', async () => {
    for (const raw of [token().slice(0, -1), `${token().slice(0, -1)}x`, token(1, 'lkr'), token(1, 'ab'), 'x'.repeat(53), '', `${token()}\n`]) {
      assert.equal(await use(raw), 401);
    }
    assert.equal(server.questions.length, 0);
  });

  it('is done about every form where there are others', async () => {
    client.close();
    client = newClient({ otherForms: true });
    assert.equal(await use('12|some-secret-of-sanctum-itself'), 200);
    assert.equal(await use('x'.repeat(8_192)), 200);
    assert.equal(server.questions.length, 2);
  });

  it('is not done even there about a refresh token, a wrong checksum, what is too long, and what is no text', async () => {
    client.close();
    client = newClient({ otherForms: true });
    for (const raw of [token(1, 'lkr'), `${token().slice(0, -1)}x`, 'x'.repeat(8_193), '', null, undefined, 7, [token()]]) {
      assert.equal(await client.verify(raw, null).then(() => 200, (refusal) => refusal.status), 401, String(raw));
    }
    assert.equal(server.questions.length, 0);
  });

  it('is done once more where the connection was closed meanwhile, and no more than that', async () => {
    let failures = 1;
    server.answer = () => (failures-- > 0 ? Promise.reject(new TypeError('fetch failed')) : active());
    assert.equal(await use(), 200);
    assert.equal(server.questions.length, 2);
    failures = 2;
    assert.equal(await use(token(2)), 503);
    assert.equal(server.questions.length, 4);
  });

  it('is not done once more when patience has run out', async () => {
    hold();
    const used = use();
    await pass(2_000);
    assert.equal(await used, 503);
    assert.equal(server.questions.length, 1);
  });

  const limited = () => failure(429, { 'Retry-After': '31', 'RateLimit-Policy': '"token";q=5;w=60', RateLimit: '"token";r=0;t=31' });

  it('answers 429 where Latchkey has counted too many uses of the token', async () => {
    server.answer = limited();
    const refusal = await client.verify(token(), null).catch((thrown) => thrown);
    assert.equal(refusal.status, 429);
    const { 'Retry-After': wait, RateLimit: limit, 'RateLimit-Policy': policy } = refusal.headers(null);
    assert.deepEqual([wait, limit, policy], ['31', '"token";r=0;t=31', '"token";q=5;w=60']);
  });

  it('answers 503 where it may be the token that asks of which there were too many', async () => {
    client.close();
    client = newClient({ clientId: undefined, clientSecret: undefined, token: token(9) });
    server.answer = limited();
    assert.equal(await use(), 503);
  });

  it('takes a token for another service for none', async () => {
    client.close();
    client = newClient({ resource: 'https://parcels.example.com' });
    await following();
    for (const aud of [undefined, 'https://letters.example.com', ['https://letters.example.com'], 'https://parcels.example.com/']) {
      server.answer = active({ aud });
      assert.equal(await use(), 401, String(aud));
    }
    assert.equal(client.state.kept, 0);
    const mine = 'https://parcels.example.com';
    for (const [i, aud] of [mine, ['https://letters.example.com', mine]].entries()) {
      server.answer = active({ aud });
      assert.deepEqual((await client.verify(token(i), null)).audience, [aud].flat());
    }
    assert.equal(await isKept(token(1)), true);
  });

  it('is no end: more than a megabyte is no answer', async () => {
    const most = 1 << 20;
    const text = JSON.stringify(active());
    server.answer = () => answered(null, [text, ' '.repeat(most - text.length)]);
    assert.equal(await use(), 200);
    server.answer = () => answered(null, [text, ' '.repeat(most - text.length), ' ']);
    assert.equal(await use(token(2)), 503);
  });

  it('has 12 about strangers under way, and joins those that wait for the same', async () => {
    const held = hold();
    const sent = Array.from({ length: 12 }, (none, i) => use(token(i)));
    const joined = Array.from({ length: 50 }, () => use(token(50)));
    await settled();
    assert.equal(server.questions.length, 12);
    held.letGo();
    assert.deepEqual(new Set(await Promise.all([...sent, ...joined])), new Set([200]));
    assert.equal(server.questions.length, 13);
  });

  it('has 16 under way in all', async () => {
    for (let i = 0; i < 20; i++) await use(token(i));
    server.stream.mark(7);
    await settled();
    const held = hold();
    const uses = Array.from({ length: 20 }, (none, i) => use(token(i)));
    uses.push(use(token(99)));
    await settled();
    assert.equal(server.questions.length, 20 + 16);
    held.letGo();
    assert.deepEqual(new Set(await Promise.all(uses)), new Set([200]));
  });

  it('has room for whom it knows while strangers flood it for longer than anything is believed', async () => {
    const forever = new Promise(() => {});
    server.answer = ({ body }) => (body.token === token() ? active({ believe_s: 4 }) : forever);
    await use();
    const strangers = [];
    let number = 100;
    for (let second = 0; second < 9; second++) {
      for (let i = 0; i < 600; i++) strangers.push(use(token(number++)));
      await pass(1_000);
      assert.equal(await use(), 200, `in second ${second}`);
    }
    server.stream.mark(7);
    await settled();
    assert.equal(await use(), 200, 'after a mark');
    await pass(2_000);
    assert.deepEqual(new Set(await Promise.all(strangers)), new Set([503]));
  });

  it('joins nothing that is sent', async () => {
    const held = hold();
    const uses = [use(), use()];
    await settled();
    assert.equal(server.questions.length, 2);
    held.letGo();
    assert.deepEqual(await Promise.all(uses), [200, 200]);
  });

  it('does not join what is asked for another address', async () => {
    const held = hold();
    const sent = Array.from({ length: 12 }, (none, i) => use(token(i)));
    const waiting = [use(token(50), '192.0.2.1'), use(token(50), '192.0.2.2')];
    held.letGo();
    await Promise.all([...sent, ...waiting]);
    assert.equal(server.questions.length, 14);
  });

  it('is given up after two seconds, sent or not, with 503', async () => {
    hold();
    const sent = Array.from({ length: 13 }, (none, i) => use(token(i)));
    await pass(1_999);
    let given = 0;
    sent.forEach((one) => one.then(() => given++));
    await settled();
    assert.equal(given, 0);
    await pass(1);
    assert.deepEqual(new Set(await Promise.all(sent)), new Set([503]));
    server.answer = active();
    assert.equal(await use(), 200);
  });

  it('lets more than a thousand wait for nothing', async () => {
    hold();
    const waiting = Array.from({ length: 12 + 1_024 }, (none, i) => use(token(i)));
    await settled();
    assert.equal(await use(token(5_000)), 503);
    await pass(2_000);
    await Promise.all(waiting);
  });

  it('lets nobody in by an answer that came while the process was stopped', async () => {
    for (const stop of ['stop', 'sleep']) {
      const held = hold();
      const used = use();
      await settled();
      clock[stop](3_100);
      held.letGo();
      assert.equal(await used, 503, stop);
    }
  });

  it('of what is not active keeps nothing', async () => {
    server.answer = INACTIVE;
    assert.equal(await use(), 401);
    server.answer = active();
    assert.equal(await use(), 200);
  });

  it('takes no refresh token for an access token', async () => {
    client.close();
    client = newClient({ otherForms: true });
    server.answer = active({ token_type: 'refresh_token' });
    assert.equal(await use(), 401);
  });

  for (const status of [400, 401, 403, 404, 429, 500, 502, 503]) {
    it(`answers 503 where Latchkey answers ${status}`, async () => {
      server.answer = failure(status, { 'Retry-After': '7' });
      await assert.rejects(client.verify(token()), (refusal) => refusal.status === 503 && refusal.headers()['Retry-After'] === '7');
    });
  }

  it('answers 503 to what is no answer', async () => {
    for (const answer of [null, {}, { active: 'true' }, [], 'x']) {
      server.answer = () => answered(answer);
      assert.equal(await use(), 503);
    }
    server.answer = () => Promise.reject(new TypeError('fetch failed'));
    assert.equal(await use(), 503);
  });
});

describe('the stream', () => {
  it('says who follows', async () => {
    await clock.advance(0);
    assert.equal(server.stream.headers.Authorization, `Basic ${Buffer.from('parcels:a+secret').toString('base64')}`);
    assert.equal(server.stream.headers.Accept, 'text/event-stream');
  });

  it('has nothing believed before its first beat', async () => {
    await clock.advance(0);
    server.stream.hello();
    await clock.advance(1);
    await use();
    assert.equal(await isKept(), false);
    assert.equal(client.state.believes, false);
    server.stream.beat(50_000);
    await settled();
    assert.equal(client.state.believes, true);
    assert.equal(await isKept(), true);
  });

  it('has nothing believed two seconds after its last proof', async () => {
    await following();
    await use();
    await clock.advance(1_999);
    assert.equal(await isKept(), true);
    await clock.advance(1);
    assert.equal(await isKept(), false);
  });

  it('may prove for as long as the service says', async () => {
    client.close();
    client = newClient({ maxStaleness: 60_000 });
    await following();
    server.answer = active({ believe_s: 600 });
    await use();
    await clock.advance(59_000);
    assert.equal(await isKept(), true);
    await clock.advance(1_500);
    assert.equal(await isKept(), false);
  });

  it('proves by its stamps, not by when they arrive', async () => {
    await following();
    await use();
    await clock.advance(2_500);
    server.stream.beat(50_400);
    await settled();
    assert.equal(await isKept(), false);
    server.stream.beat(52_300);
    await settled();
    assert.equal(await isKept(), true);
  });

  it("is taken a thousandth shorter than it says, since clocks run apart", async () => {
    await following();
    await pass(100_000);
    await use();
    // The last proof is 100 ms older than that of the node.
    await clock.advance(1_899);
    assert.equal(await isKept(), true);
    await clock.advance(3);
    assert.equal(await isKept(), false);
  });

  it('is taken a thousandth longer ago than it says before its hello', async () => {
    await clock.advance(0);
    server.stream.hello(50_000).beat(49_000);
    await settled();
    await use();
    await clock.advance(998);
    assert.equal(await isKept(), true);
    await clock.advance(2);
    assert.equal(await isKept(), false);
  });

  it('is opened anew where it proves what has not been yet', async () => {
    await following();
    server.stream.beat(60_000);
    await clock.advance(0);
    assert.equal(server.streams.length, 2);
  });

  it('has its marks in force before the beats behind them, however it is cut into pieces', async () => {
    await following();
    await use();
    const text = 'event: mark\r\ndata: {"places":\r\ndata: [7]}\r\n\r\n: a comment\r\n\r\nevent: beat\ndata: {"proven":50000}\n\nevent: later\ndata: x\n\n';
    for (const piece of text.match(/[\s\S]{1,3}/g)) server.stream.write(piece);
    await settled();
    assert.equal(await isKept(), false);
    assert.equal(server.streams.length, 1);
  });

  for (const what of ['event: mark\ndata: {"places":5}\n\n', 'event: mark\ndata: {\n\n', 'event: beat\ndata: {}\n\n', 'event: beat\ndata: {"proven":"1"}\n\n', 'x'.repeat((1 << 20) + 1), `data: ${'x'.repeat(1 << 19)}\n`.repeat(2)]) {
    it(`is opened anew where it cannot be read: ${JSON.stringify(what.slice(0, 40))}`, async () => {
      await following();
      server.stream.write(what);
      await clock.advance(0);
      assert.equal(server.streams.length, 2);
    });
  }

  it('is broken off after three seconds without a byte, and opened again at once', async () => {
    await following();
    await clock.advance(2_998);
    assert.equal(server.streams.length, 1);
    await clock.advance(2);
    assert.equal(server.streams[0].signal.aborted, true);
    assert.equal(server.streams.length, 2);
  });

  it('is broken off likewise while it is being opened', async () => {
    client.close();
    const { fetch } = server;
    let opened = 0;
    server.fetch = (url, init) => (url.pathname === '/changes' && ++opened ? new Promise((resolve, reject) => init.signal.addEventListener('abort', reject)) : fetch(url, init));
    client = newClient();
    await clock.advance(2_999);
    assert.equal(opened, 1);
    await clock.advance(400);
    assert.equal(opened, 2);
  });

  it('is opened at once where it has proven something, then after a tenth of a second to five', async () => {
    await following();
    server.streamStatus = 503;
    server.stream.end();
    await settled();
    assert.equal(server.streams.length, 2);
    const pauses = [];
    for (let i = 0; i < 10; i++) {
      const { length } = server.streams;
      const begun = clock.now;
      while (server.streams.length === length) await clock.advance(10);
      pauses.push(clock.now - begun);
    }
    assert.ok(pauses.every((pause) => pause >= 100 && pause <= 5_000), String(pauses));
    assert.ok(pauses.at(-1) > 2_000);
    server.streamStatus = 200;
    await clock.advance(5_000);
    server.stream.hello(1).beat(1);
    await settled();
    server.stream.end();
    await settled();
    assert.equal(server.stream.signal.aborted, false);
  });

  it('is warned of where it is refused: of each reason once, until something is proven', async () => {
    const warnings = [];
    client.close();
    server.streamStatus = 401;
    client = newClient({ warn: (message) => warnings.push(message) });
    await clock.advance(30_000);
    assert.ok(server.streams.length > 5);
    assert.deepEqual(warnings, ['Changes at Latchkey are not heard: the stream is answered with 401. Until they are, each request is asked about.']);
    server.streamStatus = 404;
    await clock.advance(20_000);
    server.streamStatus = 401;
    await clock.advance(20_000);
    assert.equal(warnings.length, 2);
    assert.match(warnings[1], /answered with 404/);
    server.streamStatus = 200;
    await clock.advance(5_000);
    server.stream.hello(1).beat(1);
    await settled();
    server.streamStatus = 401;
    server.stream.end();
    await clock.advance(20_000);
    assert.equal(warnings.length, 3);
    assert.match(warnings[2], /answered with 401/);
    client.close();
    await clock.advance(20_000);
    assert.equal(warnings.length, 3);
  });

  it('is warned of where it cannot be reached or says nothing, without what the service proves itself by', async () => {
    const warnings = [];
    client.close();
    const { fetch } = server;
    const failures = [
      new TypeError('Headers.append: "Basic cGFyY2Vs" is an invalid header value.'),
      Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } }),
    ];
    server.fetch = (url, init) => (url.pathname === '/changes' && failures.length > 0 ? Promise.reject(failures.shift()) : fetch(url, init));
    client = newClient({ warn: (message) => warnings.push(message) });
    await clock.advance(20_000);
    assert.deepEqual(
      warnings.map((warning) => /not heard: (.*)\. Until/.exec(warning)[1]),
      ['the stream has failed', 'it cannot be reached (ECONNREFUSED)', 'nothing has come for 3 s'],
    );
  });

  for (const [when, warn] of [
    ['at once', () => { throw new Error('no log'); }],
    ['later', async () => { throw new Error('no log'); }],
  ]) {
    it(`is opened again where the warning itself fails ${when}`, async () => {
      client.close();
      server.streamStatus = 401;
      client = newClient({ warn });
      await clock.advance(10_000);
      assert.ok(server.streams.length > 3);
    });
  }

  it('is no news where it ends after it has proven something', async () => {
    const warnings = [];
    client.close();
    client = newClient({ warn: (message) => warnings.push(message) });
    await following();
    server.stream.end();
    await settled();
    await following();
    assert.deepEqual(warnings, []);
  });

  it('ends with the service', async () => {
    await following();
    client.close();
    await clock.advance(10_000);
    assert.equal(server.streams.length, 1);
    assert.equal(server.stream.signal.aborted, true);
  });

  it('says nothing any more once it was broken off', async () => {
    await following();
    const [old] = server.streams;
    await clock.advance(3_000);
    server.stream.hello(90_000, 75_000).beat(90_000);
    old.beat(53_000);
    await settled();
    await use();
    assert.equal(await isKept(), true);
  });
});

describe('another stream', () => {
  beforeEach(following);

  /** The stream ends, and another one begins. */
  async function next(now, since, rules) {
    server.stream.end();
    await settled();
    server.stream.hello(now, since, rules).beat(now);
    await settled();
  }

  it('has everything kept where its node remembers back to the last proof', async () => {
    await use();
    await clock.advance(500);
    await next(900, 100);
    assert.equal(await isKept(), true);
  });

  it('has everything forgotten where its node began to listen later', async () => {
    await use();
    await clock.advance(500);
    await next(900, 500);
    assert.equal(await isKept(), false);
  });

  it('has everything forgotten under other rules', async () => {
    await use();
    await next(70_000, 55_000, 'r2');
    server.answer = active({ rules: 'r2' });
    assert.equal(await isKept(), false);
    assert.equal(await isKept(), true);
  });

  it('counts by its own clock', async () => {
    await use();
    await clock.advance(1_500);
    await next(7, -14_993);
    await clock.advance(1_900);
    assert.equal(await isKept(), true);
  });
});

describe('the two clocks', () => {
  beforeEach(following);

  it('end the belief after the machine has slept', async () => {
    await use();
    clock.sleep(4_000);
    assert.equal(await isKept(), false);
  });

  it('have beats old that were read only after it', async () => {
    await use();
    clock.sleep(4_000);
    server.stream.beat(50_001);
    await settled();
    assert.equal(client.state.believes, false);
  });

  it('have everything forgotten where it has slept longer than a node remembers', async () => {
    await use();
    clock.sleep(60_000);
    server.stream.end();
    await settled();
    server.stream.hello(110_000, 95_000).beat(110_000);
    await settled();
    assert.equal(await isKept(), false);
  });

  it('end a token whose end has come while it slept', async () => {
    server.answer = active({ believe_s: 5 });
    await use();
    clock.sleep(6_000);
    server.stream.end();
    await settled();
    server.stream.hello(56_000, 41_000).beat(56_000);
    await settled();
    assert.equal(client.state.believes, true);
    assert.equal(await isKept(), false);
  });

  it('have the stream opened anew where the wall clock was set', async () => {
    await use();
    clock.setWall(3_600_000);
    assert.equal(await isKept(), false);
    server.stream.beat(50_001);
    await settled();
    assert.equal(server.streams.length, 2);
    server.stream.hello().beat(50_000);
    await settled();
    await use();
    assert.equal(await isKept(), true);
  });

  it('believe nothing longer where it was set back', async () => {
    await use();
    clock.setWall(-3_600_000);
    await clock.advance(2_001);
    assert.equal(await isKept(), false);
  });

  it('bear that it is set right by little', async () => {
    await use();
    clock.setWall(900);
    assert.equal(await isKept(), true);
    server.stream.beat(50_001);
    await settled();
    assert.equal(server.streams.length, 1);
  });
});

describe('a token’s limit', () => {
  beforeEach(following);

  it('is counted here, minute by minute, from the first use on', async () => {
    server.answer = active({ rate_limit: 2 });
    assert.deepEqual([await use(), await use(), await use()], [200, 200, 429]);
    await pass(59_000);
    await assert.rejects(client.verify(token()), (refusal) => {
      const headers = refusal.headers();
      assert.deepEqual([headers['Retry-After'], headers['RateLimit-Policy'], headers.RateLimit], ['1', '"token";q=2;w=60', '"token";r=0;t=1']);
      return true;
    });
    await pass(1_000);
    assert.equal(await use(), 200);
  });

  it('goes on where the answer is renewed, and begins anew where it is another one', async () => {
    server.answer = active({ rate_limit: 2 });
    await use();
    server.stream.mark(7);
    await settled();
    assert.deepEqual([await use(), await use()], [200, 429]);
    server.answer = active({ rate_limit: 3 });
    server.stream.mark(7);
    await settled();
    assert.equal(await use(), 200);
  });
});
