/** What is started: a command that answers 200 over HTTP on the loopback. */
export interface Workload {
  readonly id: string;
  readonly title: string;
  /** Program and arguments, as a user would type them; it is Node, or starts it. */
  readonly command: readonly string[];
  /** Null: a free one for each image, told to the command as PORT. */
  readonly port: number | null;
  /** What the clock waits for, what warms the service up, and what all requests ask for. */
  readonly path: string;
  /** Sent before its checkpoint, or before a measurement of a warm process. */
  readonly warmRequests: number;
  /** Added to our own. */
  readonly environment: Readonly<Record<string, string>>;
  /** Answers after a full collection; null where the service has no such path. */
  readonly gcPath: string | null;
  /** Each copy has a network of its own, without which there are no bursts. */
  readonly isolated: boolean;
}
