/** How the local imitation of model providers calls itself in every reply, so that no result is taken for a model's. */
export const fakeModelMark = 'safemcp-fake-model';

/** Whether a reported model version is that of the local imitation. */
export function isFakeModelVersion(version: string): boolean {
  return version.startsWith(fakeModelMark);
}
