/** What a file in commands/ exports: one command of the command line. */
export interface Command {
  /** Text that `--help` prints: usage, what it does, options. */
  readonly help: string;
  /**
   * @param args what follows the command's name
   * @returns exit status, see exit-codes.ts
   * @throws TubthumpError, or what util.parseArgs throws; main.ts prints both
   */
  run(args: readonly string[]): Promise<number>;
}

/** A line of the table of commands. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** Loads the command's file when it is asked for; commands of the native launcher have none. */
  readonly load?: () => Promise<{ readonly command: Command }>;
}
