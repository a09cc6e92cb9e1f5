import { FriendlyError } from '../portal/report.mjs';

const TO_COME = '## To come';

/** The root changelog with what was to come as a release. */
export function withRelease(changes, version, date) {
  if (!changes.includes(`${TO_COME}\n`)) {
    throw new FriendlyError(
      `CHANGELOG.md has no section "${TO_COME}".`,
      'Write there in short what the release brings and whether anything is to be done when upgrading.',
    );
  }
  return changes.replace(TO_COME, `## ${version}, ${date}`);
}
