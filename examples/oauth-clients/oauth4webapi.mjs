// An application that acts for a user, made with oauth4webapi (https://github.com/panva/oauth4webapi).
import * as oauth from 'oauth4webapi';

// The demo speaks http on this very machine. Leave it out where Latchkey is behind https.
const http = { [oauth.allowInsecureRequests]: true };

export async function application({ issuer, clientId, clientSecret, redirectUri, scope }) {
  const latchkey = new URL(issuer);
  const server = await oauth.processDiscoveryResponse(latchkey,
    await oauth.discoveryRequest(latchkey, { algorithm: 'oauth2', ...http }));
  const client = { client_id: clientId };
  const secret = oauth.ClientSecretBasic(clientSecret);

  return {
    // Where to send the browser, and what to keep in its session until it comes back.
    async begin() {
      const verifier = oauth.generateRandomCodeVerifier();
      const state = oauth.generateRandomState();
      const url = new URL(server.authorization_endpoint);
      url.search = new URLSearchParams({
        response_type: 'code', client_id: clientId, redirect_uri: redirectUri, scope, state,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
      });
      return { url, kept: { verifier, state } };
    },

    // The address at which the browser came back. The library compares state and iss.
    async finish(back, { verifier, state }) {
      const answer = oauth.validateAuthResponse(server, client, back, state);
      const response = await oauth.authorizationCodeGrantRequest(server, client, secret, answer, redirectUri, verifier, http);
      return oauth.processAuthorizationCodeResponse(server, client, response);
    },

    async refresh(tokens) {
      const response = await oauth.refreshTokenGrantRequest(server, client, secret, tokens.refresh_token, http);
      return oauth.processRefreshTokenResponse(server, client, response);
    },

    async introspect(token) {
      const response = await oauth.introspectionRequest(server, client, secret, token, http);
      return oauth.processIntrospectionResponse(server, client, response);
    },

    async revoke(token) {
      await oauth.processRevocationResponse(await oauth.revocationRequest(server, client, secret, token, http));
    },
  };
}
