/** 32-bit FNV-1a of a text: the seed material of a name. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}

/** Mixes numbers into one well-spread 32-bit number. */
export function mix(...parts: number[]): number {
  let hash = 0x9e3779b9;
  for (const part of parts) {
    const high = Math.floor(part / 0x100000000) | 0;
    hash = scramble(hash ^ part);
    if (high) hash = scramble(hash ^ high);
  }
  return hash >>> 0;
}

/** Takes and gives a signed number, for which no memory has to be had. */
function scramble(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** A number in [0, 1) that depends on nothing but its arguments. */
export function unit(...parts: number[]): number {
  return mix(...parts) / 0x100000000;
}

/** A stable UUID for a name. */
export function uuidOf(name: string): string {
  const base = hashText(name);
  const hex = [1, 2, 3, 4]
    .map(salt => mix(base, salt, name.length).toString(16).padStart(8, '0'))
    .join('');
  return [
    `019${hex.slice(3, 8)}`,
    hex.slice(8, 12),
    `7${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
