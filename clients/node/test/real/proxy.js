import { connect, createServer } from 'node:net';

/**
 * What stands between a service and the nodes: it gives each connection to the next node that takes it, and may cut all, hold back what
 * the nodes say, or swallow everything.
 */
export class Proxy {
  #nodes;

  #next = 0;

  #pairs = new Set();

  #mode = 'pass';

  #server;

  static async start(nodes) {
    const proxy = new Proxy();
    proxy.#nodes = nodes;
    proxy.#server = createServer((client) => proxy.#take(client, nodes.length));
    await new Promise((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    proxy.address = `http://127.0.0.1:${proxy.#server.address().port}`;
    return proxy;
  }

  #take(client, tries) {
    client.on('error', () => {});
    if (this.#mode === 'swallow') {
      this.#keep({ client, node: null, held: [] });
      return;
    }
    const target = this.#nodes[this.#next++ % this.#nodes.length];
    const node = connect(target.port, '127.0.0.1');
    let connected = false;
    node.once('connect', () => {
      connected = true;
      const pair = { client, node, held: [] };
      this.#keep(pair);
      client.on('data', (piece) => this.#mode !== 'swallow' && node.write(piece));
      node.on('data', (piece) => this.#answer(pair, piece));
    });
    node.on('error', () => {
      if (!connected && tries > 1) this.#take(client, tries - 1);
      else client.destroy();
    });
  }

  #keep(pair) {
    this.#pairs.add(pair);
    const end = () => {
      this.#pairs.delete(pair);
      pair.client.destroy();
      pair.node?.destroy();
    };
    pair.client.once('close', end);
    pair.node?.once('close', end);
  }

  #answer(pair, piece) {
    if (this.#mode === 'pass') pair.client.write(piece);
    else if (this.#mode === 'hold') pair.held.push(piece);
  }

  cut() {
    for (const { client, node } of this.#pairs) {
      client.resetAndDestroy();
      node?.destroy();
    }
  }

  /** Everything on the way is lost, and no connection ends. */
  swallow() {
    this.#mode = 'swallow';
  }

  /** As a buffering proxy: what the nodes say comes later, all at once. */
  hold() {
    this.#mode = 'hold';
  }

  pass() {
    this.#mode = 'pass';
    for (const pair of this.#pairs) for (const piece of pair.held.splice(0)) pair.client.write(piece);
  }

  async stop() {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
