import { z } from 'zod';
import { maskedText } from '../../../masked';
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
  .transform(raw => ({
    id: String(raw.import_error_id),
    filename: raw.filename,
    bundle: raw.bundle_name ?? null,
    stackTrace: maskedText(raw.stack_trace ?? ''),
    occurredAt: raw.timestamp,
  }));
