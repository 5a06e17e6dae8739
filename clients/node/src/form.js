/**
 * The raw form of Latchkey's tokens: prefix, kind, underscore, 43 base62 digits, then the CRC-32 of all that as 6 more. What has another
 * form is refused without a question.
 */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

const CHECKSUM_DIGITS = 6;

/** Of personal and of OAuth's access tokens. A refresh token opens nothing. */
const KINDS = 'po';

const CRC = Int32Array.from({ length: 256 }, (none, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

function checksum(text) {
  let rest = -1;
  for (let i = 0; i < text.length; i++) rest = CRC[(rest ^ text.charCodeAt(i)) & 0xff] ^ (rest >>> 8);
  let value = (rest ^ -1) >>> 0;
  let digits = '';
  for (let i = 0; i < CHECKSUM_DIGITS; i++) {
    digits = DIGITS[value % 62] + digits;
    value = Math.floor(value / 62);
  }
  return digits;
}

/**
 * Returns what says whether a text has the form of an access token.
 *
 * @param prefix the company part, as `latchkey.tokens.prefix` has it
 */
export function accessTokenForm(prefix) {
  const form = new RegExp(`^${prefix}[${KINDS}]_[0-9A-Za-z]{49}$`);
  return (text) => form.test(text) && text.endsWith(checksum(text.slice(0, -CHECKSUM_DIGITS)));
}
