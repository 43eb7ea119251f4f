import { type ErrorCode, isSafeMcpError, messageOf, SafeMcpError } from '../../contracts/errors.ts';
import { type FailureKind, ModelFailure } from '../../contracts/model.ts';

/** An error on its way to another thread, which gets copies of data only: classes and what tells them apart are lost. */
export type Thrown =
  | {
      readonly kind: 'error';
      readonly code: ErrorCode;
      readonly message: string;
      readonly where?: string;
      readonly hint?: string;
    }
  | { readonly kind: 'failure'; readonly failure: FailureKind; readonly message: string }
  | { readonly kind: 'other'; readonly message: string };

export function thrownOf(error: unknown): Thrown {
  if (error instanceof ModelFailure) return { kind: 'failure', failure: error.kind, message: error.message };
  if (!isSafeMcpError(error)) return { kind: 'other', message: messageOf(error) };
  const { code, message, where, hint } = error;
  return {
    kind: 'error',
    code,
    message,
    ...(where !== undefined && { where }),
    ...(hint !== undefined && { hint }),
  };
}

/** The error as it was, without its cause. */
export function errorOf(thrown: Thrown): Error {
  switch (thrown.kind) {
    case 'error':
      return new SafeMcpError(thrown.code, thrown.message, thrown);
    case 'failure':
      return new ModelFailure(thrown.failure, thrown.message);
    case 'other':
      return new Error(thrown.message);
  }
}
