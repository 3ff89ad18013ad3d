import { Context, type Member } from './context.js';

/** Higher `priority` first; equal ones in reverse order of registration. One after the other. */
export class PriorityContext extends Context {
  protected override arrange(members: readonly Member[]): Member[][] {
    const latestFirst = [...members].reverse();
    latestFirst.sort((a, b) => b.priority - a.priority);
    return latestFirst.map((member) => [member]);
  }
}
