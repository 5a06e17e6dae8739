import { guards } from './index.js';

/**
 * Returns `onRequest` hooks for Fastify: whom they let in stands in `request.caller`. They decide before a body is read.
 */
export function forFastify(latchkey) {
  return guards((asked, guests) => (request, reply, done) => {
    const act = (answer) => {
      // Somebody has answered meanwhile: a time limit of the service, for one.
      if (reply.sent) return;
      reply.headers(answer.headers);
      if (answer.status === undefined) {
        request.caller = answer.caller;
        done();
      } else {
        reply.code(answer.status).send(answer.body);
      }
    };
    const answer = latchkey.decide(request.raw, asked, guests);
    if (answer instanceof Promise) answer.then(act).catch(done);
    else act(answer);
  });
}
