import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { manifestPdf, manifestSheets } from './manifest-pdf.ts';
import { sampleManifest, samplePassenger } from './paper-fixture.ts';

const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
const hasPdftotext = spawnSync('pdftotext', ['-v']).error === undefined;
const LONG = '阿依古丽·买买提吐尔逊';

describe('the manifest on paper', () => {
  it.each([
    [1, 1],
    [49, 1],
    [56, 1],
    [98, 2],
  ])('prints %i passengers on %i sheets of A4', async (count, pages) => {
    const pdf = await manifestPdf(sampleManifest(count), 'zh');
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pagesOf(pdf)).toBe(pages);
    expect(pdf.toString('latin1')).toMatch(/\/MediaBox \[0 0 595\.28 841\.89\]/);
  });

  it('says every name, seat, masked number, both seals and the check code', () => {
    const facts = sampleManifest(49);
    const said = manifestSheets(facts, 'zh').flatMap((sheet) => sheet.said());
    for (const person of facts.passengers) {
      for (const text of [person.name, person.seat, person.idMasked, person.phoneMasked])
        expect(said).toContain(text);
    }
    expect(said.filter((text) => text === '盖章')).toHaveLength(2);
    expect(said).toEqual(
      expect.arrayContaining(['派出单位', '用人单位', '签收人', '第 1 页 共 1 页', '以下空白']),
    );
    expect(said.join('\n')).toContain(facts.checkCode);
  });

  it.skipIf(!hasPdftotext)('holds the names as text that can be searched (needs pdftotext)', async () => {
    const facts = sampleManifest(49);
    const read = spawnSync('pdftotext', ['-layout', '-', '-'], {
      input: await manifestPdf(facts, 'zh'),
      encoding: 'utf8',
    }).stdout;
    expect(facts.passengers.filter((it) => !read.includes(it.name))).toEqual([]);
    expect(read).toContain('5002****0021');
  });

  it('prints whole numbers only when asked for', () => {
    const whole = { idNumber: '50023819900101001X', phone: '13800000001' };
    const passengers = [samplePassenger(1, whole)];
    const masked = manifestSheets(sampleManifest(1, { passengers }), 'zh')[0]?.said();
    const full = manifestSheets(sampleManifest(1, { passengers, numbers: 'full' }), 'zh')[0]?.said();
    expect(masked).not.toContain(whole.idNumber);
    expect(masked).not.toContain(whole.phone);
    expect(full).toEqual(expect.arrayContaining([whole.idNumber, whole.phone]));
  });

  it.each(['zh', 'en'] as const)('never cuts a name, seat or number (%s)', (lang) => {
    const odd = [
      samplePassenger(1, {
        name: LONG,
        pinyin: 'Ayguli Maimaitituerxun',
        needs: ['care', 'wheelchair', 'hearing'],
      }),
      samplePassenger(102, {
        seat: '102A',
        name: '欧阳震华文',
        idNumber: '50023819900101001X',
        phone: '13800000001',
      }),
    ];
    for (const numbers of ['masked', 'full'] as const) {
      const said =
        manifestSheets(
          sampleManifest(2, { passengers: odd, numbers, vehicle: { plate: 'K1', seats: 118 } }),
          lang,
        )[0]?.said() ?? [];
      expect(said.filter((text) => text.includes('…'))).toEqual([]);
      expect(said.join('').replaceAll(' ', '')).toContain(LONG);
    }
  });

  it('marks what the font lacks and tells the reader to write it in', () => {
    const said = manifestSheets(
      sampleManifest(1, { passengers: [samplePassenger(1, { name: '王𠮷' })] }),
      'zh',
    )[0]
      ?.said()
      .join('\n');
    expect(said).not.toContain('𠮷');
    expect(said).toMatch(/\[.+\]/);
    expect(said).toContain('照身份证手写补上：1 座 U+20BB7');
  });

  it('has the signatures on the last sheet and says so on the first', () => {
    const [first, last] = manifestSheets(sampleManifest(98, { legKind: 'reservedCarriage' }), 'zh').map(
      (sheet) => sheet.said(),
    );
    expect(first).toContain('签字、盖章在第 2 页');
    expect(first).not.toContain('签收人');
    expect(last).toEqual(expect.arrayContaining(['签收人', '接收单位', '到达交接']));
  });
});
