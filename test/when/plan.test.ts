import { expect, it } from 'vitest';
import { planVariable, takePlan } from '../../src/when/plan.js';

it('a plan is taken out of the environment', () => {
  const plan = { when: 'ready', images: '/images', labels: { a: 'b' } };
  const environment = { ...planVariable(plan), OTHER: 'stays' };
  expect(takePlan(environment)).toEqual(plan);
  expect(environment).toEqual({ OTHER: 'stays' });
  expect(takePlan(environment)).toBeUndefined();
});
