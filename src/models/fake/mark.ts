import { fakeModelMark } from '../../contracts/fakeModel.ts';

/** The version that a reply reports for the model a client asked for. */
export function fakeModelVersion(requested: string): string {
  return requested.startsWith(fakeModelMark) ? requested : `${fakeModelMark}/${requested}`;
}
