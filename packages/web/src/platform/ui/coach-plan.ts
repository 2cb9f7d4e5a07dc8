/** Where a seat lies on the plan: column from the front (0 = first), place across (0 = door side window … 4 = driver's window). */
export interface Place {
  readonly seat: number;
  readonly column: number;
  readonly across: number;
}

export interface CoachPlan {
  readonly places: readonly Place[];
  readonly columns: number;
  /** Lanes across, the aisle among them. */
  readonly lanes: number;
  readonly aisle: number;
}

/** Seats of one column, from the driver's window to the door side; the aisle's lane is left out. */
function lanesOf(count: number, lanes: number, aisle: number, closed: boolean): number[] {
  const all = Array.from({ length: lanes }, (_, i) => lanes - 1 - i).filter((it) => closed || it !== aisle);
  return all.slice(0, count);
}

/**
 * Seats of a coach as operators number them: from the front, each row from the driver's window to the door side,
 * the last row closed over the aisle. Rows of two and two; small buses up to 22 places have two and one.
 * A rest that fills no row sits in front beside the driver, where the door takes the other side.
 */
export function coachPlan(places: number): CoachPlan {
  const small = places <= 22;
  const lanes = small ? 4 : 5;
  const aisle = small ? 1 : 2;
  const perRow = lanes - 1;
  const last = Math.min(lanes, places);
  const front = (places - last) % perRow;
  const rows = (places - last - front) / perRow;
  const sizes = [...(front > 0 ? [front] : []), ...Array.from({ length: rows }, () => perRow), last];
  let seat = 0;
  const result: Place[] = [];
  sizes.forEach((size, column) => {
    for (const across of lanesOf(size, lanes, aisle, column === sizes.length - 1)) {
      seat += 1;
      result.push({ seat, column, across });
    }
  });
  return { places: result, columns: sizes.length, lanes, aisle };
}
