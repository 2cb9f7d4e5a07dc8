import { describe, expect, it } from 'vitest';
import { qrSvg } from '../platform/qr.ts';
import { sampleTicket } from './paper-fixture.ts';
import type { TicketOptions } from './ticket-links.ts';
import { ticketPage } from './ticket-page.ts';

const options = (changes: Partial<TicketOptions> = {}): TicketOptions => ({
  language: 'zh',
  elder: false,
  nonce: 'bm9uY2U',
  ...changes,
});
/** What a reader sees, tags and style left out. */
const textOf = (page: string): string =>
  page
    .replace(/<style.*?<\/style>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
const EVIL = '<script>alert(1)</script>"\'';

describe('the ticket', () => {
  it('shows seat, the three doors with their times and places, and whom to call', () => {
    const page = ticketPage(sampleTicket(), options());
    const text = textOf(page);
    for (const said of [
      '覃光华',
      '2 月 12 日 正月十二 周六',
      '06:40',
      '07:50',
      '10:30',
      '家门',
      '厂门 · 第二天',
      '已上面包车',
      '打给何芳',
    ]) {
      expect(text).toContain(said);
    }
    expect(text).toMatch(/1 号车 12 座/);
    expect(page).toContain('href="tel:02300000012"');
    expect(page.match(/<li class="on">/g)).toHaveLength(1);
    expect(page.match(/<li class="off">/g)).toHaveLength(2);
  });

  it('draws the QR code of the signed text into the page', () => {
    const facts = sampleTicket();
    expect(ticketPage(facts, options())).toContain(qrSvg(facts.qrText, 124, '车票二维码').safe);
  });

  it('has no script, no style attribute, nothing from elsewhere, and its nonce', () => {
    const page = ticketPage(sampleTicket(), options());
    expect(page).not.toMatch(/<script|\son\w+=|\sstyle=|https?:|url\(|<link|<img/i);
    expect(page).toContain('<style nonce="bm9uY2U">');
    expect(page).toContain('name="viewport" content="width=device-width, initial-scale=1"');
  });

  it('gives up the seat by posting a form, and only while that is possible', () => {
    const form =
      '<form method="post" action="/t/7KQ2M9/decline?lang=zh"><button class="btn give" type="submit">';
    expect(ticketPage(sampleTicket(), options())).toContain(form);
    expect(ticketPage(sampleTicket({ canDecline: false }), options())).not.toContain('<form');
  });

  it('shows elders times at 40 px and fewer words', () => {
    const page = ticketPage(sampleTicket(), options({ elder: true }));
    expect(page).toContain('<main class="page elder">');
    expect(page).toMatch(/\.elder \.way \.t\{font-size:40px/);
    expect(textOf(page)).toContain('带身份证');
    expect(textOf(page)).not.toContain('截图也行');
    expect(page).toContain('/decline?lang=zh&amp;elder=1');
  });

  it('escapes every text a person could have typed', () => {
    const evil = { name: EVIL, pinyin: EVIL };
    const plain = sampleTicket();
    const facts = sampleTicket({
      person: evil,
      lunar: EVIL,
      home: { place: evil, leaveAt: plain.updatedAt },
      legs: plain.legs.map((leg) => ({
        ...leg,
        from: evil,
        to: evil,
        plate: EVIL,
        number: EVIL,
        seat: EVIL,
        carriage: EVIL,
      })),
      gate: { place: evil, contactName: EVIL, contactPhone: EVIL },
      contact: { name: EVIL, phone: EVIL },
    });
    for (const language of ['zh', 'en'] as const) {
      for (const elder of [false, true]) {
        const page = ticketPage(facts, options({ language, elder, nonce: '"><script>' }));
        expect(page).not.toContain('<script');
        expect(page).not.toContain(`"'`);
        expect(page).toContain('&lt;script&gt;');
      }
    }
  });

  it('says what stopped in words, not by colour alone', () => {
    const page = ticketPage(
      sampleTicket({ doors: { home: 'done', vehicle: 'held', gate: 'todo' } }),
      options(),
    );
    expect(page).toContain('<span class="held">有事停下</span>');
  });

  it('shows train, carriage and seat, and says when the seat is still to come', () => {
    const [feeder, bus] = sampleTicket().legs;
    if (!feeder || !bus) throw new Error('the sample has two legs');
    const train = {
      ...bus,
      kind: 'reservedCarriage' as const,
      number: 'K1234',
      plate: null,
      carriage: '8',
      seat: '12A',
    };
    expect(textOf(ticketPage(sampleTicket({ legs: [feeder, train] }), options()))).toMatch(
      /K1234 次 8 车 12A 座/,
    );
    expect(
      textOf(ticketPage(sampleTicket({ legs: [feeder, { ...train, seat: null }] }), options())),
    ).toContain('座位待定');
  });

  it('is English from head to foot for who asks, names aside', () => {
    const text = textOf(ticketPage(sampleTicket(), options({ language: 'en' })));
    for (const said of ['Qin Guanghua', 'February 12, Saturday', 'Gate · next day', 'Bring', 'Can&#39;t go'])
      expect(text).toContain(said);
    expect(text).not.toMatch(/[号座码带换]/);
  });
});
