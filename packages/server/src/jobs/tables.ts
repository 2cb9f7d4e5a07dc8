import type { ArrivalWindow } from '@fangang/domain/jobs/schema.ts';

/** `jobs_employer`: a firm people go to. */
export interface EmployerRow {
  readonly id: string;
  /** Whose partner it is, 12 digits: the city's own code for a partner of the whole city. */
  readonly area: string;
  readonly name: string;
  readonly pinyin: string;
  readonly industry: string | null;
  /** 6 digits. */
  readonly county: string;
}

/** `jobs_gate`: a factory gate; WGS-84. */
export interface GateRow {
  readonly id: string;
  readonly employer_id: string;
  readonly area: string;
  readonly name: string;
  readonly pinyin: string;
  /** 6 digits. */
  readonly county: string;
  readonly lon: number;
  readonly lat: number;
  readonly contact_name: string | null;
  readonly contact_phone_sealed: Buffer | null;
  readonly windows: readonly ArrivalWindow[];
}

declare module '../platform/database.ts' {
  interface Tables {
    jobs_employer: EmployerRow;
    jobs_gate: GateRow;
  }
}
