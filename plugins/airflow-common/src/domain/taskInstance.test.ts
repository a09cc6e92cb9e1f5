import fc from 'fast-check';
import { taskStates } from './states';
import { countTaskStates } from './taskInstance';

describe('countTaskStates', () => {
  it('counts every instance once and leaves out states with none', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...taskStates)), states => {
        const counts = countTaskStates(states.map(state => ({ state })));
        const total = Object.values(counts).reduce((a, b) => a + b, 0);
        expect(total).toBe(states.length);
        expect(new Set(Object.keys(counts))).toEqual(new Set(states));
      }),
    );
  });
});
