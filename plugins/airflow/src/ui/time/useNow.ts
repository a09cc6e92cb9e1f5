import { useSyncExternalStore } from 'react';

const TICK_MS = 10_000;

/** One for all of a page, so that ages beside each other do not contradict each other. */
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

/** Has every age be told anew. */
export function moveNow(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    now = Date.now();
    timer = setInterval(moveNow, TICK_MS);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
}

/** The moment by which ages are told; it moves on by itself. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
