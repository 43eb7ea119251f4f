const marker = '<!-- The rest of this page is written by `npm run train-classifier`. -->';

/** The detector's page with `measured` in the place of what stood after the marker. */
export function pageWith(page: string, measured: string): string {
  const [written = ''] = page.split(marker);
  return `${written.trimEnd()}\n\n${marker}\n\n${measured.trimEnd()}\n`;
}
