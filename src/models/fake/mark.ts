/** How the local provider calls itself in every reply, so that no result from it is taken for a model's. */
const mark = 'safemcp-fake-model';

/** The version that a reply reports for the model a client asked for. */
export function fakeModelVersion(requested: string): string {
  return requested.startsWith(mark) ? requested : `${mark}/${requested}`;
}

/** Whether a reported model version is the local provider's. */
export function isFakeModelVersion(version: string): boolean {
  return version.startsWith(mark);
}
