/** Who may import whom; the sentence in `comment` is what a broken arrow is answered with. */
const domains = 'packages/api/src/domains';
const within = (...names) => `^${domains}/(${names.join('|')})/`;

/** What a domain may import besides itself and the platform. A domain not listed here may import any. */
const arrows = {
  units: [],
  // Roles are given for communities and buildings, which units owns.
  staff: ['units'],
  residents: ['staff', 'units'],
  // Knows only what is uploaded; whoever attaches it says who may see it.
  files: [],
  // What is promised, by which calendar, and who is there (handbook P-1, P-4, S-5).
  policies: ['staff', 'units'],
  notifications: ['staff', 'units'],
  tickets: ['staff', 'units', 'residents', 'files', 'policies', 'notifications'],
  // A paid service becomes a fee (handbook T-15): tickets ask whoever registered with them, and never learn of money.
  fees: ['staff', 'units', 'residents', 'policies', 'tickets'],
  // A permit charges its deposit and hands it back (handbook R-04, R-12): money is the fees' alone.
  permits: ['staff', 'units', 'residents', 'policies', 'fees'],
  keys: ['staff', 'units', 'residents', 'policies'],
  reports: ['staff', 'units', 'residents', 'policies', 'tickets', 'fees', 'calls'],
  notices: ['staff', 'units', 'residents', 'policies', 'tickets'],
  views: ['staff', 'units'],
  calls: ['staff', 'units', 'residents', 'policies', 'tickets'],
};

const arrowRules = Object.entries(arrows).map(([name, others]) => ({
  name: `arrows-of-${name}`,
  comment: `units ← residents ← {tickets ← fees, permits, keys}, files ← tickets: ${name} may import ${others.join(', ') || 'no other domain'}. Whoever owns the data adds the field to the other's type.`,
  severity: 'error',
  from: { path: within(name) },
  to: { path: `^${domains}/`, pathNot: within(name, ...others) },
}));

module.exports = {
  forbidden: [
    ...arrowRules,
    {
      name: 'domains-have-one-door',
      comment: "Another domain's index.ts is its only file for others.",
      severity: 'error',
      from: { path: `^${domains}/([^/]+)/` },
      to: { path: `^${domains}/[^/]+/`, pathNot: [`^${domains}/$1/`, `^${domains}/[^/]+/index\\.ts$`] },
    },
    {
      name: 'platform-knows-no-domain',
      comment: 'The platform is below: what it needs of a domain, the domain registers in its manifest.',
      severity: 'error',
      from: { path: '^packages/api/src/platform/' },
      to: { path: `^(${domains}/|packages/api/src/[^/]+$)` },
    },
    {
      name: 'api-and-admin-meet-in-schema',
      comment:
        'The console may be served from elsewhere, and the API runs without it: what both need is in packages/schema.',
      severity: 'error',
      // The console's browser tests start the API that they look at.
      from: { path: '^packages/(api|admin)/', pathNot: '^packages/admin/test/' },
      to: { path: '^packages/(api|admin)/', pathNot: '^packages/$1/' },
    },
    {
      name: 'schema-runs-anywhere',
      comment: 'The contract imports neither Node nor React, only itself and zod.',
      severity: 'error',
      from: { path: '^packages/schema/src/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^packages/schema/|(^|/)node_modules/zod/' },
    },
    {
      name: 'product-without-tests',
      comment: "What runs in the product does not reach into tests, nor into the tests' seeds.",
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: '\\.(test|seed)\\.tsx?$' },
      to: { path: '^packages/[^/]+/test/|\\.(test|seed)\\.tsx?$' },
    },
    {
      name: 'no-cycles',
      comment: 'Modules that need each other are one module, or a third one is missing.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      conditionNames: ['import', 'default'],
      exportsFields: ['exports'],
    },
  },
};
