import { createApp } from '@backstage/frontend-defaults';
import { navModule } from './modules/nav';
import { signInModule } from './modules/signIn';

// Every plugin in package.json is discovered (`app.packages: all`), Airflow Fleet too.
export default createApp({ features: [navModule, signInModule] });
