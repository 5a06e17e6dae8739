/**
 * The raw form of Latchkey's tokens: prefix, kind, underscore, 43 base62 digits, then the CRC-32 of all that as 6 more. What has another
 * form is refused without a question.
 */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

const CHECKSUM_DIGITS = 6;

/** Of personal and of OAuth's access tokens. A refresh token (`r`) opens nothing. */
const KINDS = 'po';

/** As long as a header may be where there are other forms. */
const LONGEST = 8192;

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
 * Returns what says whether something may be an access token. What has the form of a token of this server but a wrong checksum is none,
 * whatever other forms there are.
 *
 * @param prefix the company part, as `latchkey.tokens.prefix` has it
 * @param otherForms whether texts of another form may be, too
 */
export function accessTokenForm(prefix, otherForms) {
  const own = new RegExp(`^${prefix}[${KINDS}r]_[0-9A-Za-z]{49}$`);
  const isGood = (text) => KINDS.includes(text[prefix.length]) && text.endsWith(checksum(text.slice(0, -CHECKSUM_DIGITS)));
  return (text) => {
    if (typeof text !== 'string' || text === '' || text.length > LONGEST) return false;
    return own.test(text) ? isGood(text) : otherForms;
  };
}
