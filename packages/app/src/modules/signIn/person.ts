const KEY = 'airflow-fleet-demo-person';

/** People of examples/org.yaml, as `auth.providers.demo.users` lists them; the first is the one to begin with. */
export const people = [
  { name: 'ada', words: 'Ada, platform engineer' },
  { name: 'grace', words: 'Grace, engineer of Payments' },
  { name: 'katherine', words: 'Katherine, engineer of Billing' },
  { name: 'viewer', words: 'Vera, may only look' },
] as const;

/** Who the reader of the demo is. */
export function currentPerson(): string {
  const chosen = window.localStorage.getItem(KEY);
  return people.some(({ name }) => name === chosen) && chosen
    ? chosen
    : people[0].name;
}

/** Makes the reader somebody else, and begins anew as that person. */
export function becomePerson(name: string): void {
  window.localStorage.setItem(KEY, name);
  window.location.reload();
}
