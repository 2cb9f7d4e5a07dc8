import { speaker } from '@fangang/domain/basics/say.ts';
import { DIFFICULTY_CHARS } from '@fangang/domain/people/api-difficulty.ts';
import {
  DIFFICULTY_KINDS,
  type DifficultyKind,
  type DifficultyState,
} from '@fangang/domain/people/rules-difficulty.ts';
import { difficultyKindWords, ticketDifficultyWords } from '@fangang/domain/people/words-difficulty.ts';
import { type Html, html, htmlDocument } from '../platform/html.ts';
import { TICKET_CSS } from './ticket-css.ts';
import { type TicketOptions, ticketHref } from './ticket-links.ts';
import { callButton } from './ticket-page.ts';

/** A difficulty as its own person reads it. */
export interface OwnDifficulty {
  readonly id: string;
  readonly kind: DifficultyKind;
  readonly status: DifficultyState;
  readonly answer: string | null;
}

export interface DifficultyPage {
  /** Path of the ticket, without query. */
  readonly path: string;
  readonly phone: string;
  readonly told: readonly OwnDifficulty[];
  /** Of the form on the page: sent twice it is told once. */
  readonly formId: string;
  /** What was wrong with the form that was sent last. */
  readonly problem: 'nothingSaid' | 'tooMany' | null;
}

const CSS = `${TICKET_CSS}
.foot{position:static}
.say{padding:20px 16px;display:grid;gap:16px}
.say h1{font-size:26px;line-height:36px}
.say h2{margin:0;font-size:20px;line-height:28px;padding-top:8px}
.say form{display:grid;gap:14px;margin:0}
.say fieldset{border:0;margin:0;padding:0;display:grid;grid-template-columns:1fr 1fr;gap:8px}
.say legend{padding:0 0 6px;font-weight:700}
.say label.pick{display:flex;align-items:center;gap:10px;min-height:56px;padding:6px 12px;border:1.5px solid #5c6b68;border-radius:6px}
.say label.pick:has(input:checked){border-color:#0b6e69;box-shadow:inset 0 0 0 2px #0b6e69}
.say input[type=radio]{width:24px;height:24px;margin:0;flex:none;accent-color:#0b6e69}
.say textarea{width:100%;min-height:136px;padding:10px 12px;border:1.5px solid #5c6b68;border-radius:6px;font:inherit;color:inherit;background:#fff}
.say .send{border-color:#0b6e69;background:#0b6e69;color:#fff}
.say .bad{margin:0;padding:10px 12px;border-left:6px solid #b5382a;background:#fbeeec;color:#8a2318;font-weight:700}
.say article{padding:12px 0;border-top:1px solid #d5dcda;display:grid;gap:10px}
.say article p{margin:0}
.say .two{display:grid;grid-template-columns:1fr 1fr;gap:10px}
.elder .say fieldset{grid-template-columns:1fr}
.elder .say h1{font-size:32px;line-height:44px}
.elder .say h2{font-size:26px;line-height:36px}`;

type Say = ReturnType<typeof speaker<typeof ticketDifficultyWords>>;
type SayKind = ReturnType<typeof speaker<typeof difficultyKindWords>>;

/** One that was told: how it stands in words, and once it is answered the two answers to the answer. */
function toldItem(
  it: OwnDifficulty,
  page: DifficultyPage,
  options: TicketOptions,
  say: Say,
  sayKind: SayKind,
): Html {
  const action = ticketHref(`${page.path}/difficulty/${it.id}/confirm`, options);
  const asks =
    it.status === 'answered' &&
    html`<p><b>${say('isSolved')}</b></p><form method="post" action="${action}" class="two"><button class="btn send" name="solved" value="yes" type="submit">${say('solvedYes')}</button><button class="btn" name="solved" value="no" type="submit">${say('solvedNo')}</button></form>`;
  return html`<article><p><b>${sayKind(it.kind)}</b> · ${say(`state.${it.status}`)}</p>${it.answer !== null && html`<p>${say('answer')}: ${it.answer}</p>`}${asks}</article>`;
}

/**
 * Where the person behind a ticket tells a difficulty and says whether it is solved: a plain form, large, without script. `POST <path>/difficulty`
 * tells.
 */
export function difficultyPage(page: DifficultyPage, options: TicketOptions): string {
  const { language, elder, nonce } = options;
  const say = speaker(ticketDifficultyWords, language);
  const sayKind = speaker(difficultyKindWords, language);
  const kinds = DIFFICULTY_KINDS.map(
    (kind) =>
      html`<label class="pick"><input type="radio" name="kind" value="${kind}" required><span>${sayKind(kind)}</span></label>`,
  );
  const body = html`<main class="page${elder && ' elder'}"><div class="say">
<h1>${say('title')}</h1><p>${say('intro')}</p>
${page.problem !== null && html`<p class="bad" role="alert">${say(`problem.${page.problem}`)}</p>`}
<form method="post" action="${ticketHref(`${page.path}/difficulty`, options)}"><input type="hidden" name="form" value="${page.formId}">
<fieldset><legend>${say('what')}</legend>${kinds}</fieldset>
<label><b>${say('text')}</b><textarea name="text" maxlength="${DIFFICULTY_CHARS}" required></textarea></label>
<button class="btn send" type="submit">${say('send')}</button></form>
${page.told.length > 0 && html`<section><h2>${say('told')}</h2>${page.told.map((it) => toldItem(it, page, options, say, sayKind))}</section>`}
</div><footer class="foot">${callButton(say('callNow'), page.phone, page.phone)}</footer>
<nav class="more"><a href="${ticketHref(page.path, options)}">${say('back')}</a><a href="${ticketHref(`${page.path}/difficulty`, { language: language === 'zh' ? 'en' : 'zh', elder })}" lang="${language === 'zh' ? 'en' : 'zh-CN'}">${say('otherLanguage')}</a></nav></main>`;
  return htmlDocument({ language, title: say('title'), nonce, css: CSS, body });
}
