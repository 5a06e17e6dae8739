import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const DEBIAN = '/usr/lib/postgresql';

/** Where Debian keeps the newest PostgreSQL that there is, or null. */
export function programs() {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((one, other) => other - one) : [];
  const found = versions.map((version) => join(DEBIAN, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb')));
  return found ?? null;
}

/** A database of its own: on the server at LATCHKEY_TEST_DATABASE (`jdbc:postgresql://127.0.0.1:5432/`), or on one that ends with it. */
export class Postgres {
  static async start() {
    const given = process.env.LATCHKEY_TEST_DATABASE;
    const database = new Postgres();
    if (given) [, database.port] = /^jdbc:postgresql:\/\/127\.0\.0\.1:(\d+)\/$/.exec(given);
    else await database.#startServer();
    database.name = `node_client_${process.pid}`;
    await database.#run('createdb', ['-h', '127.0.0.1', '-p', String(database.port), '-U', 'postgres', database.name]);
    return database;
  }

  get url() {
    return `jdbc:postgresql://127.0.0.1:${this.port}/${this.name}`;
  }

  /** Runs a statement, and returns once it is committed. */
  async sql(statement) {
    await this.#run('psql', ['-qX', '-v', 'ON_ERROR_STOP=1', '-h', '127.0.0.1', '-p', String(this.port), '-U', 'postgres', '-d', this.name, '-c', statement]);
  }

  stop() {
    if (this.folder) {
      this.#asPostgres('pg_ctl', ['-D', join(this.folder, 'data'), '-m', 'immediate', '-w', 'stop']);
      rmSync(this.folder, { recursive: true });
    }
  }

  async #startServer() {
    this.folder = mkdtempSync(join(tmpdir(), 'latchkey-postgres-'));
    chmodSync(this.folder, 0o777);
    this.port = await freePort();
    const data = join(this.folder, 'data');
    this.#asPostgres('initdb', ['--auth=trust', '--username=postgres', '--encoding=UTF8', '--locale=C.UTF-8', '-D', data]);
    const options = `-p ${this.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_connections=200`;
    this.#asPostgres('pg_ctl', ['-D', data, '-l', join(this.folder, 'log'), '-o', options, '-w', 'start']);
  }

  #asPostgres(program, options) {
    const path = join(programs(), program);
    const [command, ...before] = process.getuid() === 0 ? ['runuser', '-u', 'postgres', '--', path] : [path];
    execFileSync(command, [...before, ...options], { stdio: 'ignore' });
  }

  async #run(program, options) {
    await promisify(execFile)(join(programs(), program), options);
  }
}

export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
