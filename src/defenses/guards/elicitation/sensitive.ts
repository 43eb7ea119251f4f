import { wordsOf } from '../words.ts';

/** Longest text in which a name is looked for. */
const maxText = 2000;

/** What no form may ask for (specification, client/elicitation: no sensitive information by form), in the singular. */
const secrets = words(`
  password, passwd, passphrase, passcode, pwd, otp, totp, mfa, 2fa, cvv, cvc, secret, token, credential, apikey,
  mnemonic, verification, iban, ssn, cookie, bearer, jwt, seed phrase, unlock phrase, recovery phrase, secret phrase,
  security question, security answer, access code, confirmation code, recovery code, security code, backup code,
  pin code, api key, access key, private key, recovery key, ssh key, session id, account number, account reference,
  routing number, card number, credit card, debit card, social security, passport number, tax number`);
/** What is a secret as the name of a field, and in a sentence can be anything. */
const secretNames = words('pin, code, key');
/** Words before a code or key that is no secret. */
const harmless = words(`
  zip, postal, post, country, currency, language, area, airport, product, color, error, primary, sort, foreign,
  search, promo, discount, coupon, source`);

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(',').map((word) => word.trim()));
}

/** The first name of a secret in a text; undefined when there is none. @param isName whether the text names a field */
export function secretNamed(text: string, isName: boolean): string | undefined {
  const spoken = wordsOf(text.slice(0, maxText).normalize('NFKC'));
  for (const [at, word] of spoken.entries()) {
    const pair = `${word} ${spoken[at + 1] ?? ''}`;
    if (secrets.has(pair)) return pair;
    if (secrets.has(word)) return word;
    if (isName && secretNames.has(word) && !harmless.has(spoken[at - 1] ?? '')) return word;
  }
  return undefined;
}
