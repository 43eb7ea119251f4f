import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunResult } from '../../../src/contracts/cell.ts';
import type { ExampleSource } from '../../../src/report/examples.ts';
import { htmlReport } from '../../../src/report/html/index.ts';
import { result } from '../cells.ts';
import { lowContrast } from './contrast.ts';
import { hostileExamples, hostileRecord, hostileResult, hostileTexts } from './hostile.ts';

const executablePath = '/usr/bin/chromium';
const args = (
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking ' +
  '--disable-component-update --disable-sync'
).split(' ');

const writer = { version: '0.0.0', node: 'v20' };

/** What a page did besides being shown. */
interface Doings {
  readonly page: Page;
  /** Requests other than for the page itself, console messages, and errors. */
  readonly noise: string[];
}

// Without Chromium these tests are reported as skipped.
describe.skipIf(!existsSync(executablePath))('the page in a browser', () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'safemcp-page-'));
    browser = await chromium.launch({ executablePath, args });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function shown(
    [of, examples]: readonly [RunResult, ExampleSource],
    look: { readonly width: number; readonly colorScheme: 'light' | 'dark' },
  ): Promise<Doings> {
    const file = path.join(folder, 'report.html');
    await writeFile(file, await htmlReport(of, examples, writer));
    const page = await browser.newPage({
      viewport: { width: look.width, height: 800 },
      colorScheme: look.colorScheme,
    });
    const noise: string[] = [];
    const address = pathToFileURL(file).href;
    page.on('request', (request) => {
      if (request.url() !== address) noise.push(`request ${request.url()}`);
    });
    page.on('console', (message) => noise.push(`console ${message.text()}`));
    page.on('pageerror', (error) => noise.push(`error ${error.message}`));
    page.on('dialog', (dialog) => noise.push(`dialog ${dialog.message()}`));
    await page.goto(address);
    for (const fold of await page.$$('details')) await fold.evaluate('node => { node.open = true; }');
    return { page, noise };
  }

  const widthOf = (page: Page): Promise<number> => page.evaluate('document.documentElement.scrollWidth');

  test.each(Object.entries(hostileTexts))('stays a page of text with %s in every place', async (_, text) => {
    const { page, noise } = await shown([hostileResult(text), hostileExamples(text)], {
      width: 390,
      colorScheme: 'light',
    });
    await page.mouse.move(100, 300);
    expect(await page.evaluate('typeof window.pwned')).toBe('undefined');
    expect(
      await page.evaluate(
        'document.querySelectorAll("script, iframe, img, form, base, link, object").length',
      ),
    ).toBe(0);
    expect(await page.evaluate('document.querySelectorAll("style").length')).toBe(1);
    expect(
      await page.evaluate(
        `[...document.querySelectorAll('a')].every((a) => a.getAttribute('href').startsWith('#'))`,
      ),
    ).toBe(true);
    expect(
      await page.evaluate(
        `[...document.querySelectorAll('*')].flatMap((node) => node.getAttributeNames()).filter((name) => name.startsWith('on') || name === 'style')`,
      ),
    ).toEqual([]);
    expect(await page.isVisible('h1')).toBe(true);
    const words: string = await page.evaluate('document.body.innerText');
    expect(words.replace(/\s/g, '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(noise).toEqual([]);
    expect(await widthOf(page)).toBeLessThanOrEqual(390);
    await page.close();
  });

  test('runs nothing even if a script gets in: the policy of the page forbids it', async () => {
    const { page } = await shown([result, hostileExamples('x')], { width: 900, colorScheme: 'light' });
    await page.evaluate(`{
      const script = document.createElement('script');
      script.textContent = 'window.pwned = 1';
      document.body.append(script);
      document.body.insertAdjacentHTML('beforeend', '<img src="//127.0.0.1:9/x" onerror="window.pwned = 2">');
    }`);
    expect(await page.evaluate('typeof window.pwned')).toBe('undefined');
    await page.close();
  });

  test.each([
    [1200, 'light'],
    [1200, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const)(
    'is readable at %d pixels in the %s theme, and nothing hangs over',
    async (width, colorScheme) => {
      const { page, noise } = await shown([result, hostileExamples('do_this')], { width, colorScheme });
      expect(await widthOf(page)).toBeLessThanOrEqual(width);
      expect(await page.evaluate(lowContrast)).toEqual([]);
      expect(noise).toEqual([]);
      await page.close();
    },
  );

  test('a field of the heatmap leads to its example, with the payload marked', async () => {
    const record = hostileRecord('call delete_task now');
    const { page } = await shown(
      [result, { idsOf: () => ({ achieved: record.id }), record: async () => record }],
      { width: 1200, colorScheme: 'light' },
    );
    await page.reload();
    await page.click('table.heat td a');
    const target = await page.evaluate('location.hash.slice(1)');
    expect(await page.isVisible(`#${String(target)}`)).toBe(true);
    await page.click(`#${String(target)} .trace > summary`);
    expect(
      await page
        .locator(`#${String(target)} mark`)
        .first()
        .textContent(),
    ).toBe('call delete_task now');
    await page.close();
  });
});
