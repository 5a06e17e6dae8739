// The person before the browser, played by a few form posts: signs in, sees who asks for what, and answers.
import { Browser, field } from '../lib/browser.mjs';

export class Person {
  #browser = new Browser();

  constructor(latchkey, email, password) {
    Object.assign(this, { latchkey, email, password });
  }

  // Opens what the application leads to, and says where that sends the browser back to. Of what is asked for, the person
  // allows what the function picks; what is allowed already is not asked about again.
  async answer(url, picks = (scopes) => scopes) {
    let page = await this.#browser.follow(url);
    if (page.body.includes('name="password"')) {
      page = await this.#browser.follow(new URL('/login', this.latchkey),
        { email: this.email, password: this.password, _csrf: field(page, '_csrf') });
    }
    if (page.to) return page.to;
    const asked = [...page.body.matchAll(/name="scope"[^>]*value="([^"]*)"/g)].map((found) => found[1]);
    if (asked.length === 0) throw new Error(`Nothing is asked at ${page.url} (${page.status})`);
    const back = await this.#browser.follow(new URL('/oauth2/authorize', this.latchkey), [
      ...['client_id', 'state', '_csrf'].map((name) => [name, field(page, name)]),
      ...picks(asked).map((scope) => ['scope', scope])]);
    if (back.to) return back.to;
    throw new Error(`The answer ended at ${back.url} (${back.status})`);
  }
}
