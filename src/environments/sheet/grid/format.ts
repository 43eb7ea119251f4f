/** What a cell holds; the empty text is a blank. */
export type CellValue = string | number | boolean;

/** A number with so many digits behind the point. */
export interface DecimalFormat {
  readonly kind: 'decimal';
  readonly decimals: number;
  /** Thousands are parted by commas. */
  readonly grouped: boolean;
  readonly percent: boolean;
}

/** How a cell shows a number. */
export type NumberFormat = { readonly kind: 'general' } | DecimalFormat;

export const general: NumberFormat = { kind: 'general' };

export function decimal(decimals: number, grouped = false): DecimalFormat {
  return { kind: 'decimal', decimals, grouped, percent: false };
}

/** Reads a format code such as `0`, `0.00`, `#,##0.00` or `0%`; every other code shows numbers in general form. */
export function readFormat(code: string): NumberFormat {
  const [whole, grouping, digits, percent] = /^(#,##)?0(\.0{1,10})?(%)?$/.exec(code) ?? [];
  if (whole === undefined) return general;
  return {
    kind: 'decimal',
    decimals: Math.max(0, (digits ?? '').length - 1),
    grouped: grouping !== undefined,
    percent: percent !== undefined,
  };
}

/** The text that a cell shows. */
export function displayed(value: CellValue, format: NumberFormat): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (format.kind === 'general') return generalText(value);
  const text = fixed(format.percent ? value * 100 : value, format.decimals);
  return `${format.grouped ? grouped(text) : text}${format.percent ? '%' : ''}`;
}

/** Ten digits are shown, whole numbers with all of theirs. */
function generalText(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : String(Number(value.toPrecision(10)));
}

/** Half is rounded up, on the decimal digits that a person sees. */
function fixed(value: number, decimals: number): string {
  const shifted = Math.round(Number(`${Number(Math.abs(value).toPrecision(15))}e${decimals}`));
  if (!Number.isSafeInteger(shifted)) return value.toFixed(decimals);
  const digits = String(shifted).padStart(decimals + 1, '0');
  const sign = value < 0 && shifted !== 0 ? '-' : '';
  const whole = digits.slice(0, digits.length - decimals);
  return decimals === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-decimals)}`;
}

function grouped(text: string): string {
  const point = text.includes('.') ? text.indexOf('.') : text.length;
  const start = text.startsWith('-') ? 1 : 0;
  let whole = text.slice(start, point);
  const parts: string[] = [];
  while (whole.length > 3) {
    parts.unshift(whole.slice(-3));
    whole = whole.slice(0, -3);
  }
  return `${text.slice(0, start)}${[whole, ...parts].join(',')}${text.slice(point)}`;
}

/** A written value as it is kept: a text that is a number becomes one. */
export function entered(value: string | number): CellValue {
  if (typeof value === 'number') return value;
  const text = value.trim();
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/.test(text) && Number.isFinite(Number(text))
    ? Number(text)
    : value;
}
