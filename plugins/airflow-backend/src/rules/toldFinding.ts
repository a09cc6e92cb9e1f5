import { told } from '../told';
import type { Condition, Finding } from './finding';

/** What a rule found, as it may be told: its words hold names, errors and reasons that come from the cluster. */
export function toldFinding(condition: Condition): Finding {
  const { title, observed } = condition;
  return { ...condition, title: told(title), observed: told(observed) };
}
