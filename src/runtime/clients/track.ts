import { Agent } from 'node:http';

/** lib/_http_agent.js: every request of a client goes through it, also of https. */
type AddRequest = (this: Agent, ...args: unknown[]) => void;

const known = new WeakSet<Agent>();
const agents = new Set<WeakRef<Agent>>();
let tracking = false;

/** Remembers every agent that is used from now on, weakly. */
export function trackAgents(): void {
  if (tracking) return;
  tracking = true;
  const prototype = Agent.prototype as Agent & { addRequest: AddRequest };
  const addRequest = prototype.addRequest;
  prototype.addRequest = function (this: Agent, ...args: unknown[]) {
    if (!known.has(this)) {
      known.add(this);
      agents.add(new WeakRef(this));
    }
    Reflect.apply(addRequest, this, args);
  };
}

export function usedAgents(): Agent[] {
  const alive: Agent[] = [];
  for (const reference of agents) {
    const agent = reference.deref();
    if (agent) alive.push(agent);
    else agents.delete(reference);
  }
  return alive;
}
