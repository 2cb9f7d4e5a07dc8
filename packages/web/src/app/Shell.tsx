import { words } from '@fangang/domain/basics/words.ts';
import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useKeys } from '../platform/keys.tsx';
import { useLanguage, useWords } from '../platform/language.tsx';
import { useSession } from '../platform/session.tsx';
import { Key } from '../platform/ui/Button.tsx';
import { FindBox } from '../platform/ui/FindBox.tsx';
import { KeyHelp } from '../platform/ui/KeyHelp.tsx';
import { Logo } from '../platform/ui/ThreeDoorLine.tsx';
import { AccountMenu } from './AccountMenu.tsx';
import { ActingBar } from './ActingMenu.tsx';
import { SampleBar } from './SampleBar.tsx';
import { type Tab, tabsOf, tabWords } from './tabs.ts';

/** Tabs of who sits here. */
function useTabs(): readonly Tab[] {
  const { staff, sample } = useSession();
  return tabsOf(staff?.role, sample !== null);
}

function Navigation(): ReactNode {
  const say = useWords(words);
  const sayTab = useWords(tabWords);
  return (
    <nav className="office-nav" aria-label={say('navigation')}>
      {useTabs().map((it) => (
        <Link key={it.to} to={it.to} activeProps={{ 'aria-current': 'page' }}>
          {sayTab(it.word)}
        </Link>
      ))}
    </nav>
  );
}

/** Goes to a tab with Alt and its number, as the overlay of keys says. */
function useTabKeys(): void {
  const sayTab = useWords(tabWords);
  const navigate = useNavigate();
  useKeys(
    useTabs().map((it, i) => ({
      keys: `Alt+${i + 1}`,
      label: sayTab(it.word),
      scope: 'everywhere' as const,
      run: () => void navigate({ to: it.to }),
    })),
  );
}

export function LanguageSwitch(): ReactNode {
  const say = useWords(words);
  const { language, choose } = useLanguage();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <button
      type="button"
      className="head-button"
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      onClick={() => choose(other)}
    >
      {say('switchLanguage')}
    </button>
  );
}

function KeysButton(): ReactNode {
  const say = useWords(words);
  const [open, setOpen] = useState(false);
  useKeys([{ keys: '?', label: say('keyHelp'), run: () => setOpen((it) => !it), scope: 'everywhere' }]);
  return (
    <>
      <button type="button" className="head-button head-keys" onClick={() => setOpen(true)}>
        {say('keys')} <Key>?</Key>
      </button>
      {open && <KeyHelp onClose={() => setOpen(false)} />}
    </>
  );
}

function Find(): ReactNode {
  const navigate = useNavigate();
  return (
    <FindBox
      onPick={(personId) => void navigate({ to: '/people', search: { person: personId } })}
      onAll={(text) => void navigate({ to: '/people', search: {}, state: { find: text } })}
    />
  );
}

/** Head of the office. With a title instead of tabs it heads the first screen. */
export function OfficeHead({ title, sub }: { title?: string; sub?: string }): ReactNode {
  const { staff } = useSession();
  const seesPeople = useTabs().some((it) => it.to === '/people');
  return (
    <header className="office-head">
      <Link to={staff ? '/workbench' : '/'}>
        <Logo />
      </Link>
      {title ? <h1>{title}</h1> : <Navigation />}
      {sub && <span className="sub">{sub}</span>}
      <span className="space" />
      {staff && seesPeople && <Find />}
      <LanguageSwitch />
      <KeysButton />
      <AccountMenu />
    </header>
  );
}

/** The frame around a page: sample's clock, head, and the page as the main part. */
export function Frame({ head, children }: { head: ReactNode; children: ReactNode }): ReactNode {
  const say = useWords(words);
  return (
    <div className="office">
      <a className="skip" href="#page">
        {say('skipToContent')}
      </a>
      <SampleBar />
      {head}
      <ActingBar />
      <main id="page" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

/** The office: tabs and the page of the address. */
export function Shell(): ReactNode {
  useTabKeys();
  return (
    <Frame head={<OfficeHead />}>
      <Outlet />
    </Frame>
  );
}
