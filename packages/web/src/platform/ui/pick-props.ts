export interface PickOption {
  readonly value: string;
  readonly label: string;
  /** Further text the search looks into: pinyin initials, the district's name. */
  readonly find?: string;
}

export interface PickOneProps {
  readonly id?: string;
  readonly value: string | null;
  readonly options: readonly PickOption[];
  readonly onChange: (value: string | null) => void;
  readonly placeholder?: string;
  readonly label: string;
  readonly clearable?: boolean;
  readonly disabled?: boolean;
}

export interface PickDateProps {
  readonly id?: string;
  /** `2022-02-13`. */
  readonly value: string | null;
  readonly onChange: (date: string | null) => void;
  readonly label: string;
  /** First and last date that may be chosen. */
  readonly from?: string;
  readonly to?: string;
}
