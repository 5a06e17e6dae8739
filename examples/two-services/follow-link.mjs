// The person who follows the link of a refusal: signs in, looks at the form that it has filled in, and generates the token, which
// is printed.
//
//   node follow-link.mjs "$REQUEST_TOKEN_URL"
import { Browser, field } from '../lib/browser.mjs';

const link = process.argv[2];
const browser = new Browser();
let page = await browser.follow(link);
page = await browser.follow(new URL('/login', link),
  { email: 'test@latchkey.dev', password: 'latchkey-user', _csrf: field(page, '_csrf') });

const form = page.body.match(/<form[^>]*action="\/tokens\/new"[\s\S]*?<\/form>/)?.[0] ?? page.body;
const filled = [];
for (const [input] of form.matchAll(/<input[^>]*>/g)) {
  const attribute = (name) => input.match(new RegExp(`\\b${name}="([^"]*)"`))?.[1];
  if (attribute('type') === 'checkbox' && !/\bchecked\b/.test(input)) continue;
  if (attribute('name')) filled.push([attribute('name'), attribute('value') ?? '']);
}
for (const [, name, options] of form.matchAll(/<select[^>]*name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g)) {
  filled.push([name, options.match(/<option[^>]*value="([^"]*)"[^>]*selected/)?.[1] ?? '']);
}
const made = await browser.follow(new URL('/tokens/new', link), filled);
console.log(made.body.match(/lkp_[0-9A-Za-z]{49}/)?.[0] ?? `No token: ${made.status}`);
