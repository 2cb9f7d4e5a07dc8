import { words } from '@fangang/domain/basics/words.ts';
import {
  createRootRoute,
  createRoute,
  createRouter,
  Link,
  lazyRouteComponent,
  Navigate,
  Outlet,
} from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useWords } from '../platform/language.tsx';
import { useSession } from '../platform/session.tsx';
import { EmptyState, ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { SessionGate, StaffOnly } from './SessionGate.tsx';
import { Shell } from './Shell.tsx';
import { tabsOf } from './tabs.ts';

/** Search parameters are texts: a phone tail of digits must not become a number. */
type Texts = Record<string, string>;

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

const withSession = createRoute({
  getParentRoute: () => root,
  id: 'session',
  component: () => (
    <SessionGate>
      <Outlet />
    </SessionGate>
  ),
});

/** The sample opens on its first screen; a real installation on the workbench, an empty one on its set-up. */
const home = createRoute({ getParentRoute: () => withSession, path: '/', component: Home });
const firstScreen = lazyRouteComponent(() => import('./FirstScreen.tsx'), 'FirstScreen');

function Home(): ReactNode {
  const { sample, staff, season } = useSession();
  const First = firstScreen;
  if (sample) return <First />;
  if (!season) return <Navigate to="/start" replace />;
  return <Navigate to={staff ? '/workbench' : '/sign-in'} replace />;
}

const signIn = createRoute({
  getParentRoute: () => withSession,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string } => textsOf(search),
  component: lazyRouteComponent(() => import('../offices/SignInPage.tsx'), 'SignInPage'),
});

/** Where the office's identity provider sends people back to. */
const fromProvider = createRoute({
  getParentRoute: () => withSession,
  path: '/sign-in/provider',
  validateSearch: textsOf,
  component: lazyRouteComponent(() => import('../offices/ProviderPage.tsx'), 'ProviderPage'),
});

const start = createRoute({
  getParentRoute: () => withSession,
  path: '/start',
  component: lazyRouteComponent(() => import('./StartPage.tsx'), 'StartPage'),
});

const office = createRoute({
  getParentRoute: () => withSession,
  id: 'office',
  component: () => (
    <StaffOnly>
      <Shell />
    </StaffOnly>
  ),
});

/** Figures are what the sample shows without a sign-in. */
const openOffice = createRoute({
  getParentRoute: () => withSession,
  id: 'open-office',
  component: () => (
    <StaffOnly openInSample>
      <Shell />
    </StaffOnly>
  ),
});

const workbench = createRoute({
  getParentRoute: () => office,
  path: '/workbench',
  component: Workbench,
});
const workbenchPage = lazyRouteComponent(() => import('./WorkbenchPage.tsx'), 'WorkbenchPage');

/** Every way back leads to the workbench; who has none goes to the first page of the role. */
function Workbench(): ReactNode {
  const { staff, sample } = useSession();
  const Page = workbenchPage;
  const first = tabsOf(staff?.role, sample !== null)[0]?.to ?? '/workbench';
  return first === '/workbench' ? <Page /> : <Navigate to={first} replace />;
}

const people = createRoute({
  getParentRoute: () => office,
  path: '/people',
  validateSearch: textsOf,
  component: lazyRouteComponent(() => import('../trips/PeoplePage.tsx'), 'PeoplePage'),
});
const importing = createRoute({
  getParentRoute: () => office,
  path: '/people/import',
  validateSearch: textsOf,
  component: lazyRouteComponent(() => import('../trips/RosterPage.tsx'), 'RosterPage'),
});
const needs = createRoute({
  getParentRoute: () => office,
  path: '/needs',
  validateSearch: textsOf,
  component: lazyRouteComponent(() => import('../trips/NeedsPage.tsx'), 'NeedsPage'),
});
const planning = createRoute({
  getParentRoute: () => office,
  path: '/planning',
  validateSearch: textsOf,
  component: lazyRouteComponent(() => import('../trips/PlanningPage.tsx'), 'PlanningPage'),
});
const trips = createRoute({
  getParentRoute: () => office,
  path: '/trips',
  validateSearch: textsOf,
  component: lazyRouteComponent(() => import('../trips/TripsPage.tsx'), 'TripsPage'),
});
const trip = createRoute({
  getParentRoute: () => office,
  path: '/trips/$tripId',
  validateSearch: textsOf,
  component: lazyRouteComponent(() => import('../trips/TripPage.tsx'), 'TripPage'),
});
const installation = createRoute({
  getParentRoute: () => office,
  path: '/installation',
  component: lazyRouteComponent(() => import('../offices/InstallationPage.tsx'), 'InstallationPage'),
});
const audit = createRoute({
  getParentRoute: () => office,
  path: '/audit',
  validateSearch: textsOf,
  component: lazyRouteComponent(() => import('../offices/AuditPage.tsx'), 'AuditPage'),
});
const keys = createRoute({
  getParentRoute: () => office,
  path: '/keys',
  component: lazyRouteComponent(() => import('../offices/KeysPage.tsx'), 'KeysPage'),
});
const figures = createRoute({
  getParentRoute: () => openOffice,
  path: '/figures',
  validateSearch: textsOf,
  component: lazyRouteComponent(() => import('../figures/FiguresPage.tsx'), 'FiguresPage'),
});

const account = createRoute({
  getParentRoute: () => office,
  path: '/account',
  component: lazyRouteComponent(() => import('../offices/AccountPage.tsx'), 'AccountPage'),
});
const staff = createRoute({
  getParentRoute: () => office,
  path: '/offices/staff',
  validateSearch: textsOf,
  component: lazyRouteComponent(() => import('../offices/StaffPage.tsx'), 'StaffPage'),
});
const sessions = createRoute({
  getParentRoute: () => office,
  path: '/offices/sessions',
  component: lazyRouteComponent(() => import('../offices/SessionsPage.tsx'), 'SessionsPage'),
});
const reports = createRoute({
  getParentRoute: () => office,
  path: '/offices/reports',
  component: lazyRouteComponent(() => import('../people/ReportsPage.tsx'), 'ReportsPage'),
});
const transfers = createRoute({
  getParentRoute: () => office,
  path: '/offices/transfers',
  component: lazyRouteComponent(() => import('../people/TransfersPage.tsx'), 'TransfersPage'),
});
const collisions = createRoute({
  getParentRoute: () => office,
  path: '/offices/collisions',
  component: lazyRouteComponent(() => import('../people/CollisionsPage.tsx'), 'CollisionsPage'),
});
const duplicates = createRoute({
  getParentRoute: () => office,
  path: '/offices/duplicates',
  component: lazyRouteComponent(() => import('../people/DuplicatesPage.tsx'), 'DuplicatesPage'),
});
const leave = createRoute({
  getParentRoute: () => office,
  path: '/offices/leave',
  component: lazyRouteComponent(() => import('../offices/LeavePage.tsx'), 'LeavePage'),
});
const shares = createRoute({
  getParentRoute: () => office,
  path: '/offices/shares',
  component: lazyRouteComponent(() => import('../trips/SharesPage.tsx'), 'SharesPage'),
});
const signInRules = createRoute({
  getParentRoute: () => office,
  path: '/offices/sign-in',
  component: lazyRouteComponent(() => import('../offices/SignInRulesPage.tsx'), 'SignInRulesPage'),
});

const door = createRoute({
  getParentRoute: () => withSession,
  path: '/door/$tripId',
  component: lazyRouteComponent(() => import('../trips/DoorPage.tsx'), 'DoorPage'),
});
/** The employer signs with the bus's own link; who may is the server's to say. */
const gate = createRoute({
  getParentRoute: () => withSession,
  path: '/gate/$tripId',
  validateSearch: textsOf,
  component: lazyRouteComponent(() => import('../trips/GatePage.tsx'), 'GatePage'),
});

/** The gallery of the kit is in development builds only. */
const gallery = createRoute({
  getParentRoute: () => root,
  path: '/kit',
  component:
    import.meta.env.DEV || import.meta.env.MODE === 'kit'
      ? lazyRouteComponent(() => import('./KitGallery.tsx'), 'KitGallery')
      : NotFound,
});

const tree = root.addChildren([
  withSession.addChildren([
    home,
    signIn,
    fromProvider,
    start,
    office.addChildren([
      workbench,
      people,
      importing,
      needs,
      planning,
      trips,
      trip,
      installation,
      audit,
      keys,
      account,
      staff,
      sessions,
      reports,
      transfers,
      collisions,
      duplicates,
      leave,
      shares,
      signInRules,
    ]),
    openOffice.addChildren([figures]),
    door,
    gate,
  ]),
  gallery,
]);

function textsOf(search: Record<string, unknown>): Texts {
  return Object.fromEntries(Object.entries(search).map(([name, value]) => [name, String(value)]));
}

function stringify(search: Record<string, unknown>): string {
  const entries = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(
    entries.map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  return text ? `?${text}` : '';
}

function NotFound(): ReactNode {
  const say = useWords(words);
  return (
    <EmptyState title={say('notFoundTitle')} next={say('notFoundRemedy')}>
      <Link to="/" className="link">
        {say('backToWorkbench')}
      </Link>
    </EmptyState>
  );
}

export const router = createRouter({
  routeTree: tree,
  defaultPreload: 'intent',
  defaultPendingComponent: Loading,
  defaultErrorComponent: ({ error, reset }) => <ErrorNote error={error} onRetry={reset} />,
  defaultNotFoundComponent: NotFound,
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: stringify,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
  interface HistoryState {
    /** Whom somebody looks for on the list of people. */
    find?: string;
  }
}
