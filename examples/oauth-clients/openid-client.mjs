// An application that acts for a user, made with openid-client (https://github.com/panva/openid-client).
import * as client from 'openid-client';

export async function application({ issuer, clientId, clientSecret, redirectUri, scope }) {
  const server = await client.discovery(new URL(issuer), clientId, undefined, client.ClientSecretBasic(clientSecret), {
    algorithm: 'oauth2',
    // The demo speaks http on this very machine. Leave it out where Latchkey is behind https.
    execute: [client.allowInsecureRequests],
  });

  return {
    // Where to send the browser, and what to keep in its session until it comes back.
    async begin() {
      const verifier = client.randomPKCECodeVerifier();
      const state = client.randomState();
      const url = client.buildAuthorizationUrl(server, {
        redirect_uri: redirectUri, scope, state,
        code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
      });
      return { url, kept: { verifier, state } };
    },

    // The address at which the browser came back. The library compares state and iss.
    finish: (back, { verifier, state }) =>
      client.authorizationCodeGrant(server, back, { pkceCodeVerifier: verifier, expectedState: state }),

    refresh: (tokens) => client.refreshTokenGrant(server, tokens.refresh_token),

    introspect: (token) => client.tokenIntrospection(server, token),

    revoke: (token) => client.tokenRevocation(server, token),
  };
}
