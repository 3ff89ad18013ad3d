import { Context, type Member } from './context.js';

/** The default: one after the other, the last registered first, as resources build on earlier ones. */
export class OrderedContext extends Context {
  protected override arrange(members: readonly Member[]): Member[][] {
    return members.map((member) => [member]).reverse();
  }
}
