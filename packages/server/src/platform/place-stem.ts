/** Names of nationalities as they stand in names of autonomous areas, some without 族. */
const NATION =
  /(各族|(蒙古|哈萨克|柯尔克孜|塔吉克|锡伯)族?|(回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|阿昌|普米|怒|保安|裕固|德昂|独龙|鄂温克|鄂伦春|俄罗斯|门巴|珞巴|基诺|赫哲|京)族)$/;

function withoutNations(name: string): string {
  let stem = name;
  for (;;) {
    const shorter = stem.replace(NATION, '');
    if (shorter === stem) return stem;
    // 东乡族自治县 is called 东乡.
    if (shorter.length < 2) return stem.replace(/(?<=..)族$/, '');
    stem = shorter;
  }
}

/**
 * The name by which people call a division of any level: 渝北区 → 渝北, 石柱土家族自治县 → 石柱, 恩施土家族苗族自治州 → 恩施, 白马镇 → 白马.
 * Names that would be left with one character stay whole: 忠县, 城区.
 */
export function placeStem(name: string): string {
  const autonomous = name.replace(/自治[区州县旗]$|民族乡$|(?<=族)乡$/, '');
  if (autonomous !== name && autonomous.length >= 2) return withoutNations(autonomous);
  const stem = name.replace(/(街道办事处|街道|特别行政区|地区|新区|林区|特区|省|市|区|县|旗|盟|镇|乡)$/, '');
  return stem.length >= 2 ? stem : name;
}
