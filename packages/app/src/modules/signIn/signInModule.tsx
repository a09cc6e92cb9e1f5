import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';
import { currentPerson } from './person';

// The demo portal asks for no password: the sidebar lets the reader choose a person, and
// packages/backend/src/demoSignIn.ts believes it. A real portal replaces this module with
// its own sign-in page.
const demoSignInPage = SignInPageBlueprint.make({
  params: {
    loader: async () => {
      const { ProxiedSignInPage } = await import('@backstage/core-components');
      return props => (
        <ProxiedSignInPage
          {...props}
          provider="demo"
          headers={() => ({ 'x-demo-user': currentPerson() })}
        />
      );
    },
  },
});

export const signInModule = createFrontendModule({
  pluginId: 'app',
  extensions: [demoSignInPage],
});
