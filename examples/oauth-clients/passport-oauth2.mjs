// A web application on Express whose users sign in by Latchkey, made with passport-oauth2
// (https://github.com/jaredhanson/passport-oauth2). /login leads to Latchkey, which leads back to /callback. The library does
// PKCE and state; iss, refresh, introspection and revocation are a few lines each.
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import express from 'express';
import session from 'express-session';
import passport from 'passport';
import OAuth2Strategy from 'passport-oauth2';

export function application({ issuer, clientId, clientSecret, redirectUri, scope, store }) {
  const strategy = new OAuth2Strategy({
    authorizationURL: `${issuer}/oauth2/authorize`, tokenURL: `${issuer}/oauth2/token`,
    clientID: clientId, clientSecret, callbackURL: redirectUri, scope, pkce: true, state: true,
  }, (accessToken, refreshToken, answer, profile, done) => done(null, { ...answer, refresh_token: refreshToken }));
  const guard = passport.authenticate(strategy, { session: false, failWithError: true });

  const app = express();
  // Without a store of your own sessions are kept in memory, which is for trying alone.
  app.use(session({ store, secret: randomBytes(32).toString('hex'), resave: false, saveUninitialized: false }));
  app.get('/login', guard);
  app.get('/callback', (request, response, next) => {
    if (request.query.iss === issuer) return next();
    response.status(403).json({ error: `Another server has answered: ${request.query.iss}` });
  }, guard, (request, response) => {
    // An application keeps them in its session, and shows its own pages. This one shows what it got.
    response.json(request.user);
  });
  app.use((error, request, response, next) => response.status(error.status ?? 502).json({ error: error.code ?? error.message }));

  // To other endpoints than the library's, with the same credentials.
  const ask = async (path, form) => {
    const response = await fetch(`${issuer}${path}`, {
      method: 'POST', body: new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...form }),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return response;
  };
  const redeem = promisify((token, done) => strategy._oauth2.getOAuthAccessToken(token, { grant_type: 'refresh_token' },
    (error, accessToken, refreshToken, answer) => done(error, { ...answer, refresh_token: refreshToken })));

  return {
    app,
    refresh: (tokens) => redeem(tokens.refresh_token),
    introspect: async (token) => (await ask('/oauth2/introspect', { token })).json(),
    revoke: (token) => ask('/oauth2/revoke', { token }),
  };
}
