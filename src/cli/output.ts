/** Results go to standard output. */
export function writeResult(text: string): void {
  process.stdout.write(text);
}

/** Progress, messages and errors go to standard error. */
export function writeError(text: string): void {
  process.stderr.write(text);
}

/** How standard output wants to be written to. */
export function outputShape(): { readonly width: number; readonly color: boolean } {
  const { stdout } = process;
  const color = stdout.isTTY && stdout.hasColors();
  return { width: Math.min(stdout.columns || 100, 120), color };
}

/** A reader that has seen enough (`| head`) is no error. */
export function endQuietlyOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit(0);
    });
}
