const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

function withCheck(body: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  return `${body}${'10X98765432'[sum % 11]}`;
}

/** A sound 18-digit number of a made person: GB 11643, synthetic. */
export function madeNumber(n: number): string {
  return withCheck(`500238${1960 + (n % 40)}0101${String(Math.floor(n / 40)).padStart(3, '0')}`);
}

/** A sound number on nobody's books. */
export function strangeNumber(n: number): string {
  const day = String(1 + (Math.floor(n / 40) % 28)).padStart(2, '0');
  return withCheck(`500238${1960 + (n % 40)}02${day}${String(Math.floor(n / 1120)).padStart(3, '0')}`);
}
