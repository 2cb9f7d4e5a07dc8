/** `石柱土家族自治县` → `石柱`, `武隆区` → `武隆`: names as maps and tables write them; a name of two characters stays whole. */
export function shortName(name: string): string {
  const plain = name.replace(/(土家族|苗族)*自治县$/, '');
  return plain.length > 2 ? plain.replace(/[市区县]$/, '') : plain;
}
