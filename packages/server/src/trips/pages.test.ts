import { describe, expect, it } from 'vitest';
import { ticketDeclinedPage, ticketGonePage } from './pages.ts';
import { sampleTicket } from './paper-fixture.ts';

const options = { language: 'zh', elder: false, nonce: 'n' } as const;

describe('pages without a ticket', () => {
  it.each([
    ['notFound', '少了几个字'],
    ['expired', '已经走完'],
    ['cancelled', '已经退了'],
  ] as const)('%s says why and whom to call', (kind, why) => {
    const page = ticketGonePage(kind, { ...options, contact: { name: null, phone: '12333' } });
    expect(page).toContain(why);
    expect(page).toContain('打给求职专线');
    expect(page).toContain('href="tel:12333"');
    expect(page).not.toContain('<script');
  });

  it('stands without anyone to call, in English and large too', () => {
    const page = ticketGonePage('expired', { language: 'en', elder: true, nonce: 'n', contact: null });
    expect(page).toContain('This journey is over');
    expect(page).not.toContain('tel:');
  });

  it('escapes the name of whom to call', () => {
    const page = ticketGonePage('expired', {
      ...options,
      contact: { name: '<script>', phone: '"><script>' },
    });
    expect(page).not.toContain('<script');
  });
});

describe('the page after giving up a seat', () => {
  it('says what comes next and takes it back by a form while that is possible', () => {
    const page = ticketDeclinedPage(sampleTicket(), { ...options, canUndo: true });
    expect(page).toContain('何芳会打电话给您');
    expect(page).toContain('<form method="post" action="/t/7KQ2M9/undo-decline?lang=zh">');
    expect(ticketDeclinedPage(sampleTicket(), { ...options, canUndo: false })).not.toContain('<form');
  });
});
