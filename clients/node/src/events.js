/** More than any event that a node writes, and so than any line. */
const LONGEST = 1 << 20;

/**
 * Reads a stream of server-sent events (WHATWG HTML, section 9.2.6) from pieces of any length. An event that is not whole yet is none.
 */
export class EventReader {
  #decoder = new TextDecoder();

  #rest = '';

  #name = '';

  #data = [];

  #length = 0;

  /** Returns the events that are whole with this piece, as `{ name, data }`. */
  read(bytes) {
    this.#rest += this.#decoder.decode(bytes, { stream: true });
    const events = [];
    for (;;) {
      const end = this.#rest.search(/[\r\n]/);
      // A line break of two signs may have been cut in two.
      if (end < 0 || (this.#rest[end] === '\r' && end === this.#rest.length - 1)) break;
      const line = this.#rest.slice(0, end);
      this.#rest = this.#rest.slice(this.#rest.startsWith('\r\n', end) ? end + 2 : end + 1);
      const event = this.#take(line);
      if (event) events.push(event);
    }
    if (this.#rest.length > LONGEST) throw new Error('A line of the stream has no end');
    return events;
  }

  #take(line) {
    if (line === '') {
      const event = this.#data.length > 0 ? { name: this.#name, data: this.#data.join('\n') } : null;
      this.#name = '';
      this.#data = [];
      this.#length = 0;
      return event;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') this.#name = value;
    else if (field === 'data') {
      // The break before it counts, so that lines without anything come to an end, too.
      this.#length += value.length + 1;
      if (this.#length > LONGEST) throw new Error('An event of the stream has no end');
      this.#data.push(value);
    }
    return null;
  }
}
