import { z } from 'zod';
import { instantOrNull } from '../../mapping/time';
import { taskValue } from '../../mapping/values';

/** A longer value is cut: it is for reading, not for taking along. */
const LONGEST_VALUE = 100_000;

/** `XComCollectionItem` of v1, `XComResponse` of v2. */
export const xcomBody = z
  .object({
    key: z.string(),
    map_index: z.number().int().min(-1).nullish(),
    timestamp: instantOrNull,
  })
  .transform(raw => ({
    key: raw.key,
    mapIndex: raw.map_index ?? -1,
    storedAt: raw.timestamp,
  }));

/** The value of `XCom` of v1 and `XComResponseNative` of v2, as the text that it is written in. */
export const valueBody = z
  .object({ key: z.string(), value: z.string().nullish() })
  .transform(raw => taskValue(raw.value ?? 'null', LONGEST_VALUE));
