// An application that acts for a user, made with simple-oauth2 (https://github.com/lelylan/simple-oauth2). The library knows
// neither PKCE nor iss nor introspection: a few lines each.
import { createHash, randomBytes } from 'node:crypto';
import { AuthorizationCode } from 'simple-oauth2';

export async function application({ issuer, clientId, clientSecret, redirectUri, scope }) {
  const library = new AuthorizationCode({
    client: { id: clientId, secret: clientSecret },
    auth: { tokenHost: issuer, authorizePath: '/oauth2/authorize', tokenPath: '/oauth2/token', revokePath: '/oauth2/revoke' },
  });

  return {
    // Where to send the browser, and what to keep in its session until it comes back.
    async begin() {
      const verifier = randomBytes(32).toString('base64url');
      const state = randomBytes(16).toString('base64url');
      const url = new URL(library.authorizeURL({
        redirect_uri: redirectUri, scope, state,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256',
      }));
      return { url, kept: { verifier, state } };
    },

    // The address at which the browser came back.
    async finish(back, { verifier, state }) {
      const answer = Object.fromEntries(back.searchParams);
      if (answer.state !== state) throw new Error('This is no answer to what this browser was sent to ask');
      if (answer.iss !== issuer) throw new Error(`Another server has answered: ${answer.iss}`);
      if (answer.error) throw Object.assign(new Error(answer.error_description), { error: answer.error });
      const { token } = await library.getToken({ code: answer.code, redirect_uri: redirectUri, code_verifier: verifier });
      return token;
    },

    refresh: async (tokens) => (await library.createToken(tokens).refresh()).token,

    async introspect(token) {
      const response = await fetch(`${issuer}/oauth2/introspect`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
        body: new URLSearchParams({ token }),
      });
      if (!response.ok) throw new Error(`Introspection answered ${response.status}`);
      return response.json();
    },

    revoke: (token) => library.createToken({ access_token: token }).revoke('access_token'),
  };
}
