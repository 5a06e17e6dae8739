import type { onRequestHookHandler } from 'fastify';
import type { Caller, Guards, Latchkey } from './index.js';

/** `onRequest` hooks; whom they let in stands in `request.caller`. */
export function forFastify(latchkey: Latchkey): Guards<onRequestHookHandler>;

declare module 'fastify' {
  interface FastifyRequest {
    /** Behind a guard; null where `tokenIfGiven()` lets nobody in particular pass. */
    caller?: Caller | null;
  }
}
