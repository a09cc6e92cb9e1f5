import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// A whole app takes its time to start on a busy machine; what is awaited comes or does not.
configure({ asyncUtilTimeout: 30_000 });
