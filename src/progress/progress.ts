/** To follow work on many bytes, and to end it early. */
export interface ProgressOptions {
  /** Cancels: the promise rejects, and nothing is left behind. */
  readonly signal?: AbortSignal | undefined;
  /** Told again and again how many bytes of how many are done; more may turn out to be to do. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** The bytes that some work has to do, and has done. */
export class Progress {
  private done = 0;
  private total = 0;

  constructor(private readonly onProgress: ProgressOptions['onProgress']) {}

  expect(bytes: number): void {
    this.total += bytes;
  }

  advance(bytes: number): void {
    this.done += bytes;
    this.onProgress?.(this.done, this.total);
  }
}
