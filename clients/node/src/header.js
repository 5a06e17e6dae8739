import { Refusal } from './refusal.js';

const LONGEST = 512;

/** Signed tokens are longer. */
const LONGEST_OF_OTHERS = 8192;

const TOKEN68 = /^[0-9A-Za-z._~+/-]+=*$/;

/** Sanctum's, which are taken in as they are. */
const NUMBERED = /^[0-9]{1,18}\|[0-9A-Za-z._~+/-]+=*$/;

/**
 * Reads the token of RFC 6750 section 2.1 from the one header that may carry it. Node keeps the first of two; so this reads what came.
 *
 * @param rawHeaders names and values in turn, as Node has them
 * @param otherForms whether a token may be signed, or have a number before it
 * @returns the token, null where there is no header or another scheme
 * @throws Refusal where the header is there twice or cannot be read
 */
export function bearerToken(rawHeaders, otherForms) {
  let value = null;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (rawHeaders[i].length !== 13 || rawHeaders[i].toLowerCase() !== 'authorization') continue;
    if (value !== null) throw Refusal.malformed('The header Authorization is given twice');
    value = rawHeaders[i + 1].trim();
  }
  if (value === null) return null;
  const space = value.indexOf(' ');
  if (space < 0) throw Refusal.malformed('The header needs a scheme and a value: Bearer <token>');
  if (value.slice(0, space).toLowerCase() !== 'bearer') return null;
  const longest = otherForms ? LONGEST_OF_OTHERS : LONGEST;
  if (value.length > longest) throw Refusal.malformed(`The header is longer than ${longest} characters`);
  const token = value.slice(space).replace(/^ +/, '');
  if (!TOKEN68.test(token) && !(otherForms && NUMBERED.test(token))) {
    throw Refusal.malformed('The token has a character that RFC 6750 does not allow');
  }
  return token;
}
