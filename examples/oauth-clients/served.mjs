// An application that stands behind /login and /callback, asked as a browser asks it, with the same words as the other ones.
import session from 'express-session';
import { Browser } from '../lib/browser.mjs';

export async function served(application, settings) {
  const store = new session.MemoryStore();
  const { app, ...rest } = application({ ...settings, store });
  const server = await new Promise((resolve) => {
    const one = app.listen(new URL(settings.redirectUri).port, '127.0.0.1', () => resolve(one));
  });
  return {
    ...rest,
    async begin() {
      const browser = new Browser();
      const { to } = await browser.open(new URL('/login', settings.redirectUri));
      return { url: to, kept: { browser, sessions: { ...store.sessions } } };
    },
    // As often as is asked with the same session, although the application forgets it after the first answer.
    async finish(back, { browser, sessions }) {
      Object.assign(store.sessions, sessions);
      const { status, body } = await browser.open(back);
      const answer = JSON.parse(body);
      if (status === 200) return answer;
      const error = new Error(answer.error);
      throw /^[a-z_]+$/.test(answer.error) ? Object.assign(error, answer) : error;
    },
    close: () => server.close(),
  };
}
