import { crc32 } from 'node:zlib';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function base62(value, length) {
  let digits = '';
  for (let rest = value; digits.length < length; rest = Math.floor(rest / 62)) digits = DIGITS[rest % 62] + digits;
  return digits;
}

/** A token that nobody has, whose form is right. */
export function token(number = 1, prefix = 'lkp') {
  const body = `${prefix}_${base62(number, 43)}`;
  return body + base62(crc32(body), 6);
}
