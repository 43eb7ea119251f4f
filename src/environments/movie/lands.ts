/** ISO 3166-1 codes of the countries that films come from. */
export const countries: Readonly<Record<string, string>> = {
  AU: 'Australia',
  BR: 'Brazil',
  CA: 'Canada',
  CN: 'China',
  DE: 'Germany',
  DK: 'Denmark',
  ES: 'Spain',
  FR: 'France',
  GB: 'United Kingdom',
  IE: 'Ireland',
  IN: 'India',
  IT: 'Italy',
  JP: 'Japan',
  KR: 'South Korea',
  MX: 'Mexico',
  NL: 'Netherlands',
  NO: 'Norway',
  PL: 'Poland',
  RU: 'Russia',
  SE: 'Sweden',
  US: 'United States of America',
};

export interface Language {
  readonly code: string;
  readonly country: string;
  /** In the language itself. */
  readonly name: string;
}

/** By English name. */
export const languages: Readonly<Record<string, Language>> = {
  Dutch: { code: 'nl', country: 'NL', name: 'Nederlands' },
  English: { code: 'en', country: 'US', name: 'English' },
  French: { code: 'fr', country: 'FR', name: 'Français' },
  German: { code: 'de', country: 'DE', name: 'Deutsch' },
  Italian: { code: 'it', country: 'IT', name: 'Italiano' },
  Japanese: { code: 'ja', country: 'JP', name: '日本語' },
  Korean: { code: 'ko', country: 'KR', name: '한국어' },
  Mandarin: { code: 'zh', country: 'CN', name: '普通话' },
  Russian: { code: 'ru', country: 'RU', name: 'Pусский' },
  Spanish: { code: 'es', country: 'ES', name: 'Español' },
};

/** The code of a country; `XX` for one that is not in the table. */
export function codeOf(country: string): string {
  return Object.entries(countries).find(([, name]) => name === country)?.[0] ?? 'XX';
}

/** Genres; the place in the list makes the id. */
export const genres = [
  'Action',
  'Adventure',
  'Animation',
  'Comedy',
  'Crime',
  'Documentary',
  'Drama',
  'Family',
  'Fantasy',
  'History',
  'Horror',
  'Music',
  'Mystery',
  'Romance',
  'Science Fiction',
  'Thriller',
  'War',
  'Western',
];
