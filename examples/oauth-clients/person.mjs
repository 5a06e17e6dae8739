// The person before the browser, played by a few requests: signs in, sees who asks for what, and answers.
const text = (html) => html.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&');

// Its cookies, and where it was sent without following.
export class Browser {
  #cookies = new Map();

  async open(url, fields) {
    const answer = await fetch(url, {
      method: fields ? 'POST' : 'GET', redirect: 'manual', body: fields && new URLSearchParams(fields),
      headers: { accept: 'text/html', cookie: [...this.#cookies].map((pair) => pair.join('=')).join('; ') },
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [name, value] = cookie.split(';')[0].split(/=(.*)/s);
      this.#cookies.set(name, value);
    }
    const body = await answer.text();
    // A page may lead on, too.
    const to = answer.headers.get('location') ?? text(body.match(/http-equiv="refresh" content="0;url=([^"]*)"/)?.[1] ?? '');
    return { url, status: answer.status, body, to: to && new URL(to, url) };
  }
}

export class Person {
  #browser = new Browser();

  constructor(latchkey, email, password) {
    Object.assign(this, { latchkey, email, password });
  }

  // Opens what the application leads to, and says where that sends the browser back to. Of what is asked for, the person
  // allows what the function picks; what is allowed already is not asked about again.
  async answer(url, picks = (scopes) => scopes) {
    let page = await this.#follow(await this.#browser.open(url));
    if (page.body?.includes('name="password"')) {
      page = await this.#follow(await this.#browser.open(new URL('/login', this.latchkey),
        { email: this.email, password: this.password, _csrf: this.#field(page, '_csrf') }));
    }
    if (page instanceof URL) return page;
    const asked = [...page.body.matchAll(/name="scope"[^>]*value="([^"]*)"/g)].map((found) => found[1]);
    if (asked.length === 0) throw new Error(`Nothing is asked at ${page.url} (${page.status})`);
    const back = await this.#follow(await this.#browser.open(new URL('/oauth2/authorize', this.latchkey), [
      ...['client_id', 'state', '_csrf'].map((name) => [name, this.#field(page, name)]),
      ...picks(asked).map((scope) => ['scope', scope])]));
    if (back instanceof URL) return back;
    throw new Error(`The answer ended at ${back.url} (${back.status})`);
  }

  // As far as Latchkey leads within itself; a page, or the address outside.
  async #follow(page) {
    while (page.to) {
      if (page.to.origin !== new URL(this.latchkey).origin) return page.to;
      page = await this.#browser.open(page.to);
    }
    return page;
  }

  #field(page, name) {
    const input = page.body.match(new RegExp(`<input[^>]*name="${name}"[^>]*>`))?.[0];
    return text(input?.match(/value="([^"]*)"/)?.[1] ?? '');
  }
}
