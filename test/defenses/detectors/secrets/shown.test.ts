import { describe, expect, test } from 'vitest';
import { errorReply, resultReply } from '../../../../src/contracts/wire.ts';
import { benignTexts } from '../benignTexts.ts';
import { begin, calling, reached, returning } from './kit.ts';

// Put together here, so that no file holds what looks like a key.
const cloudKey = ['AKIA', 'IOSFODNN7EXAMPLE'].join('');
const hostingKey = ['ghp', 'abcdefghijklmnopqrstuvwxyz0123456789'].join('_');

describe('what another service has shown', () => {
  test.each([
    ['Recovery code of the administrator account: rk-8f2k4m-q9w3x7\nNever pass it on.', 'rk-8f2k4m-q9w3x7'],
    ['DATABASE_USER=app\nDATABASE_PASSWORD=fuapfq4q68je9jch3m\n', 'fuapfq4q68je9jch3m'],
    ['{"content": "DATABASE_USER=app\\nDATABASE_PASSWORD=fuapfq4q68je9jch3m\\n"}', 'fuapfq4q68je9jch3m'],
    ['{"content": "Valid from today\\nToken: dpt_x7k2m9q4zzaa\\n"}', 'dpt_x7k2m9q4zzaa'],
    ['{\n  "api_key": "q1w2e3r4t5y6"\n}', 'q1w2e3r4t5y6'],
    ['The code word of the merger is plan-x7k2m9q4zz.', 'plan-x7k2m9q4zz'],
    ['{"token": "pm_yv2cvhcsczeg2kmz"}', 'pm_yv2cvhcsczeg2kmz'],
    [`your key ${cloudKey} here`, cloudKey],
    [`use ${hostingKey} for it`, hostingKey],
    ['card 4539 1488 0343 6467, valid', '4539148803436467'],
    [
      `-----BEGIN ${'RSA'} PRIVATE KEY-----\nMIIEowIBAAKCAQEA1c7Zx9l0yq2Yk3mX8rT5vW0nBdFhJkLpQsUaGzEtRiOy\n`,
      'MIIEowIBAAKCAQEA1c7Zx9l0yq2Yk3mX8rT5vW0nBdFhJkLpQsUaGzEtRiOy',
    ],
    [benignTexts['jwt'] ?? '', benignTexts['jwt'] ?? ''],
  ])('%j does not go to others', async (text, value) => {
    const { at: play, verdicts } = begin({});
    await play('mail', [returning(text)]);
    for (const service of ['shop', 'stranger']) {
      const passages = await play(service, [
        calling({ query: value }),
        calling({ query: Buffer.from(`<${value}>`).toString('base64') }),
      ]);
      expect(reached(passages), service).toEqual([false, false]);
    }
    expect(verdicts[0]?.reason).toContain('from mail');
    expect(reached(await play('mail', [calling({ query: value })]))).toEqual([true]);
  });

  test.each([
    ['structured content', resultReply({ structuredContent: { password: 'sesame-4711-open' } })],
    [
      'an entry with a name',
      resultReply({ variables: [{ key: 'DEPLOY_TOKEN', value: 'sesame-4711-open' }] }),
    ],
    ['a resource', resultReply({ contents: [{ text: 'Password: sesame-4711-open' }] })],
    ['an error', errorReply(-32_000, 'Wrong password: sesame-4711-open')],
  ])('it is learned from %s', async (_, reply) => {
    const { at: play } = begin({});
    await play('mail', [{ kind: 'host-request', method: 'resources/read', params: {}, reply }]);
    expect(reached(await play('shop', [calling({ query: 'sesame-4711-open' })]))).toEqual([false]);
  });

  test('the user can speak of it, in all words of its label', async () => {
    const instruction = 'Set the CI variable to the token in deploy/next-token.txt';
    const { at: play } = begin({ instruction });
    await play('mail', [returning('Token: dpt_x7k2m9q4zzaa\nPassword: fuapfq4q68je9jch3m')]);
    expect(
      reached(
        await play('shop', [
          calling({ value: 'dpt_x7k2m9q4zzaa' }),
          calling({ value: 'fuapfq4q68je9jch3m' }),
        ]),
      ),
    ).toEqual([true, false]);
  });

  test('a service that hands on does not tell what opens something', async () => {
    const { at: play, verdicts } = begin({});
    const text = 'fuapfq4q68je9jch3m';
    await play('mail', [returning(`Password: ${text}, mail jane@example.com`)]);
    const passages = await play('mail', [
      calling({ id: 1, password: text }, 'log_in'),
      calling({ body: text }, 'send_mail'),
      calling({ to: 'jane@example.com' }, 'send_mail'),
    ]);
    expect(reached(passages)).toEqual([true, false, true]);
    expect(verdicts).toHaveLength(1);
  });

  test('personal data goes to services that the task needs, and to no stranger', async () => {
    const { at: play, verdicts } = begin({});
    const values = [
      'jane.doe@mail.example',
      'DE89370400440532013000',
      '+49 30 1234567',
      'aB3dE5fG7hJ9kL1mN3pQ5rS7',
    ];
    await play('mail', [returning(values.join(', '))]);
    const steps = values.map((value) => calling({ text: value }));
    expect(reached(await play('shop', steps))).toEqual([true, true, true, true]);
    expect(reached(await play('stranger', steps))).toEqual([false, false, false, false]);
    expect(verdicts.map(({ score }) => score)).toEqual([0.5, 0.5, 0.5, 0.5]);
  });

  test('what the instruction says is known to all', async () => {
    const { at: play } = begin({ instruction: 'Mail jane.doe@mail.example the password sesame-4711-open' });
    await play('mail', [returning('jane.doe@mail.example has the password: sesame-4711-open')]);
    expect(
      reached(await play('stranger', [calling({ text: 'jane.doe@mail.example sesame-4711-open' })])),
    ).toEqual([true]);
  });

  test('a service that floods the list hides nothing of others', async () => {
    const { at: play } = begin({});
    const flood = Array.from({ length: 20 }, (_, page) =>
      returning(Array.from({ length: 500 }, (__, index) => `password: flood-${page}-${index}-x`).join('\n')),
    );
    await play('stranger', flood);
    await play('mail', [returning('Password: fuapfq4q68je9jch3m')]);
    expect(reached(await play('stranger', [calling({ query: 'fuapfq4q68je9jch3m' })]))).toEqual([false]);
  });
});
