/** Degrees. */
export interface Coordinates {
  readonly latitude: number;
  readonly longitude: number;
}

const equator = 6_378.137;
const flattening = 1 / 298.257223563;
const pole = equator * (1 - flattening);
const mostRounds = 200;
const enough = 1e-13;

/**
 * Kilometers between two places along the WGS-84 ellipsoid, by Vincenty's inverse formula (Survey Review XXIII, 1975),
 * good to a millimeter. Between nearly opposite places the formula does not settle; there the distance on a sphere is
 * given, which is good to half a percent.
 */
export function distance(one: Coordinates, other: Coordinates): number {
  const reduced = ({ latitude }: Coordinates): number =>
    Math.atan((1 - flattening) * Math.tan(radians(latitude)));
  const across = radians(other.longitude - one.longitude);
  const [u1, u2] = [reduced(one), reduced(other)];
  let lambda = across;
  for (let round = 0; round < mostRounds; round++) {
    const arc = arcOf(u1, u2, lambda);
    if (arc.sine === 0) return 0;
    const next = across + correction(arc);
    if (Math.abs(next - lambda) < enough) return lengthOf(arc);
    lambda = next;
  }
  const middle = (2 * equator + pole) / 3;
  return middle * arcOf(radians(one.latitude), radians(other.latitude), across).angle;
}

interface Arc {
  readonly sine: number;
  readonly cosine: number;
  readonly angle: number;
  /** Of the azimuth at the equator. */
  readonly sineAlpha: number;
  readonly cosineAlphaSquared: number;
  /** Cosine of twice the angle to the middle of the line. */
  readonly middle: number;
}

function arcOf(u1: number, u2: number, lambda: number): Arc {
  const [sin1, cos1, sin2, cos2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
  const sine = Math.hypot(cos2 * Math.sin(lambda), cos1 * sin2 - sin1 * cos2 * Math.cos(lambda));
  const cosine = sin1 * sin2 + cos1 * cos2 * Math.cos(lambda);
  const sineAlpha = sine === 0 ? 0 : (cos1 * cos2 * Math.sin(lambda)) / sine;
  const cosineAlphaSquared = 1 - sineAlpha ** 2;
  // A line along the equator has no such middle.
  const middle = cosineAlphaSquared < 1e-15 ? 0 : cosine - (2 * sin1 * sin2) / cosineAlphaSquared;
  return { sine, cosine, angle: Math.atan2(sine, cosine), sineAlpha, cosineAlphaSquared, middle };
}

/** How much farther apart the places are in longitude on the auxiliary sphere. */
function correction({ sine, cosine, angle, sineAlpha, cosineAlphaSquared, middle }: Arc): number {
  const c = (flattening / 16) * cosineAlphaSquared * (4 + flattening * (4 - 3 * cosineAlphaSquared));
  const inner = middle + c * cosine * (-1 + 2 * middle ** 2);
  return (1 - c) * flattening * sineAlpha * (angle + c * sine * inner);
}

function lengthOf({ sine, cosine, angle, cosineAlphaSquared, middle }: Arc): number {
  const u = (cosineAlphaSquared * (equator ** 2 - pole ** 2)) / pole ** 2;
  const a = 1 + (u / 16_384) * (4_096 + u * (-768 + u * (320 - 175 * u)));
  const b = (u / 1_024) * (256 + u * (-128 + u * (74 - 47 * u)));
  const high = (b / 6) * middle * (-3 + 4 * sine ** 2) * (-3 + 4 * middle ** 2);
  const shift = b * sine * (middle + (b / 4) * (cosine * (-1 + 2 * middle ** 2) - high));
  return pole * a * (angle - shift);
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
