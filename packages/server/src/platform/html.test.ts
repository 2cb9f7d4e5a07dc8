import { describe, expect, it } from 'vitest';
import { escapeHtml, html, telHref, trusted } from './html.ts';

describe('html', () => {
  it('escapes what is put in, in content and in quoted attributes', () => {
    const name = `<img src=x onerror="alert('1')">&`;
    const page = html`<b title="${name}">${name}</b>`.safe;
    expect(page).not.toContain('<img');
    expect(page).toBe(`<b title="${escapeHtml(name)}">${escapeHtml(name)}</b>`);
    expect(escapeHtml(name)).toBe('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;');
  });

  it('lets HTML made by itself stand, joins lists, prints nothing for nothing', () => {
    const rows = ['一', '<二>'].map((text) => html`<li>${text}</li>`);
    expect(html`<ul>${rows}${null}${undefined}${false}${0}${trusted('<hr>')}</ul>`.safe).toBe(
      '<ul><li>一</li><li>&lt;二&gt;</li>0<hr></ul>',
    );
  });

  it('keeps only digits and a leading plus in a telephone address', () => {
    expect(telHref('023-0000 0012')).toBe('tel:02300000012');
    expect(telHref('+86 138 0000 0001')).toBe('tel:+8613800000001');
    expect(telHref('javascript:alert(1)')).toBe('tel:1');
  });
});
