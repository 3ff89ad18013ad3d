import { Progress, type ProgressOptions } from '../progress/progress.js';

/** What everything that takes long is given. */
export interface Following {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: Progress | undefined;
}

export function follow({ signal, onProgress }: ProgressOptions): Following {
  return { signal, progress: new Progress(onProgress) };
}
