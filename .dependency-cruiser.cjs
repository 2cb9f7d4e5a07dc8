/**
 * The plan of the house. A floor may only look down; a room may only look at rooms before it.
 *
 * `scripts/boundaries.test.ts` plants a violation of every rule below and sees it refused: a new rule needs a new plant there.
 */
const ROOMS = ['offices', 'people', 'jobs', 'training', 'trips', 'fairs', 'outreach', 'figures'];
const P = '^packages/';
const anyOf = (names) => `(${names.join('|')})`;
const room = (floor, names) => `${P}${floor}/src/${anyOf(names)}/`;

/** Tests beside their file, and the laws: property tests over all rooms of a floor. */
const TEST = ['[.]test[.]tsx?$', `${P}[^/]+/laws/`];
/** Places that put the rooms together and hold no rules. */
const COMPOSITION = [
  `${P}server/src/app[.]ts$`,
  `${P}server/src/(command|sample)/`,
  `${P}web/src/(app/|main[.]tsx$)`,
  `${P}domain/laws/`,
];

const floors = [
  {
    name: 'solver-stands-alone',
    comment:
      'The solver knows indices and numbers only: no package, no Node, no other floor. Hand it what it needs as an argument.',
    severity: 'error',
    from: { path: `${P}solver/src/`, pathNot: TEST },
    to: { pathNot: `${P}solver/src/` },
  },
  {
    name: 'solver-looks-at-no-floor',
    comment: 'Not even a test or a law of the solver knows what a person or a bus is.',
    severity: 'error',
    from: { path: `${P}solver/` },
    to: { path: `${P}(domain|server|web)/` },
  },
  {
    name: 'domain-is-pure',
    comment:
      'Rules run on the server, on a phone without signal and in tests: only the domain itself and zod.',
    severity: 'error',
    from: { path: `${P}domain/src/`, pathNot: TEST },
    to: { pathNot: [`${P}domain/src/`, 'node_modules/zod/'] },
  },
  {
    name: 'domain-looks-at-no-floor',
    comment: 'Tests and laws of the domain may use vitest and fast-check, but no other floor.',
    severity: 'error',
    from: { path: `${P}domain/` },
    to: { path: `${P}(solver|server|web)/` },
  },
  {
    name: 'web-sees-domain-only',
    comment: 'The page asks the server by HTTP; what both need lies in the domain.',
    severity: 'error',
    from: { path: `${P}web/` },
    to: { path: `${P}(server|solver)/` },
  },
  {
    name: 'server-sees-no-web',
    comment: 'The server serves the built files by manifest and imports none.',
    severity: 'error',
    from: { path: `${P}server/` },
    to: { path: `${P}web/` },
  },
];

const rooms = ROOMS.slice(0, -1).map((name, i) => ({
  name: `${name}-looks-back-only`,
  comment: `${name} comes before ${ROOMS.slice(i + 1).join(', ')}: let the later room import the earlier, or subscribe to its event.`,
  severity: 'error',
  from: { path: room('(domain|server|web)', [name]) },
  to: { path: room('(domain|server|web)', ROOMS.slice(i + 1)) },
}));

const places = [
  {
    name: 'shelves-know-no-room',
    comment: 'basics and platform serve every room; what knows a room belongs to that room.',
    severity: 'error',
    from: { path: [`${P}domain/src/basics/`, `${P}(server|web)/src/platform/`], pathNot: TEST },
    to: { path: room('(domain|server|web)', ROOMS) },
  },
  {
    name: 'figures-are-imported-by-nobody',
    comment:
      'Figures read the journal. Who needs a count asks its own store; only a composition place mounts figures.',
    severity: 'error',
    from: { path: P, pathNot: [room('(domain|server|web)', ['figures']), ...COMPOSITION] },
    to: { path: room('(domain|server|web)', ['figures']) },
  },
  {
    name: 'composition-stands-last',
    comment:
      'app.ts, command, sample and the shell put rooms together; a room or a shelf never reaches back into them.',
    severity: 'error',
    from: { path: [room('(domain|server|web)', ROOMS), `${P}[^/]+/src/(basics|platform)/`], pathNot: TEST },
    to: { path: COMPOSITION },
  },
  {
    name: 'sql-lives-in-stores',
    comment: "A room's only SQL lies in its store*.ts, its rows in tables*.ts: route → rule → store.",
    severity: 'error',
    from: {
      path: `${P}server/`,
      pathNot: [
        '/store[^/]*[.]ts$',
        '/tables[^/]*[.]ts$',
        `${P}server/src/platform/`,
        '/migrations/',
        ...TEST,
        ...COMPOSITION,
      ],
    },
    to: { path: 'node_modules/(kysely|pg)/' },
  },
  {
    name: 'only-planning-asks-the-solver',
    comment:
      'planning*.ts, matching*.ts and solve*.ts turn rows into a problem and a plan into rows; nobody else knows the solver.',
    severity: 'error',
    from: {
      path: `${P}server/`,
      pathNot: ['/(planning|matching|solve)[^/]*[.]ts$', `${P}server/src/(command|sample)/`, ...TEST],
    },
    to: { path: `${P}solver/` },
  },
];

const hygiene = [
  {
    name: 'no-circles',
    comment: 'Two files that need each other are one file, or hide a third.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-barrels',
    comment: 'Import the file that says it; an index file hides where a thing lies and makes circles.',
    severity: 'error',
    from: { path: P },
    to: { path: `${P}.*/index[.]tsx?$` },
  },
  {
    name: 'no-nameless-shelf',
    comment:
      'A folder is a room, or is named for what it holds. common, utils, helpers and types say nothing.',
    severity: 'error',
    from: { path: P },
    to: { path: '/(common|util|utils|helper|helpers|types|shared)/', pathNot: 'node_modules/' },
  },
  {
    name: 'product-imports-no-test',
    comment: 'What product code needs is not a test file.',
    severity: 'error',
    from: { path: P, pathNot: TEST },
    to: { path: TEST },
  },
  {
    name: 'product-imports-no-isolation',
    comment:
      'server/isolation asks the product as a stranger would; what the product needs lies in src. Only the benchmark measures beside it.',
    severity: 'error',
    from: { path: `${P}[^/]+/(src|bin)/` },
    to: { path: `${P}server/isolation/` },
  },
  {
    name: 'resolves',
    comment: 'Every import finds its file or its package.',
    severity: 'error',
    from: {},
    // pdfmake's types name a file that only its @types package has; the compiler checks that one. `?url` is Vite's, who fails without the file.
    to: { couldNotResolve: true, pathNot: ['^pdfmake/interfaces[.]js$', '[?]url$', '[.]wasm$'] },
  },
];

module.exports = {
  forbidden: [...floors, ...rooms, ...places, ...hygiene],
  options: {
    // Types count: who needs the type of a later room depends on it.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^packages/[^/]+/dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
};
