import { z } from 'zod';
import { toldText } from '../../../told';
import { id, text, wholeText } from '../../mapping/fields';
import { instantOrNull } from '../../mapping/time';

/** `ImportError` of the v1 specification, which knows no bundles, and `ImportErrorResponse` of v2. */
export const importErrorBody = z
  .object({
    import_error_id: z.number(),
    filename: id,
    bundle_name: text,
    stack_trace: wholeText,
    timestamp: instantOrNull,
  })
  .transform(told => ({
    id: String(told.import_error_id),
    filename: told.filename,
    bundle: told.bundle_name ?? null,
    stackTrace: toldText(told.stack_trace ?? ''),
    occurredAt: told.timestamp,
  }));
