// Every page as a picture in docs/images: npm run screenshots [-- playwright arguments].
import { inBrowser } from './portal/browser.mjs';

process.exitCode = await inBrowser([['screenshots']], process.argv.slice(2));
