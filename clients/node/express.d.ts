import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller, Guards, Latchkey } from './index.js';

/** Middleware; whom it lets in stands in `request.caller`. */
export type Middleware = (request: IncomingMessage, response: ServerResponse, next: (failure?: unknown) => void) => void;

export function forExpress(latchkey: Latchkey): Guards<Middleware>;

declare global {
  namespace Express {
    interface Request {
      /** Behind a guard; null where `tokenIfGiven()` lets nobody in particular pass. */
      caller?: Caller | null;
    }
  }
}
