import { z } from 'zod';

/** What a run was started with, as the text that it is written in. */
export const conf = z
  .unknown()
  .transform(raw => (typeof raw === 'string' && raw !== 'null' ? raw : '{}'));
