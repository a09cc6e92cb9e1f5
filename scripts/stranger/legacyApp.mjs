// What docs/install.md says about the old frontend system, put into a portal of that kind.
import path from 'node:path';
import { blockOf } from './document.mjs';
import { changeText } from './install.mjs';

const HEADING = '3. Frontend, old system';

/** The snippets of the document: by a text that each of them holds, the file and the line before which it goes. */
const PLACES = [
  {
    holding: '<AirflowPage />',
    file: 'App.tsx',
    before: '    <Route path="/settings"',
  },
  {
    holding: 'AirflowSidebarItem',
    file: 'components/Root/Root.tsx',
    before: '        <SidebarItem icon={ExtensionIcon} to="api-docs"',
  },
];

export async function changeLegacyApp(blocks, portal) {
  const source = path.join(portal, 'packages/app/src');
  for (const { holding, file, before } of PLACES) {
    const { imports, element } = partsOf(
      blockOf(blocks, { heading: HEADING, language: 'tsx', holding }),
    );
    const target = path.join(source, file);
    await changeText(target, before, line => `${element}\n${line}`);
    await changeText(target, /^/, () => `${imports}\n`);
  }
  await changeEntityPage(
    blocks,
    path.join(source, 'components/catalog/EntityPage.tsx'),
  );
  await changeSearchPage(
    blocks,
    path.join(source, 'components/search/SearchPage.tsx'),
  );
}

/** The cards go to every overview, and the tab to every kind of component. */
async function changeEntityPage(blocks, file) {
  const { imports, element } = partsOf(
    blockOf(blocks, {
      heading: HEADING,
      language: 'tsx',
      holding: '<EntityAirflowStatusCard />',
    }),
  );
  const at = element.indexOf('<EntityLayout.Route');
  const [cards, tab] = [element.slice(0, at), element.slice(at)];
  await changeText(
    file,
    '    <Grid item md={6} xs={12}>\n      <EntityCatalogGraphCard',
    line => `${cards}\n${line}`,
  );
  await changeText(
    file,
    /<EntityLayout\.Route path="\/docs"/g,
    line => `${tab}\n${line}`,
  );
  await changeText(file, /^/, () => `${imports}\n`);
}

async function changeSearchPage(blocks, file) {
  const { imports, element } = partsOf(
    blockOf(blocks, {
      heading: HEADING,
      language: 'tsx',
      holding: '<AirflowSearchFilters />',
    }),
  );
  const [types, filters, item] = element.trim().split('\n\n');
  await changeText(file, 'types={[', start => `${start}\n${types}`);
  await changeText(
    file,
    '</Paper>\n          </Grid>\n          <Grid item xs={9}>',
    end => `${filters}\n${end}`,
  );
  await changeText(file, '<SearchResult>', start => `${start}\n${item}`);
  await changeText(file, /^/, () => `${imports}\n`);
}

/** The import at the head of a snippet, and the JSX below it without its remarks. */
function partsOf(snippet) {
  const end = snippet.indexOf("';") + 2;
  const element = snippet
    .slice(end)
    .split('\n')
    .filter(line => !line.startsWith('//'))
    .join('\n')
    .replace(/\/>;/g, '/>');
  return { imports: snippet.slice(0, end), element };
}
