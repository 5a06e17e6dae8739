import { guards } from './index.js';

/**
 * Returns middleware for Express (and whatever else has `(request, response, next)`): whom it lets in stands in `request.caller`.
 */
export function forExpress(latchkey) {
  return guards((asked, guests) => (request, response, next) => {
    const act = (answer) => {
      // Somebody has answered meanwhile: a time limit of the service, for one.
      if (response.headersSent) return;
      for (const name in answer.headers) response.setHeader(name, answer.headers[name]);
      if (answer.status === undefined) {
        request.caller = answer.caller;
        next();
      } else {
        response.statusCode = answer.status;
        response.end(answer.body);
      }
    };
    const answer = latchkey.decide(request, asked, guests);
    if (answer instanceof Promise) answer.then(act).catch(next);
    else act(answer);
  });
}
