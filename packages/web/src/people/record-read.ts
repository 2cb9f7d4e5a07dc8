import type { readRecord } from '@fangang/domain/people/api-registry.ts';
import type { z } from 'zod';

/** A whole record as the server answers it. */
export type PersonRecordRead = z.output<typeof readRecord.reply>;
