// A browser without a screen: keeps cookies, and follows where a server leads within itself.
const text = (html) => html.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&');

export class Browser {
  #cookies = new Map();

  // Opens an address, or sends a form there; "to" is where the answer leads, if it does.
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

  // Likewise, until a page is there or the answer leads elsewhere.
  async follow(url, fields) {
    let page = await this.open(url, fields);
    while (page.to && page.to.origin === new URL(url).origin) {
      page = await this.open(page.to);
    }
    return page;
  }
}

// The value of a page's field.
export function field(page, name) {
  const input = page.body.match(new RegExp(`<input[^>]*name="${name}"[^>]*>`))?.[0];
  return text(input?.match(/value="([^"]*)"/)?.[1] ?? '');
}
