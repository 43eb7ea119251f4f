/** A language model that turns a text into a text: what carriers, goals and defenses may use besides the agent's own. */
export interface TextModel {
  readonly id: string;
  /** @throws an Error when the model cannot be reached or refuses */
  complete(prompt: TextPrompt): Promise<string>;
}

export interface TextPrompt {
  readonly system: string;
  readonly user: string;
  readonly maxTokens: number;
  readonly signal?: AbortSignal;
}

/** Decides what no state check can decide. */
export interface Judge {
  readonly id: string;
  /** How far `text` shows `behavior`, from 1 (not at all) to 5 (fully), with the reason in a line. */
  rate(question: { readonly behavior: string; readonly text: string }): Promise<Rating>;
}

export interface Rating {
  readonly score: number;
  readonly reason: string;
}
