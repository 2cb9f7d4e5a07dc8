/** A column whose texts are sealed, and what names a row of it. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** Columns that name the row, as `SealedPlace.row` joins them by a space. */
  readonly key: readonly string[];
}

/**
 * Every sealed column of every room: what a rotation goes through, and what `fangang keys status` counts. A test holds the list equal to the
 * columns of the database whose names end in `sealed`, so that a new one cannot be forgotten.
 */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  { table: 'offices_totp', column: 'sealed', key: ['staff_id'] },
  { table: 'offices_staff', column: 'half_sealed', key: ['id'] },
  { table: 'people_person', column: 'id_sealed', key: ['id'] },
  { table: 'people_person', column: 'phone_sealed', key: ['id'] },
  { table: 'people_person', column: 'phone2_sealed', key: ['id'] },
  { table: 'people_care', column: 'certificate_sealed', key: ['person_id', 'kind'] },
  { table: 'people_certificate', column: 'number_sealed', key: ['id'] },
  { table: 'people_history', column: 'sealed', key: ['id'] },
  { table: 'people_report', column: 'file_sealed', key: ['id'] },
  { table: 'people_report_issue', column: 'file_sealed', key: ['id'] },
  { table: 'people_report_issue', column: 'cells_sealed', key: ['id'] },
  { table: 'people_upload', column: 'sealed', key: ['id'] },
  { table: 'people_need', column: 'evidence_sealed', key: ['id'] },
  { table: 'people_difficulty', column: 'told_sealed', key: ['id'] },
  { table: 'people_difficulty', column: 'answer_sealed', key: ['id'] },
  { table: 'jobs_gate', column: 'contact_phone_sealed', key: ['id'] },
  { table: 'trips_carrier', column: 'phone_sealed', key: ['id'] },
  { table: 'trips_driver', column: 'phone_sealed', key: ['id'] },
];
