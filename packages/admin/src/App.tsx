import { resources } from '@desk/schema';
import { QueryClient } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Admin, CustomRoutes, Loading, Resource } from 'react-admin';
import { Route } from 'react-router-dom';
import { calls } from './calls/index.tsx';
import { fees } from './fees/index.tsx';
import { HomePage } from './home/HomePage.tsx';
import { inbox } from './inbox/index.tsx';
import { keys } from './keys/index.tsx';
import { Layout } from './layout/Layout.tsx';
import { LoginPage } from './layout/LoginPage.tsx';
import { Menu } from './layout/Menu.tsx';
import { theme } from './layout/theme.ts';
import { notices } from './notices/index.tsx';
import { permits } from './permits/index.tsx';
import { authProvider } from './platform/authProvider.ts';
import { dataProvider } from './platform/dataProvider.ts';
import type { ConsoleDomain, ResourcePages } from './platform/domain.ts';
import { createI18n } from './platform/i18n/index.ts';
import { has } from './platform/model.ts';
import { policies } from './policies/index.tsx';
import { reports } from './reports/index.tsx';
import { residents } from './residents/index.tsx';
import { staff } from './staff/index.tsx';
import { tickets } from './tickets/index.tsx';
import { type ActionForms, ActionFormsContext } from './ui/actionForms.ts';
import ResourceList from './ui/ResourceList.tsx';
import { represent } from './ui/represent.ts';
import { units } from './units/index.tsx';

/** The domains in the order of the menu. A domain adds hand-written pages and panels in its own `index.tsx`. */
const domains: readonly ConsoleDomain[] = [
  tickets,
  calls,
  notices,
  inbox,
  residents,
  units,
  permits,
  keys,
  fees,
  reports,
  policies,
  staff,
];

const ResourceShow = lazy(() => import('./ui/ResourceShow.tsx'));
const ResourceCreate = lazy(() => import('./ui/ResourceCreate.tsx'));
const ResourceEdit = lazy(() => import('./ui/ResourceEdit.tsx'));

const i18nProvider = createI18n();
const queryClient = new QueryClient({
  // Live events say what changed; a second visit within this time needs no request of its own.
  defaultOptions: { queries: { staleTime: 10_000, retry: 1 } },
});
const AppMenu = () => <Menu domains={domains} />;
const AppLayout = ({ children }: { children: React.ReactNode }) => (
  <ActionFormsContext value={forms}>
    <Layout menu={AppMenu}>{children}</Layout>
  </ActionFormsContext>
);

const overrides: Record<string, ResourcePages> = Object.assign(
  {},
  ...domains.map((domain) => domain.overrides ?? {}),
);
const forms: ActionForms = Object.fromEntries(
  Object.entries(overrides).flatMap(([name, { forms: own }]) => (own ? [[name, own]] : [])),
);
const pages = domains.flatMap((domain) => domain.pages ?? []);

/** Every resource of the API, with generic pages unless its domain brings its own. */
function resourcePages(name: string) {
  const {
    list: List = ResourceList,
    show: Show,
    create: Create = ResourceCreate,
    edit: Edit = ResourceEdit,
    panels,
    ownActions,
    ownFields,
    ownRelated,
    changeable,
  } = overrides[name] ?? {};
  const own = { panels, ownActions, ownFields, ownRelated, changeable };
  return {
    List,
    Show: Show ?? (() => <ResourceShow {...own} />),
    Create,
    Edit,
  };
}

/** The console. */
export function App() {
  return (
    <Suspense fallback={<Loading />}>
      <Admin
        title=""
        dataProvider={dataProvider}
        authProvider={authProvider}
        i18nProvider={i18nProvider}
        queryClient={queryClient}
        layout={AppLayout}
        loginPage={LoginPage}
        dashboard={HomePage}
        theme={theme}
        darkTheme={null}
        requireAuth
        disableTelemetry
      >
        {resources
          .filter(({ name }) => has('Query', name))
          .map(({ name, create, update }) => {
            const { List, Show, Create, Edit } = resourcePages(name);
            return (
              <Resource
                key={name}
                name={name}
                list={<List />}
                show={<Show />}
                {...(create && has('Mutation', create) && { create: <Create /> })}
                {...(update && has('Mutation', update) && { edit: <Edit /> })}
                recordRepresentation={(record) => represent(name, record)}
              />
            );
          })}
        <CustomRoutes>
          {pages.map(({ path, page: Page }) => (
            <Route key={path} path={path} element={<Page />} />
          ))}
        </CustomRoutes>
      </Admin>
    </Suspense>
  );
}
