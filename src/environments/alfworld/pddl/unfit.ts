/** A game that cannot be played, because its text is broken or uses what this engine does not know. */
export class UnfitGame extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnfitGame';
  }
}
