import { fill, type Language } from '@fangang/domain/basics/say.ts';
import {
  AUDIT_PAGE_ROWS,
  type AuditLine,
  exportAudit,
  searchAudit,
} from '@fangang/domain/offices/api-audit.ts';
import { officeRefusalWords } from '@fangang/domain/offices/words.ts';
import { auditActionWords, auditFactWords, auditWords } from '@fangang/domain/offices/words-audit.ts';
import { delegationWords } from '@fangang/domain/offices/words-delegation.ts';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useRead } from '../platform/asking.ts';
import { addressOf } from '../platform/call.ts';
import { dateOf, momentOf, timeOf } from '../platform/dates.ts';
import { useKeys } from '../platform/keys.tsx';
import { useLanguage, useNames, useWords } from '../platform/language.tsx';
import { Button, Key } from '../platform/ui/Button.tsx';
import { DateField } from '../platform/ui/DateField.tsx';
import { SelectField, TextField } from '../platform/ui/Form.tsx';
import { EmptyState, ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { Pages } from '../platform/ui/Pages.tsx';
import { type Column, RuledTable } from '../platform/ui/RuledTable.tsx';
import { useTitle } from '../platform/use-title.ts';
import './vault.css';

const FIELDS = ['from', 'to', 'actor', 'action', 'subject'] as const;
type Field = (typeof FIELDS)[number];
type Asked = Partial<Record<Field | 'page', string>>;
type Change = (more: Partial<Record<Field | 'page', string | undefined>>) => void;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const WAIT_MS = 300;

/** What the address holds: a search can be kept and opened again. */
function useAsked(): [Asked, Change] {
  const asked = useSearch({ strict: false }) as Asked;
  const navigate = useNavigate();
  const change: Change = (more) => {
    const next = Object.entries({ ...asked, page: undefined, ...more }).filter(
      (it): it is [string, string] => it[1] !== undefined && it[1] !== '',
    );
    void navigate({ to: '/audit', search: Object.fromEntries(next), replace: true });
  };
  return [asked, change];
}

/** What of it can be asked for: half a day or half an id asks for nothing yet. */
function filterOf(asked: Asked): Partial<Record<Field, string>> {
  const good: Record<Field, (text: string) => boolean> = {
    from: (text) => DAY.test(text),
    to: (text) => DAY.test(text),
    actor: () => true,
    action: () => true,
    subject: (text) => UUID.test(text),
  };
  const kept = FIELDS.flatMap((name) => {
    const text = asked[name]?.trim() ?? '';
    return text !== '' && good[name](text) ? [[name, text]] : [];
  });
  return Object.fromEntries(kept);
}

/** A field that waits until nobody types any more. */
function SlowField({
  label,
  value,
  onChange,
  error,
  wide = false,
}: {
  label: string;
  value: string;
  onChange: (text: string) => void;
  error?: string | undefined;
  wide?: boolean;
}): ReactNode {
  const [text, setText] = useState(value);
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setText(value), [value]);
  const type = (next: string): void => {
    setText(next);
    clearTimeout(waiting.current);
    waiting.current = setTimeout(() => onChange(next), WAIT_MS);
  };
  const field = (
    <TextField label={label} value={text} onChange={type} type="search" maxLength={60} error={error} />
  );
  return wide ? <div className="vault-wide">{field}</div> : field;
}

function Filters({ asked, change }: { asked: Asked; change: Change }): ReactNode {
  const say = useWords(auditWords);
  const sayAction = useWords(auditActionWords);
  const actions = Object.keys(auditActionWords) as (keyof typeof auditActionWords)[];
  const known = actions.find((it) => it === asked.action);
  const subject = asked.subject ?? '';
  const any = FIELDS.some((it) => asked[it]);
  return (
    <search className="vault-filters">
      <DateField
        label={say('from')}
        value={asked.from ?? ''}
        to={asked.to}
        onChange={(from) => change({ from })}
      />
      <DateField
        label={say('to')}
        value={asked.to ?? ''}
        from={asked.from}
        onChange={(to) => change({ to })}
      />
      <SlowField label={say('actor')} value={asked.actor ?? ''} onChange={(actor) => change({ actor })} />
      <SelectField
        label={say('action')}
        value={known ?? 'all'}
        options={[
          { value: 'all' as const, label: say('all') },
          ...actions.map((value) => ({ value, label: sayAction(value) })),
        ]}
        onChange={(action) => change({ action: action === 'all' ? undefined : action })}
      />
      <SlowField
        wide
        label={say('subject')}
        value={subject}
        error={subject === '' || UUID.test(subject.trim()) ? undefined : say('subjectWrong')}
        onChange={(next) => change({ subject: next })}
      />
      {any && (
        <Button kind="link" onPress={() => change(Object.fromEntries(FIELDS.map((it) => [it, undefined])))}>
          {say('clear')}
        </Button>
      )}
    </search>
  );
}

/** The facts of a row in words; a code that has none stays. */
function useFacts(): (it: AuditLine) => string {
  const { language } = useLanguage();
  return (it) => {
    const table: Readonly<Record<string, { zh: string; en: string }>> = auditFactWords;
    const worded = (text: string): string => table[text]?.[language] ?? text;
    return Object.entries(it.facts)
      .filter(([, value]) => value !== null && value !== '')
      .map(([name, value]) => `${worded(name)} ${worded(String(value))}`)
      .join(language === 'zh' ? '，' : ', ');
  };
}

function useColumns(sealedAt: string | null, onSubject: (id: string) => void): readonly Column<AuditLine>[] {
  const say = useWords(auditWords);
  const { language } = useLanguage();
  const nameOf = useNames();
  const facts = useFacts();
  return useMemo(() => {
    const actions: Readonly<Record<string, { zh: string; en: string }>> = auditActionWords;
    return [
      {
        key: 'at',
        title: say('at'),
        width: 150,
        cell: (it) => (
          <>
            {timeOf(it.at)}
            {(sealedAt === null || it.at > sealedAt) && <span className="sub"> {say('notSealedYet')}</span>}
          </>
        ),
        sortBy: (it) => it.at,
      },
      {
        key: 'who',
        title: say('who'),
        width: 150,
        cell: (it) => <b title={it.actorLogin ?? it.actor}>{whoOf(it, say, nameOf, language)}</b>,
        sortBy: (it) => it.actorName ?? it.actor,
      },
      {
        key: 'action',
        title: say('action'),
        width: 190,
        cell: (it) => actions[it.action]?.[language] ?? it.action,
        sortBy: (it) => it.action,
      },
      { key: 'facts', title: say('facts'), cell: facts },
      {
        key: 'area',
        title: say('area'),
        width: 150,
        minor: true,
        cell: (it) => (it.areaName ? nameOf(it.areaName, it.areaPinyin) : it.area),
        sortBy: (it) => it.area,
      },
      {
        key: 'subject',
        title: say('subject'),
        width: 150,
        minor: true,
        cell: (it) =>
          it.subject && (
            <button
              type="button"
              className="link"
              title={`${say('copySubject')} ${it.subject}`}
              onClick={() => onSubject(it.subject ?? '')}
            >
              …{it.subject.slice(-12)}
            </button>
          ),
      },
    ];
  }, [say, nameOf, facts, language, sealedAt, onSubject]);
}

const COMMAND = '00000000-0000-0000-0000-000000000000';

function whoOf(
  it: AuditLine,
  say: (key: 'nobody' | 'commandLine') => string,
  nameOf: ReturnType<typeof useNames>,
  language: Language,
): string {
  if (it.actor === 'anyone') return say('nobody');
  const staff = it.actorName ? nameOf(it.actorName, it.actorPinyin) : it.actor.slice(0, 8);
  const own = it.actor === COMMAND ? say('commandLine') : staff;
  return it.behalfName ? fill(delegationWords.behalf, language, { actor: own, name: it.behalfName }) : own;
}

/** Takes the rows of the search along as a file. */
function Export({ query }: { query: Partial<Record<Field, string>> }): ReactNode {
  const say = useWords(auditWords);
  const { language } = useLanguage();
  const link = useRef<HTMLAnchorElement>(null);
  useKeys([{ keys: 'E', label: say('export'), run: () => link.current?.click() }]);
  return (
    <a
      ref={link}
      className="button"
      href={addressOf(exportAudit, { query: { ...query, lang: language } })}
      download
    >
      {say('export')} <Key>E</Key>
    </a>
  );
}

/** Who has read and changed what in the own area; for the audit administrator. */
export function AuditPage(): ReactNode {
  const say = useWords(auditWords);
  const [asked, change] = useAsked();
  const query = filterOf(asked);
  const page = Math.max(1, Number(asked.page) || 1);
  const found = useRead(searchAudit, { query: { ...query, page } });
  const columns = useColumns(found.data?.sealedAt ?? null, (subject) => change({ subject }));
  const filtered = Object.keys(query).length > 0;
  useTitle(say('title'));
  return (
    <div className="page-full">
      <div className="page-bar">
        <h1>{say('title')}</h1>
        <span className="sub">{found.data ? say('rows', { n: found.data.total }) : say('sub')}</span>
        <span className="space" />
        <div className="actions">
          <Export query={query} />
        </div>
      </div>
      <Filters asked={asked} change={change} />
      {found.data && (
        <p className="vault-note">
          <span>
            {found.data.sealedAt ? say('sealedAt', { at: momentOf(found.data.sealedAt) }) : say('notSealed')}
          </span>
          <span>{say('kept', { n: found.data.keptDays })}</span>
          <span>{say('proveHint')}</span>
        </p>
      )}
      {found.isLoading && <Loading />}
      {found.error && (
        <ErrorNote error={found.error} tables={[officeRefusalWords]} onRetry={() => void found.refetch()} />
      )}
      {found.data && (
        <div className="grow">
          <RuledTable
            label={say('title')}
            columns={columns}
            rows={found.data.rows}
            keyOf={(it) => it.id}
            groupOf={(it) => dateOf(it.at)}
            empty={
              <EmptyState
                title={say(filtered ? 'nothingFits' : 'empty')}
                next={say(filtered ? 'nothingFitsNext' : 'emptyNext')}
              />
            }
          />
          <Pages
            page={page}
            total={found.data.total}
            rows={AUDIT_PAGE_ROWS}
            onPage={(to) => change({ page: String(to) })}
          />
        </div>
      )}
    </div>
  );
}
