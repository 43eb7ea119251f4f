import type { Coordinates } from './geodesic.ts';

export interface Place extends Coordinates {
  readonly name: string;
  /** ISO 3166-1. */
  readonly country: string;
}

/** The weather of one day. */
export interface Day {
  /** Temperatures in °C. */
  readonly max: number;
  readonly min: number;
  readonly mean: number;
  /** Millimeters. */
  readonly rain: number;
  /** Centimeters. */
  readonly snow: number;
  /** European air quality index for PM2.5, at noon. */
  readonly air: number;
}

/** Places and their weather; never changed. */
export interface Atlas {
  /** All places by name, without repetition. */
  readonly names: readonly string[];
  /** Places that a name finds, the best first. */
  find(name: string): readonly Place[];
  /** Meters above the sea. */
  elevation(at: Coordinates): number;
  /** The weather on a date, YYYY-MM-DD. */
  weather(at: Coordinates, date: string): Day;
}

/** Where and when the user is. */
export interface Setting {
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly location: string;
}

export function plainPlace(name: string): string {
  return name.slice(0, 200).trim().toLowerCase();
}

export const airLevels = ['good', 'fair', 'moderate', 'poor', 'very poor', 'extremely poor'] as const;
export type AirLevel = (typeof airLevels)[number];

/** The level of an air quality index: each level but the last is 20 points wide. */
export function airLevel(index: number): AirLevel {
  const place = Math.max(0, Math.ceil(index / 20) - 1);
  return airLevels[Math.min(place, airLevels.length - 1)] ?? 'extremely poor';
}

/** What the original says: an index in the first point above a bound is taken for the worst. */
export function originalAirLevel(index: number): AirLevel {
  const isGap = index > 20 && index <= 100 && (index % 20 || 20) <= 1;
  return isGap ? 'extremely poor' : airLevel(index);
}
