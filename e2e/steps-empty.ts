import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addDays } from '@fangang/domain/basics/moment.ts';
import { dayNumber } from '@fangang/domain/people/roster-dates.ts';
import type { Locator, Page } from 'playwright-core';
import { fictionalId } from '../packages/server/src/people/roster-samples-files.ts';
import { type OldCell, writeXls } from '../packages/server/src/people/roster-samples-xls.ts';
import { lunarToSolar } from '../packages/server/src/platform/lunar.ts';
import { picture } from './browser.ts';

const TOWN = '白马镇';
const VILLAGES = ['灵山村', '豹岩村', '三溪村', '铁佛村', '杨柳村'];
const SURNAMES = ['谭', '蒲', '周', '冉', '田', '罗', '何', '文'];
const GIVEN = ['秋实', '云开', '麦穗', '小禾', '阿桂', '青禾', '望山', '初晴'];
const HEADERS = ['序号', '姓名', '身份证号码', '联系电话', '乡镇', '村（社区）', '拟去何处', '走的日子'];
const WAY = ['出行方式', '备注'];

/** Where the people of the roster go; a coach needs twenty, so only the first group has one of its own. */
const GOALS = [
  { to: '浙江省温州市鹿城区', people: 44 },
  { to: '广东省广州市白云区', people: 12 },
  { to: '江苏省苏州市昆山市', people: 5 },
  { to: '', people: 1 },
] as const;

/** A cell that is wrong, and what a person types over it. */
export interface BadCell {
  /** As the spreadsheet counts. */
  readonly row: number;
  readonly says: RegExp;
  readonly right: string;
}

/** A town's list as it comes from the towns: titles above, dates in four ways, two wrong cells, a total below. */
export interface TownRoster {
  readonly path: string;
  readonly names: readonly string[];
  /** Of them, those who fill a coach; a few others may find a place on it. */
  readonly coach: readonly string[];
  readonly bad: readonly BadCell[];
}

/** The day of departure as different hands write it. */
function dayCell(day: string, hand: number): OldCell {
  const [year, month, date] = day.split('-').map(Number);
  const ways: OldCell[] = [
    day,
    `${year}年${month}月${date}日`,
    dayNumber(day) + 25_569,
    `${year}.${month}.${date}-${addDays(day, 2).replaceAll('-', '.')}`,
  ];
  return ways[hand % ways.length] ?? day;
}

/**
 * Writes the list of a town of Wulong, 62 people who do not exist, into a folder.
 *
 * @param day when they want to leave, ISO date.
 * @param bad whether two cells are wrong: an ID number with a digit missing and a village that is not there.
 */
export async function writeTownRoster(folder: string, day: string, bad = true): Promise<TownRoster> {
  const goals = GOALS.flatMap(({ to, people }) => Array.from({ length: people }, () => to));
  const names = goals.map((_, i) => `${SURNAMES[i % 8]}${GIVEN[Math.floor(i / 8)]}`);
  const idOf = (i: number) => fictionalId(`19${70 + (i % 30)}-0${1 + (i % 9)}-${10 + (i % 18)}`, 101 + i * 3);
  const rows = goals.map((to, i): OldCell[] => [
    i + 1,
    i % 11 === 0 ? `${names[i]?.[0]} ${names[i]?.slice(1)}` : (names[i] ?? ''),
    bad && i === 20 ? idOf(i).slice(0, 17) : idOf(i),
    19_900_003_000 + i,
    TOWN,
    bad && i === 40 ? '灵上村' : (VILLAGES[i % VILLAGES.length] ?? ''),
    to || null,
    dayCell(day, i),
    '专车',
    i % 17 === 0 ? '晕车' : null,
  ]);
  const title = `${TOWN}${day.slice(0, 4)}年返岗人员台账（第二稿）`;
  const sheet: OldCell[][] = [
    [title],
    [`填报单位：${TOWN}社保平台`, null, null, null, '单位：人'],
    [...HEADERS, ...WAY],
    ...rows,
    [],
    ['合计', rows.length],
  ];
  const path = join(folder, `${TOWN}返岗人员台账.xls`);
  await writeFile(path, writeXls([{ name: '汇总', rows: sheet }]));
  return {
    path,
    names,
    coach: names.slice(0, GOALS[0].people),
    bad: [
      { row: 24, says: /证件号现 17 位，应为 18 位/, right: idOf(20) },
      { row: 44, says: /本镇没有这个村/, right: '灵山村' },
    ],
  };
}

/** What is no roster though its name says so: a scan saved as PDF, and a workbook with nothing in it. */
export async function writeNoRosters(folder: string): Promise<{ pdf: string; empty: string }> {
  const [pdf, empty] = [join(folder, '扫描件.xlsx'), join(folder, '空表.xls')];
  await writeFile(pdf, '%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n');
  await writeFile(empty, writeXls([{ name: 'Sheet1', rows: [] }]));
  return { pdf, empty };
}

/** A season for people who leave from three to ten days from now on, or once it has begun. */
export function seasonFor(today: string): { readonly festival: string; readonly day: string } {
  const year = Number(today.slice(0, 4));
  const festivals = [year, year + 1].flatMap((it) => lunarToSolar(it, 1, 1) ?? []);
  const soon = addDays(today, 3);
  const festival = festivals.find((it) => addDays(soon, 7) <= addDays(it, 56));
  if (!festival) throw new Error(`no Spring Festival known after ${today}`);
  const after = addDays(festival, 5);
  const [, day = after] = [soon, after].sort();
  return { festival, day };
}

/** The hand of the person at the keyboard: does and counts. */
export interface Hand {
  readonly page: Page;
  click(on: Locator): Promise<void>;
  /** Fills a field, letter by letter in the count. */
  type(into: Locator, text: string): Promise<void>;
  press(key: string): Promise<void>;
  readonly count: { clicks: number; fields: number; keys: number };
}

export function handOn(page: Page): Hand {
  const count = { clicks: 0, fields: 0, keys: 0 };
  return {
    page,
    count,
    click: async (on) => {
      count.clicks += 1;
      await on.click();
    },
    type: async (into, text) => {
      count.fields += 1;
      count.keys += text.length;
      await into.fill(text);
    },
    press: async (key) => {
      count.keys += 1;
      await page.keyboard.press(key);
    },
  };
}

/** District, season and account: from the empty installation to the page that takes the roster. */
export async function setUpDistrict(hand: Hand, url: string, festival: string): Promise<void> {
  const { page } = hand;
  await page.goto(url);
  await page.getByRole('heading', { name: '开始使用' }).waitFor();
  const district = page.getByRole('combobox', { name: '区县' });
  await hand.click(district);
  await hand.type(district, '武隆');
  await hand.press('Enter');
  const offered = page.getByRole('textbox', { name: '春节（正月初一）' });
  if ((await offered.inputValue()) !== festival) {
    await hand.type(offered, festival);
    await hand.press('Enter');
  }
  await hand.click(page.getByRole('button', { name: '下一步' }));
  await hand.type(page.getByLabel('您的姓名'), '冉经办');
  await hand.type(page.getByLabel('账号（3 位以上）'), 'ran');
  await hand.type(page.getByLabel('密码（12 位以上）'), 'lingshan-boat-77');
  await hand.press('Enter');
  // Whoever keeps a district is led to a second factor.
  await page.getByRole('heading', { name: '本角色须有第二因素' }).waitFor();
  await hand.type(page.getByLabel('给它起个名字'), '办公室电脑');
  await hand.press('Enter');
  await page.getByText('把表格拖到这里，或点这里选文件').waitFor();
}

/** Brings a file as the file dialog does: one click on the field, one on the file. */
export async function bringFile(hand: Hand, path: string): Promise<void> {
  const { page } = hand;
  const dialog = page.waitForEvent('filechooser');
  await hand.click(page.getByText('把表格拖到这里，或点这里选文件'));
  hand.count.clicks += 1;
  await (await dialog).setFiles(path);
}

/** The roster with its bad cells mended in place, written onto the books. */
export async function bringRoster(hand: Hand, roster: TownRoster): Promise<void> {
  const { page } = hand;
  await bringFile(hand, roster.path);
  for (const bad of roster.bad) {
    const cell = page.getByRole('textbox', { name: new RegExp(`^第 ${bad.row} 行 `) });
    await page.getByRole('row').filter({ has: cell }).getByText(bad.says).waitFor();
    if (bad === roster.bad[0]) await picture(page, 'import.zh');
    await hand.type(cell, bad.right);
    await hand.press('Enter');
  }
  await page.getByText('没有坏行').waitFor();
  await hand.click(page.getByRole('button', { name: `提交 ${roster.names.length} 人` }));
  await page.getByText(`新增 ${roster.names.length} 人，更新 0 人，不变 0 人`).waitFor();
}

/** A fleet in words, a draft plan; waits until it is there. */
export async function draftPlan(hand: Hand, fleet: string): Promise<void> {
  const { page } = hand;
  await hand.click(page.getByRole('link', { name: '去排车：说有几辆车' }));
  await hand.type(page.getByLabel('车辆'), fleet);
  await hand.click(page.getByRole('button', { name: '出方案' }));
  await page.getByText('方案待提交').waitFor({ timeout: 60_000 });
}

/** What is said of everybody the draft has no way for, row by row: who, home, why, what helps, owner. */
export async function readGaps(hand: Hand): Promise<string[][]> {
  const { page } = hand;
  await hand.click(page.getByRole('tab', { name: /^未排/ }));
  const table = page.getByRole('group', { name: /人未排$/ });
  await table.waitFor();
  const rows = table.getByRole('row').filter({ has: page.getByRole('cell') });
  return Promise.all((await rows.all()).map((it) => it.getByRole('cell').allTextContents()));
}

/** The draft becomes runs with tickets; answers for how many people. */
export async function commitDraft(hand: Hand): Promise<number> {
  const { page } = hand;
  await hand.click(page.getByRole('button', { name: '提交并下票' }));
  const done = page.getByText(/^已提交：\d+ 人上座，1 趟$/).first();
  await done.waitFor();
  return Number(/\d+/.exec((await done.textContent()) ?? '')?.[0]);
}

/** The register of passengers of the first coach as a PDF: the committed plan shows its lists, each with a link to print. */
export async function printFirstList(hand: Hand): Promise<Buffer> {
  const { page } = hand;
  const coach = page.getByRole('row').filter({ hasText: '主程' }).first();
  const opened = page.context().waitForEvent('request', (it) => it.url().includes('manifest.pdf'));
  await hand.click(coach.getByRole('link', { name: '打印 PDF' }));
  const reply = await page.context().request.get((await opened).url());
  if (!reply.ok()) throw new Error(`the register answered ${reply.status()}`);
  return reply.body();
}
