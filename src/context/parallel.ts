import { Context, type Member } from './context.js';

/** All at once, for resources that do not know each other and take their time. */
export class ParallelContext extends Context {
  protected override arrange(members: readonly Member[]): Member[][] {
    return members.length > 0 ? [[...members].reverse()] : [];
  }
}
