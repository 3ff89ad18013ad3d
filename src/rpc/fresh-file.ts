import { readFileSync, statSync } from 'node:fs';

/** A file that an operation writes: what an earlier one left there under the same name is not it. */
export class FreshFile {
  private readonly before: string;

  /** @param path through a descriptor, so that the directory may be renamed meanwhile */
  constructor(private readonly path: string) {
    this.before = this.stamp();
  }

  /** Its content, if it was written since. */
  read(): Buffer | undefined {
    return this.stamp() === this.before ? undefined : readFileSync(this.path);
  }

  private stamp(): string {
    const info = statSync(this.path, { bigint: true, throwIfNoEntry: false });
    return info ? `${info.ino} ${info.size} ${info.mtimeNs}` : '';
  }
}
