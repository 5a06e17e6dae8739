import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { programs } from './postgres.js';

const TARGET = fileURLToPath(new URL('../../../../target', import.meta.url));

const ADMIN = { email: 'admin@node.example', password: 'three nodes of one tree' };

/** The server's jar: LATCHKEY_JAR, or what was built last; null where there is none. */
export function jar() {
  const built = existsSync(TARGET) ? readdirSync(TARGET).find((name) => /^latchkey-.*(?<!-sources)\.jar$/.test(name)) : undefined;
  return process.env.LATCHKEY_JAR ?? (built ? join(TARGET, built) : null);
}

/** Why there is nothing to test with, or false. */
export function missing() {
  if (jar() === null) return 'no jar: ./mvnw -DskipTests package';
  return programs() === null ? 'no PostgreSQL of Debian' : false;
}

/** A node of Latchkey, as a process of its own. */
export class Node {
  #process;

  #log = '';

  static async start(database) {
    const node = new Node();
    await node.#start(database);
    return node;
  }

  async #start(database) {
    const settings = ['--server.address=127.0.0.1', '--server.port=0', '--management.server.port=0', '--latchkey.limits.token=1000000'];
    this.#process = spawn('java', ['-XX:TieredStopAtLevel=1', '-Xmx256m', '-XX:+UseSerialGC', '-jar', jar(), ...settings], {
      env: {
        ...process.env,
        SPRING_DATASOURCE_URL: database.url,
        SPRING_DATASOURCE_USERNAME: 'postgres',
        SPRING_DATASOURCE_PASSWORD: 'none',
        LATCHKEY_ADMIN_EMAIL: ADMIN.email,
        LATCHKEY_ADMIN_PASSWORD: ADMIN.password,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    await new Promise((resolve, reject) => {
      const read = (text) => {
        this.#log += text;
        if (this.#log.includes('Started LatchkeyApplication')) resolve();
      };
      this.#process.stdout.setEncoding('utf8').on('data', read);
      this.#process.stderr.setEncoding('utf8').on('data', read);
      this.#process.once('exit', (code) => reject(new Error(`A node ended with ${code}:\n${this.#log}`)));
    });
    this.port = Number(/Tomcat started on port (\d+)/.exec(this.#log)[1]);
  }

  signal(name) {
    this.#process.kill(name);
  }

  async stop() {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    this.#process.kill('SIGCONT');
    this.#process.kill('SIGKILL');
    await new Promise((resolve) => this.#process.once('exit', resolve));
  }

  /** Calls its API, and returns what it answers, or throws. */
  async call(method, path, token, body) {
    const response = await fetch(`http://127.0.0.1:${this.port}${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}: ${text}`);
    return text ? JSON.parse(text) : null;
  }

  async signIn(account, scopes) {
    const { token, id } = await this.call('POST', '/api/login', null, { ...account, token_name: 'test', scopes });
    return { token, id };
  }

  admin() {
    return this.signIn(ADMIN, ['*']);
  }
}
