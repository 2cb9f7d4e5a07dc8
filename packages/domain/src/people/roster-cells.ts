import type { IncomeUnit } from './roster-fields.ts';

/** Care groups a roster can name; the terms are those of the glossary. */
export type CareGroupCode =
  | 'liftedOutOfPoverty'
  | 'povertyRelapseMonitored'
  | 'personWithDisability'
  | 'retiredFisher'
  | 'hardToEmploy';

/** Full-width letters, digits and signs become half-width; Chinese characters stay untouched. */
export function halfWidth(text: string): string {
  return text.replace(/[！-～]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/　/g, ' ');
}

/** Text of a cell without the marks that mean "nothing" (`无`, `—`, `/`, `#N/A`); empty where nothing is said. */
export function plainText(text: string): string {
  const tidy = halfWidth(text)
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  return /^(无|暂无|没有|不详|未知|[-—–/\\.]+|0|null|none|n\/a|#[A-Z0-9/]+[!?]?)$/i.test(tidy) ? '' : tidy;
}

export type NameFault =
  | 'people.name_missing'
  | 'people.name_has_digits'
  | 'people.name_too_short'
  | 'people.name_characters';

/**
 * Reads a person's name: spaces between Chinese characters go, every kind of middle dot becomes `·`.
 *
 * A name in Latin letters keeps its single spaces. Nothing is cut off: a note in brackets is named as a fault.
 */
export function readName(text: string): { readonly name: string } | { readonly fault: NameFault } {
  const tidy = halfWidth(text)
    .replace(/\p{Cf}/gu, '')
    .replace(/[•・．‧∙･●]/g, '·')
    .replace(/\s+/g, ' ')
    .replace(/ ?· ?/g, '·')
    .trim();
  const name = /[A-Za-z]/.test(tidy)
    ? tidy
    : tidy.replace(/ /g, '').replace(/(?<=\p{Script=Han})\.(?=\p{Script=Han})/gu, '·');
  if (name === '' || name === '0' || /^[-—/]+$/.test(name)) return { fault: 'people.name_missing' };
  if (/\d/.test(name)) return { fault: 'people.name_has_digits' };
  if (
    !/^[\p{Script=Han}\p{Co}]+(·[\p{Script=Han}\p{Co}]+)*$/u.test(name) &&
    !/^[A-Za-z][A-Za-z .'·-]+$/.test(name)
  ) {
    return { fault: 'people.name_characters' };
  }
  return [...name].length < 2 ? { fault: 'people.name_too_short' } : { name };
}

/** Reads 是/否 and its kin; undefined where the words say neither. */
export function readYesNo(text: string): boolean | undefined {
  const word = halfWidth(text)
    .replace(/[\s。.]/g, '')
    .toLowerCase();
  if (
    /^(否|不|不是|无|没有|不愿意?|不打算|不去|不外出|不返岗|不需要?|不计划|未计划|n|no|false|0|×|x|✗)$/.test(
      word,
    )
  )
    return false;
  if (/^(是|有|要|愿意?|打算|去|外出|返岗|需要?|计划|已计划|同意|y|yes|true|1|√|✓|✔|对)$/.test(word))
    return true;
  if (/^(不|未|否|无)/.test(word)) return false;
  return /^(是|有|愿意|打算|需要)/.test(word) ? true : undefined;
}

/** Reads 男/女. */
export function readGender(text: string): 'male' | 'female' | undefined {
  const word = halfWidth(text).trim().toLowerCase();
  if (/^(男性?|1|m|male)$/.test(word)) return 'male';
  return /^(女性?|2|f|female)$/.test(word) ? 'female' : undefined;
}

/** How a person means to travel: with the programme's vehicles, or by own means; and by what. */
export interface TravelMode {
  readonly mode?: 'ours' | 'ownCar' | 'ownTicket';
  readonly transport?: 'bus' | 'rail' | 'air';
}

/** Reads 出行方式; undefined where the words are unknown or deny something (`不坐专车`). */
export function readMode(text: string): TravelMode | undefined {
  const word = halfWidth(text).replace(/\s/g, '');
  if (/^(不|无需|未)/.test(word)) return undefined;
  const transport = /火车|高铁|动车|铁路|列车|专列|包列|车厢/.test(word)
    ? 'rail'
    : /飞机|航班|包机/.test(word)
      ? 'air'
      : /大巴|客车|汽车|班车|巴士|包车|专车/.test(word)
        ? 'bus'
        : undefined;
  const mode = /自驾|私家车|自有车|拼车|摩托|开车|顺风车/.test(word)
    ? 'ownCar'
    : /自行|自己|自购|自买|自费|已购票|已买票/.test(word)
      ? 'ownTicket'
      : /专车|包车|专列|包列|包机|点对点|政府|统一|组织|集中/.test(word)
        ? 'ours'
        : undefined;
  return mode || transport ? { ...(mode && { mode }), ...(transport && { transport }) } : undefined;
}

/** Care groups named in a cell such as `脱贫户`, `监测对象`, `肢体残疾`; unknown words name none. */
export function readCareGroups(text: string): readonly CareGroupCode[] {
  const found: CareGroupCode[] = [];
  for (const part of halfWidth(text).split(/[、,;/+\s]+/)) {
    if (/^(非|不是|未|无)/.test(part)) continue;
    if (/脱贫|建档立卡|贫困/.test(part) && !/防返贫|易返贫|突发严重/.test(part))
      found.push('liftedOutOfPoverty');
    if (/监测|易致贫|易返贫|突发严重困难/.test(part)) found.push('povertyRelapseMonitored');
    if (/残疾|肢体|视力|听力|言语|智力|精神/.test(part)) found.push('personWithDisability');
    if (/渔民|退捕/.test(part)) found.push('retiredFisher');
    if (/就业困难|零就业/.test(part)) found.push('hardToEmploy');
  }
  return [...new Set(found)];
}

/**
 * Reads an income in fen: `3500`, `3.5` under 万元, `3500-4000` (the lower end), `4千`, `1.2万`.
 *
 * `doubtful`: more than 100 under a header in 万元 is yuan in the wrong column, and is not guessed at.
 */
export function readIncome(
  text: string,
  unit: IncomeUnit,
): { readonly fen: number } | 'doubtful' | undefined {
  const tidy = halfWidth(text).replace(/[,，\s¥￥]/g, '');
  const match =
    /^(\d+(?:\.\d+)?)(万|千)?(?:元)?(?:[-~至到—–]\d+(?:\.\d+)?(万|千)?)?(元)?(\/?[年月])?(左右|以上)?$/.exec(
      tidy,
    );
  if (!match) return undefined;
  const figure = Number(match[1]);
  const word = match[2] ?? match[3];
  const fenPerUnit =
    word === '万' ? 1_000_000 : word === '千' ? 100_000 : tidy.includes('元') ? 100 : unit.fenPerUnit;
  if (fenPerUnit === 1_000_000 && figure > 100) return 'doubtful';
  const fen = Math.round(figure * fenPerUnit);
  return Number.isSafeInteger(fen) ? { fen } : 'doubtful';
}
