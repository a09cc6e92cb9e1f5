import { masked } from '../masked';
import type { Condition, Finding } from './finding';

/** What a rule found, as it may be told: its words hold names, errors and reasons that come from the cluster. */
export function maskedFinding(condition: Condition): Finding {
  const { title, observed } = condition;
  return { ...condition, title: masked(title), observed: masked(observed) };
}
